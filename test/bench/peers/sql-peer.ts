import type { Catalog, Learner } from '../../../src/core.js';
import { digestText, termInSql } from '../measure/digest.js';

/** The database functions that the benchmark needs. */
export interface Database {
  run(sql: string): Promise<void>;
  /** Rows as arrays. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Replaces the table `learner`. */
  load(learners: readonly Learner[]): Promise<void>;
  /** Creates a table of the pairs (learner, link) that a query returns. */
  store(table: string, query: string): Promise<void>;
  /** Returns (gained, learner, link): the wanted pairs that are not held, and the held ones that are not wanted. */
  differences(wanted: string, held: string): Promise<readonly (readonly unknown[])[]>;
  /** A query that returns (learner, segment), with the segment's index in the list, for all learners or for one. */
  members(catalog: Catalog, learner?: string): string;
}

/** The same task in SQL: rules as conditions, joined links, and anti-joins in both directions between wanted and held. */
export class SqlPeer {
  #wanted: string;

  constructor(
    readonly database: Database,
    readonly catalog: Catalog,
  ) {
    this.#wanted = wanted(database.members(catalog));
  }

  async load(learners: readonly Learner[]): Promise<void> {
    await this.database.load(learners);
    const places = new Map(this.catalog.segments.map(({ id }, place) => [id, place]));
    const rows = this.catalog.links.map(({ id, segmentId }) => `('${id}', ${places.get(segmentId)})`);
    await this.database.run('DROP TABLE IF EXISTS link');
    await this.database.run('CREATE TABLE link(id VARCHAR, segment INTEGER)');
    await this.database.run(`INSERT INTO link VALUES ${rows.join()}`);
  }

  /** Full diff from empty: every wanted pair becomes a row of the table `held`. */
  async full(): Promise<void> {
    await this.database.store('held', this.#wanted);
  }

  /** Returns the pairs that are wanted but not held, and those that are held but not wanted. */
  changes(): Promise<readonly (readonly unknown[])[]> {
    return this.database.differences(this.#wanted, 'held');
  }

  /** The same for one learner. */
  changesOf(learnerId: string): Promise<readonly (readonly unknown[])[]> {
    const mine = wanted(this.database.members(this.catalog, learnerId));
    return this.database.differences(mine, `(SELECT * FROM held WHERE learner = '${learnerId}')`);
  }

  /** The digest of the table `held`. */
  async digest(): Promise<string> {
    const [learner, link] = ['CAST(substr(learner, 9) AS BIGINT)', 'CAST(substr(link, 6) AS BIGINT)'];
    const [row] = await this.database.rows(
      `SELECT CAST(count(*) AS VARCHAR), CAST(sum(${termInSql(learner, link)}) AS VARCHAR) FROM held`,
    );
    return digestText(Number(row![0]), BigInt(String(row![1])));
  }
}

/** The rows of {@link SqlPeer.changes} as pairs that start (1) and end (-1). */
export function pairsOf(rows: readonly (readonly unknown[])[]): [[learnerId: string, linkId: string], number][] {
  return rows.map(([gained, learner, link]) => [[String(learner), String(link)], Number(gained) === 1 ? 1 : -1]);
}

function wanted(members: string): string {
  return `SELECT m.learner, link.id AS link FROM (${members}) m JOIN link ON link.segment = m.segment`;
}

/** Anti-joins in both directions between two tables of pairs. */
export function twoWay(wanted: string, held: string): string {
  const missing = (gained: number, from: string, to: string): string =>
    `SELECT ${gained} AS gained, learner, link FROM ${from} AS a
      WHERE NOT EXISTS (SELECT 1 FROM ${to} AS b WHERE b.learner = a.learner AND b.link = a.link)`;
  return `${missing(1, wanted, held)} UNION ALL ${missing(0, held, wanted)}`;
}
