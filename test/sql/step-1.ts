import { readFileSync } from 'node:fs';
import type {
  Assignment,
  createSmartEnrolments,
  LearnerDiff,
  Link,
  Rule,
  Unsettled,
  UnsettledRange,
} from '../../src/index.js';
import type {
  createSqlRepositories,
  Dialect,
  fromBetterSqlite3,
  fromMysql2,
  fromPg,
  IdKind,
  migrate,
  migrationSql,
  SqlDriver,
  sqlHost,
} from '../../src/sql/index.js';

const FOLDER = new URL('../data/step-1/', import.meta.url);

/** The part of the library that these tests use, in any version. */
export interface Library {
  readonly createSmartEnrolments: typeof createSmartEnrolments;
  readonly createSqlRepositories: typeof createSqlRepositories;
  readonly sqlHost: typeof sqlHost;
  readonly migrate: typeof migrate;
  readonly migrationSql: typeof migrationSql;
  readonly fromPg: typeof fromPg;
  readonly fromMysql2: typeof fromMysql2;
  readonly fromBetterSqlite3: typeof fromBetterSqlite3;
}

/** The library of step 1, before steps were introduced. */
export const OLD: Library = await import(new URL('library.mjs', FOLDER).href);

export const KINDS: readonly IdKind[] = ['text', 'integer', 'uuid'];
export const TENANTS = ['', 'one', 'two', 'three'];
export const SITES = ['Leeds', 'York'];

/** The contents of one tenant's tables, as the library of step 1 reads them. */
export interface Contents {
  readonly catalog: Awaited<ReturnType<ReturnType<typeof createSqlRepositories>['catalog']['load']>>;
  readonly holdings: readonly { readonly learnerId: string; readonly assignments: readonly Assignment[] }[];
}

/** The contents of all tables: by kind of ids, then by tenant. */
export type AllContents = { readonly [kind: string]: { readonly [tenant: string]: Contents } };

export function expectedContents(): AllContents {
  return JSON.parse(readFileSync(new URL('contents.json', FOLDER), 'utf8'));
}

/** Returns these contents as this library reads them after the upgrade: rules under their current name, and assignments with their segments. */
export function upgraded({ catalog, holdings }: Contents): Contents {
  const segments = new Map(catalog.links.map(({ id, segmentId }) => [id, segmentId]));
  return {
    catalog: {
      ...catalog,
      links: catalog.links.map((link) => {
        const { profile, ...rest } = link as Link & { readonly profile?: Rule };
        return { ...rest, ...(profile && { rule: profile }) };
      }),
      unsettled: (catalog.unsettled as readonly unknown[] as readonly OldWork[]).map(workOf),
    },
    holdings: holdings.map(({ learnerId, assignments }) => ({
      learnerId,
      // The segment of a link that was removed before the upgrade is unknown.
      assignments: assignments.map((one) => ({ ...one, segmentId: segments.get(one.linkId) ?? '' })),
    })),
  };
}

/** Unsettled work as the library of step 1 reads it. */
interface OldWork extends UnsettledRange {
  readonly revision: number;
  readonly links: readonly string[];
  readonly courses: readonly string[];
}

/** The same work as this library reads it, but for when its operation began. */
function workOf({ revision, links, courses, ...range }: OldWork): Unsettled {
  const operation = { id: `revision-${revision}`, kind: 'apply', revision } as Unsettled['operation'];
  const ranges: readonly UnsettledRange[] = range.pass === 'holders' ? [range, { pass: 'audience' }] : [range];
  return { operation, links, courses, removedLinks: [], ranges };
}

/** The statements that create the tables of step 1, the library's and the host's, with rows in them. */
export function step1Statements(dialect: Dialect, prefix: string): string[] {
  const text = readFileSync(new URL(`${dialect}.sql`, FOLDER), 'utf8');
  return text.replaceAll('old_', prefix).trim().split(';\n\n');
}

/** The host's tables: people with a site and a grade, and courses. */
export function hostTablesSql(dialect: Dialect, prefix: string, kind: IdKind): string[] {
  const id = {
    text: dialect === 'mysql' ? 'VARBINARY(200)' : 'TEXT',
    integer: 'BIGINT',
    uuid: { postgres: 'uuid', mysql: 'CHAR(36) CHARACTER SET ascii', sqlite: 'TEXT' }[dialect],
  }[kind];
  return [
    `CREATE TABLE ${prefix}${kind}_users (id ${id} PRIMARY KEY, site VARCHAR(20), grade INTEGER)`,
    `CREATE TABLE ${prefix}${kind}_courses (id VARCHAR(20) PRIMARY KEY, method VARCHAR(30))`,
  ];
}

export interface Step1Options {
  readonly batchSize?: number;
  readonly onWrite?: (diffs: readonly LearnerDiff[]) => Promise<void>;
}

/** Opens the library over these tables. */
export function openStep1(
  library: Library,
  driver: SqlDriver,
  prefix: string,
  kind: IdKind,
  tenant: string,
  { batchSize = 4, onWrite }: Step1Options = {},
) {
  const host = library.sqlHost({
    learners: { table: `${prefix}${kind}_users`, id: 'id', ids: kind, columns: { site: 'site', grade: 'grade' } },
    courses: { table: `${prefix}${kind}_courses`, id: 'id', enrolmentMethod: 'method' },
    fields: [
      { id: 'site', type: 'text' },
      { id: 'grade', type: 'number' },
    ],
    ...(onWrite && { onWrite }),
  });
  const at = { prefix: `${prefix}${kind}_se_`, tenant, concurrency: 1 };
  const repositories = library.createSqlRepositories({ driver, host, ...at });
  return { repositories, library: library.createSmartEnrolments(repositories, { batchSize }) };
}

/** Reads the contents of a tenant's tables, without the times at which operations began. */
export async function contentsOf({ repositories }: ReturnType<typeof openStep1>): Promise<Contents> {
  const catalog = await repositories.catalog.load();
  const holders = await repositories.enrolments.holders({ limit: 1_000 });
  const read = await repositories.enrolments.read(holders);
  const holdings = read.flatMap((row) => ('unreadable' in row ? [] : [row]));
  const unsettled = catalog.unsettled.map(({ operation, ...work }) => {
    if (!operation) return work as Unsettled;
    const { at: _, ...rest } = operation;
    return { ...work, operation: rest as Unsettled['operation'] };
  });
  return {
    catalog: { ...catalog, unsettled },
    holdings: holdings
      .map(({ learnerId, assignments }) => ({ learnerId, assignments }))
      .sort((a, b) => (a.learnerId < b.learnerId ? -1 : 1)),
  };
}
