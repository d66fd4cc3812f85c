import { type Codes, causes, reportsOne } from '../../../errors/retryable.js';

/** How to fix what the database rejects in a table that the library keeps. */
const FIXES: readonly { readonly codes: Codes; readonly fix: string }[] = [
  {
    codes: ['23502', 1364, 1048, 'NOT NULL constraint failed'],
    fix: 'A column accepts no NULL: give it a default, or a value in set.',
  },
  {
    codes: ['23505', 1062, 'UNIQUE constraint failed'],
    fix: 'A unique key rejects a row: let it admit a new training record beside an archived one.',
  },
];

/** Runs work that writes a table of the host's; an error names the table and the option of sqlHost that describes it, and has the database's error as its cause. */
export async function writing(option: string, table: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const fix = FIXES.find(({ codes }) => reportsOne(error, codes))?.fix;
    const found = String(causes(error)[0]?.message);
    const reason = fix === undefined ? found : `${fix} (${found})`;
    throw new Error(`Cannot write the table ${table}, described at ${option} in sqlHost. ${reason}`, { cause: error });
  }
}
