import type { Catalog } from '../../../src/index.js';
import type { SqlDriver } from '../../../src/sql/index.js';
import { sqlOf } from '../../bench/peers/sql-rule.js';

/** What an experienced engineer would write without this library: one table of assignments, filled and compared with set operations. */
export class ByHand {
  readonly #db: SqlDriver;
  readonly #conditions: readonly (readonly [segment: string, condition: string])[];

  constructor(db: SqlDriver, { segments }: Catalog) {
    this.#db = db;
    const byId = new Map(segments.map((segment) => [segment.id, segment]));
    const hasSkill = (skill: string): string => `'${skill}' = ANY(skills)`;
    this.#conditions = segments.map(({ id, rule }) => [id, sqlOf(rule!, byId, hasSkill)]);
  }

  async prepare({ links }: Catalog): Promise<void> {
    await this.#db.query(
      'CREATE TABLE hand_link(id text PRIMARY KEY, segment_id text NOT NULL, course_id text NOT NULL)',
    );
    await this.#db.query('CREATE INDEX ON hand_link(segment_id)');
    await this.#db.query(
      `INSERT INTO hand_link SELECT j->>'id', j->>'segmentId', j->>'courseId' FROM jsonb_array_elements($1::text::jsonb) AS j`,
      [JSON.stringify(links)],
    );
    await this.#db.query(
      'CREATE TABLE hand_held(learner_id text, course_id text, link_id text, PRIMARY KEY(learner_id, link_id, course_id))',
    );
    await this.#db.query('CREATE INDEX ON hand_held(link_id, learner_id)');
  }

  /** From empty: one INSERT … SELECT for each segment, in one transaction. */
  async full(): Promise<void> {
    await this.#db.query('TRUNCATE hand_held');
    await this.#tuned(async (tx) => {
      for (const [segment, condition] of this.#conditions) {
        await tx.query(
          `INSERT INTO hand_held SELECT l.id, k.course_id, k.id FROM learner l JOIN hand_link k ON k.segment_id = '${segment}' WHERE ${condition}`,
        );
      }
    });
  }

  /** The anti-join both ways; resolves with how many pairs differ. */
  async noop(): Promise<number> {
    const members = this.#conditions
      .map(
        ([segment, condition]) => `SELECT l.id AS learner, '${segment}' AS segment FROM learner l WHERE ${condition}`,
      )
      .join(' UNION ALL ');
    const wanted = `SELECT m.learner AS learner_id, k.course_id, k.id AS link_id FROM (${members}) m JOIN hand_link k ON k.segment_id = m.segment`;
    return this.#tuned(async (tx) => {
      const [found] = await tx.query<{ n: string }>(
        `WITH w AS MATERIALIZED (${wanted}) SELECT count(*)::text AS n FROM w FULL JOIN hand_held h USING (learner_id, link_id, course_id)
          WHERE w.learner_id IS NULL OR h.learner_id IS NULL`,
      );
      return Number(found!.n);
    });
  }

  async link(condition: string): Promise<void> {
    await this.#db.query(
      `INSERT INTO hand_held SELECT id, 'course-spare', 'link-spare' FROM learner WHERE ${condition}`,
    );
  }

  async unlink(): Promise<void> {
    await this.#db.query(`DELETE FROM hand_held WHERE link_id = 'link-spare'`);
  }

  pairs(): Promise<{ learner_id: string; course_id: string; link_id: string }[]> {
    return this.#db.query('SELECT learner_id, course_id, link_id FROM hand_held');
  }

  /** Turns JIT off, since compiling a query of 500 parts takes longer than running it, and raises work_mem, since hashes should not spill. */
  #tuned<T>(work: (tx: SqlDriver) => Promise<T>): Promise<T> {
    return this.#db.transaction(async (tx) => {
      await tx.query(`SELECT set_config('jit', 'off', true), set_config('work_mem', '512MB', true)`);
      return work(tx);
    });
  }
}
