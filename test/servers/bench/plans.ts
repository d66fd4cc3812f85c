import type { SqlDriver, SqlParameter } from '../../../src/sql/index.js';

/** The sent statements, each once. */
export class Statements {
  readonly #seen = new Map<string, readonly SqlParameter[]>();

  /** Wraps a driver to record its statements. */
  recording(db: SqlDriver): SqlDriver {
    return {
      ...{ dialect: db.dialect, inTransaction: db.inTransaction, isReadCommitted: db.isReadCommitted },
      query: (text, parameters = []) => {
        const key = text.replaceAll(/\s+/gu, ' ');
        if (!this.#seen.has(key)) this.#seen.set(key, parameters);
        return db.query(text, parameters);
      },
      transaction: (work) => db.transaction((tx) => work(this.recording(tx))),
    };
  }

  /** The Postgres plan of each statement that reads or writes a table, in Markdown; the statements are not run. */
  async plans(db: SqlDriver): Promise<string> {
    const parts: string[] = [];
    for (const [text, parameters] of this.#seen) {
      if (!/\bFROM\b|^INSERT|^UPDATE/u.test(text) || text.includes('pg_advisory')) continue;
      const rows = await db.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${text}`, parameters);
      const plan = rows.map((row) => shortened(row['QUERY PLAN']));
      parts.push(['```sql', shortened(text), '```', '', '```text', ...plan, '```'].join('\n'));
    }
    return parts.join('\n\n');
  }
}

const LONGEST = 400;

/** Shortens long lists of ids. */
function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}
