import type { SqlDriver, SqlParameter } from '../../../src/sql/index.js';

/** Statements as they were sent, each once. */
export class Statements {
  readonly #seen = new Map<string, readonly SqlParameter[]>();

  /** A driver that takes note of what is asked. */
  noting(db: SqlDriver): SqlDriver {
    return {
      ...{ dialect: db.dialect, inTransaction: db.inTransaction, isReadCommitted: db.isReadCommitted },
      query: (text, parameters = []) => {
        const key = text.replaceAll(/\s+/gu, ' ');
        if (!this.#seen.has(key)) this.#seen.set(key, parameters);
        return db.query(text, parameters);
      },
      transaction: (work) => db.transaction((tx) => work(this.noting(tx))),
    };
  }

  /** What Postgres does for each that reads or writes a table, in Markdown; nothing is changed by asking. */
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

/** Lists of a thousand ids say no more than some of them. */
function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}
