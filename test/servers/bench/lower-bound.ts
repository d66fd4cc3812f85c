import type { SqlDriver } from '../../../src/sql/index.js';

const BATCH = 1_000;
const CONCURRENCY = 2;

/** A learner's stored list of numbers. */
interface Row {
  readonly id: string;
  readonly held: string;
}

/**
 * The lower bound for any program that decides in the client, under locks: it locks and reads the same rows in the same batches, with the
 * same concurrency, and decides nothing.
 */
export class LowerBound {
  readonly #db: SqlDriver;

  constructor(db: SqlDriver) {
    this.#db = db;
  }

  /** The lower bound of a reconcile that finds nothing. */
  noop(): Promise<void> {
    return this.#inBatches(async (tx, ids) => {
      await read(tx, ids);
    });
  }

  /** The lower bound of linking a course to everyone: adds one number to each list. */
  link(): Promise<void> {
    return this.#inBatches(async (tx, ids) => {
      await write(tx, await read(tx, ids));
    });
  }

  /**
   * The same, with every query that an edit needs: whether a learner already holds the link and, for each batch, whether the catalog is
   * current, which learners are on the course otherwise, and with which record. It also records its progress.
   */
  async linkWithEveryQuery(courseId: string): Promise<void> {
    await this.#db.query(`SELECT learner_id FROM smart_enrolments_learners WHERE tenant = '' AND held LIKE '%,0'`);
    await this.#inBatches(
      async (tx, ids) => {
        await tx.query(`SELECT set_config('lock_timeout', '10s', true), set_config('statement_timeout', '60s', true)`);
        const rows = await read(tx, ids);
        await tx.query('SELECT pg_advisory_xact_lock_shared(0)');
        await tx.query(`SELECT revision FROM smart_enrolments_catalog WHERE tenant = ''`);
        await tx.query(`SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM course AS c`);
        for (const table of ['individual', 'training']) {
          await tx.query(
            `SELECT * FROM ${table} WHERE learner_id = ANY((SELECT $1::text::text[])::text[]) AND course_id = $2`,
            [arrayOf(ids), courseId],
          );
        }
        await write(tx, rows);
      },
      () => this.#db.query(`UPDATE smart_enrolments_catalog SET revision = revision WHERE tenant = 'nobody'`),
    );
  }

  /** Removes that number again. */
  async unlink(): Promise<void> {
    await this.#db.query(`UPDATE smart_enrolments_learners SET held = left(held, -2) WHERE held LIKE '%,0'`);
  }

  async #inBatches(
    work: (tx: SqlDriver, ids: readonly string[]) => Promise<void>,
    onBatch: () => Promise<unknown> = async () => undefined,
  ): Promise<void> {
    const running: Promise<void>[] = [];
    for (let after = ''; ; ) {
      const page = await this.#db.query<{ id: string }>(
        'SELECT id FROM learner WHERE id > $1 ORDER BY id LIMIT $2::int',
        [after, BATCH],
      );
      if (page.length === 0) break;
      after = page.at(-1)!.id;
      running.push(
        this.#db.transaction((tx) =>
          work(
            tx,
            page.map(({ id }) => id),
          ),
        ),
      );
      if (running.length < CONCURRENCY) continue;
      await running.shift();
      await onBatch();
    }
    for (const each of running) {
      await each;
      await onBatch();
    }
  }
}

/** Locks and reads the lists of these people, and reads their facts. */
async function read(tx: SqlDriver, ids: readonly string[]): Promise<readonly Row[]> {
  const given = arrayOf(ids);
  const rows = await tx.query<Row>(
    `SELECT learner_id AS id, held FROM smart_enrolments_learners
      WHERE tenant = '' AND learner_id = ANY((SELECT $1::text::text[])::text[]) ORDER BY learner_id FOR UPDATE`,
    [given],
  );
  await tx.query(`SELECT * FROM learner WHERE id = ANY((SELECT $1::text::text[])::text[])`, [given]);
  return rows;
}

async function write(tx: SqlDriver, rows: readonly Row[]): Promise<void> {
  await tx.query(
    `INSERT INTO smart_enrolments_learners (tenant, learner_id, held)
      SELECT '', id, held FROM unnest($1::text::text[], $2::text::text[]) AS given(id, held)
      ON CONFLICT (tenant, learner_id) DO UPDATE SET held = excluded.held`,
    [arrayOf(rows.map(({ id }) => id)), arrayOf(rows.map(({ held }) => `${held},0`))],
  );
}

function arrayOf(ids: readonly string[]): string {
  return `{${ids.map((id) => `"${id}"`).join()}}`;
}
