import type { SqlDriver } from '../../src/sql/index.js';

/** A statement that changes something, with its parameters, as text. */
export type Written = string;

/** What a test does while statements run. */
export interface Watch {
  /** After a statement that changes something, before its transaction ends. */
  readonly onStatement?: (statement: Written) => Promise<void> | void;
  /** After a transaction in which something was changed. */
  readonly onCommit?: (statements: readonly Written[]) => Promise<void> | void;
}

/** The driver, watched. */
export function watched(driver: SqlDriver, { onStatement, onCommit }: Watch): SqlDriver {
  return {
    ...driver,
    async transaction(work) {
      const written: Written[] = [];
      const done = await driver.transaction((tx) =>
        work({
          dialect: tx.dialect,
          inTransaction: true,
          transaction: (inner) => tx.transaction(inner),
          async query<Row>(text: string, parameters: readonly (string | number | null)[] = []) {
            const rows = await tx.query<Row>(text, parameters);
            if (!/^(?:SELECT|SET) /u.test(text)) {
              written.push(`${text} ${JSON.stringify(parameters)}`);
              await onStatement?.(written.at(-1)!);
            }
            return rows;
          },
        }),
      );
      if (written.length > 0) await onCommit?.(written);
      return done;
    },
  };
}
