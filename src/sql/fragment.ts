import type { Dialect, SqlDriver, SqlParameter } from './driver.js';
import { parseExact } from './exact-json.js';
import { explained } from './explained.js';

/** A piece of a statement: text, and between two texts a parameter. Values never become text. */
export class Fragment {
  constructor(
    readonly texts: readonly string[],
    readonly parameters: readonly SqlParameter[],
  ) {}
}

/** Writes a piece of SQL; what stands in it is a parameter, or a piece of its own. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Fragment | SqlParameter)[]): Fragment {
  const texts = [strings[0]!];
  const parameters: SqlParameter[] = [];
  for (const [i, value] of values.entries()) {
    const after = strings[i + 1]!;
    if (value instanceof Fragment) {
      append(texts, value.texts[0]!);
      // One by one: as arguments of `push`, more than a call takes would fail.
      for (let t = 1; t < value.texts.length; t++) texts.push(value.texts[t]!);
      for (const parameter of value.parameters) parameters.push(parameter);
      append(texts, after);
    } else {
      parameters.push(value);
      texts.push(after);
    }
  }
  return new Fragment(texts, parameters);
}

/** Text of the library's own: a name that is quoted, a type, a keyword. */
export function raw(text: string): Fragment {
  return new Fragment([text], []);
}

/** Evaluated in a transaction of Postgres, has it not wait for the disk when it commits: a crash of the server may undo it. */
export const NO_DISK = raw(`set_config('synchronous_commit', 'off', true)`);

/** Pieces with others between them. */
export function joined(pieces: readonly Fragment[], separator: string): Fragment {
  const between = raw(separator);
  return pieces.reduce((all, piece, i) => (i === 0 ? piece : sql`${all}${between}${piece}`), raw(''));
}

/** Runs a statement. */
export async function run<Row>(db: SqlDriver, statement: Fragment): Promise<Row[]> {
  try {
    return await db.query<Row>(textOf(statement, db.dialect), statement.parameters);
  } catch (error) {
    throw explained(error);
  }
}

/**
 * Runs a statement that answers one column `j` of JSON text, and answers what that says. Whatever a driver makes of numbers, dates
 * and names of columns, it leaves text and a single letter as they are; one that has parsed JSON already is taken at its word.
 */
export async function ask<Answer>(db: SqlDriver, statement: Fragment): Promise<Answer[]> {
  const rows = await run<{ readonly j: unknown }>(db, statement);
  if (rows.every(({ j }) => typeof j === 'string')) {
    return parseExact<Answer[]>(`[${rows.map(({ j }) => j as string).join()}]`);
  }
  return rows.map(({ j }) => (typeof j === 'string' ? parseExact<Answer>(j) : (j as Answer)));
}

function textOf({ texts }: Fragment, dialect: Dialect): string {
  if (dialect !== 'postgres') return texts.join('?');
  return texts.map((text, i) => (i === 0 ? text : `$${i}${text}`)).join('');
}

function append(texts: string[], text: string): void {
  texts[texts.length - 1] += text;
}
