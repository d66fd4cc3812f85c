import type { SqlDriver } from '../../src/sql/index.js';

/** A statement that writes, with its parameters, as text. */
export type Written = string;

/** The callbacks of a test while statements run. */
export interface Watch {
  /** Called after a statement that writes, before its transaction ends. */
  readonly onStatement?: (statement: Written) => Promise<void> | void;
  /** Called after a transaction that wrote something. */
  readonly onCommit?: (statements: readonly Written[]) => Promise<void> | void;
}

/** Wraps a driver to call these callbacks. */
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
