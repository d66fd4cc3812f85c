import { type Catalog, compile, everyone, type LearnerState } from '../../src/core.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { type SqlDriver, sqlHost } from '../../src/sql/index.js';
import { LawBroken } from '../../src/testkit/index.js';
import { lmsTables } from '../sql/lms-tables.js';
import { asWhole, type Subject } from './walk.js';

const none = async (): Promise<undefined> => undefined;
const rule = { all: [{ field: 'site', op: 'in', value: ['Leeds', 'York'] }, { not: { segment: 'north' } }] } as const;

export const catalog = (): Catalog => ({
  revision: 1,
  fields: [{ id: 'site', title: 'Site', type: 'text' }],
  courses: [{ id: 'fire', title: 'Fire safety', enrolmentMethod: 'by-assignment-only' }],
  segments: [
    { id: 'north', title: 'North' },
    { id: 'leeds', title: 'Leeds', rule },
  ],
  links: [{ id: 'leeds-fire', segmentId: 'leeds', courseId: 'fire', rule: { field: 'site', op: 'blank' } }],
  unsettled: [
    {
      operation: { id: 'o', kind: 'apply', at: '2026-03-01T09:00:00.000Z', revision: 1, actor: 'ada', reason: 'new' },
      ...{ links: ['leeds-fire'], courses: ['fire'] },
      removedLinks: [{ id: 'old', segmentId: 'leeds', courseId: 'fire', rule, data: { role: ['a'] } }],
      ranges: [{ pass: 'audience', after: 'a', upTo: 'b' }],
    },
  ],
});

export const edits = () => [
  { type: 'saveSegment', segment: { id: 'york', title: 'York', rule } },
  {
    type: 'link',
    link: { id: 'york-fire', segmentId: 'york', courseId: 'fire', rule: everyone, data: { role: ['a'] } },
  },
  { type: 'unlink', linkId: 'leeds-fire' },
];

const compiled = asWhole(compile(catalog()));
const matcher = () => compiled;

export const plan = () => ({
  edits: edits().slice(2),
  revision: 1,
  fingerprint: 'x',
  summary: {
    ...{ learners: 1, assigned: 1, released: 0, enrolled: 1, resumed: 0, unenrolled: 0, archived: 0, kept: 0 },
    courses: [{ courseId: 'fire', enrolled: 1, resumed: 0, unenrolled: 0, archived: 0 }],
    blocked: [{ kind: 'inert-link', linkId: 'x', reason: 'y' }],
    blockedTotal: 1,
  },
});

const learner = () => ({ id: 'ada', profile: { site: ['Leeds', 'Bath'] }, segments: ['north'], active: true });

const state = (): LearnerState => ({
  learnerId: 'ada',
  learner: learner(),
  assignments: [{ courseId: 'fire', linkId: 'leeds-fire', segmentId: 'leeds' }],
  individual: ['chess'],
  training: [{ courseId: 'fire', status: 'completed' }],
});

const change = () => ({
  learnerId: 'ada',
  assigned: [{ courseId: 'fire', linkId: 'leeds-fire', segmentId: 'leeds' }],
  released: [{ courseId: 'fire', linkId: 'gone', segmentId: 'leeds' }],
  enrolled: [{ courseId: 'fire', training: 'start' }],
  unenrolled: [{ courseId: 'fire', training: 'archive' }],
});

const driver: SqlDriver = {
  dialect: 'sqlite',
  inTransaction: false,
  query: async (text) =>
    <never[]>(
      (text.includes('description') ? [{ j: '{"version":2,"step":3,"oldestWriter":3,"learnerIds":"text"}' }] : [])
    ),
  transaction: (work) => work(driver),
};

const sqlOptions = () => ({
  ...{ driver, host: sqlHost(lmsTables('x_')), prefix: 'x_', tenant: 't', concurrency: 2 },
  ...{ lockTimeout: 1, statementTimeout: 1, mostLockedByHost: 1 },
});

const repositories = () => createMemoryRepositories({ courses: catalog().courses });
const world = async () => {
  const memory = repositories();
  return { repositories: memory, host: memory.host, reopen: world };
};

const history = () => ({ seed: 1, steps: [{ client: 0, do: 'notice', ids: ['a'] }, { do: 'quiet' }] });
const whole = { columns: { site: 'site' }, values: { table: 'v', learner: 'l', field: 'f', value: 'v' } };

/** Valid arguments of each public function. A class is called with `new`. */
const ARGUMENTS: Readonly<Record<string, readonly (() => readonly unknown[])[]>> = {
  all: [() => [rule, rule]],
  any: [() => [rule, rule]],
  not: [() => [rule]],
  field: [() => ['site']],
  inSegment: [() => ['north']],
  ruleFromList: [() => [[rule, 'or', rule]]],
  linkCourses: [() => ['leeds', ['fire', 'chess'], { rule, data: { role: ['a'] } }]],
  unlinkCourses: [() => [catalog(), 'leeds', ['fire']]],
  saveSegment: [() => [edits()[0]!.segment]],
  deleteSegment: [() => ['north']],
  link: [() => [edits()[1]!.link]],
  unlink: [() => ['leeds-fire']],
  editsTo: [() => [asWhole(catalog()), { ...catalog(), links: [] }, { segments: () => true, links: () => true }]],
  isRetryable: [() => [{ code: 'x', message: 'y', cause: { code: '40P01' }, meta: { code: 'z' } }]],
  isSmartEnrolmentsError: [() => [new Error('x'), 'invalid_input']],
  SmartEnrolmentsError: [() => ['catalog_conflict', { expected: 1, found: 2 }, { cause: 'x' }]],
  createSmartEnrolments: [
    () => [
      repositories(),
      {
        inactive: 'freeze',
        limits: { unenrolments: 5, archives: { fraction: 0.5, atLeast: 3 } },
        batchSize: 5,
        clock: () => new Date(),
      },
    ],
  ],
  affected: [() => [asWhole(catalog()), { ...catalog(), links: [] }]],
  compile: [() => [catalog(), { inactive: 'freeze', previous: matcher() }]],
  evolve: [() => [catalog(), edits()]],
  diff: [() => [matcher(), [state()], { courses: ['fire'] }]],
  explain: [() => [matcher(), state(), 'fire']],
  matches: [() => [rule, learner(), { fields: catalog().fields, segments: catalog().segments }]],
  project: [() => [[state()], [change()]]],
  createMemoryRepositories: [() => [{ fields: catalog().fields, courses: catalog().courses, learners: [learner()] }]],
  createSqlRepositories: [() => [sqlOptions()]],
  createSqlEnrolments: [
    () => [{ ...sqlOptions(), inactive: 'freeze', limits: { unenrolments: 1 }, batchSize: 1, clock: () => new Date() }],
  ],
  migrate: [() => [driver, { prefix: 'x_', learnerIds: 'text', assignmentsTable: true }]],
  migrationSql: [() => ['postgres', { prefix: 'x_', learnerIds: 'text' }]],
  verify: [() => [driver, { prefix: 'x_', tenant: 't', limit: 1 }]],
  sqlHost: [
    () => [
      {
        ...lmsTables('x_'),
        learners: { ...lmsTables('x_').learners, ...whole, tenant: 't', ids: 'text' },
        fields: catalog().fields,
        tenant: 't',
        onWrite: none,
      },
    ],
  ],
  fromBetterSqlite3: [() => [{ prepare: none, inTransaction: false }, { busyTimeout: 1 }]],
  fromNodeSqlite: [() => [{ prepare: none, isTransaction: false }, { busyTimeout: 1 }]],
  fromDrizzle: [
    () => [{ execute: none, transaction: none }, { raw: none, param: none, join: none }, { dialect: 'mysql' }],
  ],
  fromKnex: [
    () => [{ raw: none, transaction: none, isTransaction: false, client: { dialect: 'pg' } }, { busyTimeout: 1 }],
  ],
  fromKysely: [
    () => [
      { withoutPlugins: () => ({}), executeQuery: none, transaction: none, isTransaction: false },
      { dialect: 'sqlite', busyTimeout: 1 },
    ],
  ],
  fromLibsql: [
    () => [{ execute: none, transaction: none, protocol: 'file' }, { busyTimeout: 1 }],
    () => [{ execute: none, executeMultiple: none, commit: none, close: none, closed: false }],
  ],
  fromMikroOrm: [
    () => [
      {
        getPlatform: () => new MySqlPlatform(),
        getConnection: () => ({ getClient: none, ensureConnection: none }),
        getTransactionContext: () => undefined,
      },
    ],
  ],
  fromMysql2: [() => [{ query: none, execute: none, getConnection: none }], () => [{ query: none, execute: none }]],
  fromPg: [() => [{ query: none, connect: none, totalCount: 1, on: none }], () => [{ query: none, on: none }]],
  fromPglite: [() => [{ query: none, transaction: none }]],
  fromPostgresJs: [() => [{ unsafe: none, begin: none, savepoint: none }]],
  fromPrisma: [
    () => [
      { $queryRawUnsafe: none, $executeRawUnsafe: none, $connect: none, $transaction: none },
      { dialect: 'mysql', timeout: 1, maxWait: 1 },
    ],
  ],
  fromSequelize: [
    () => [
      { getDialect: () => 'postgres', query: none, transaction: none },
      { transaction: { commit: none, rollback: none } },
    ],
  ],
  fromTypeOrm: [
    () => [{ createQueryRunner: none, options: { type: 'postgres' }, manager: { queryRunner: undefined } }],
    () => [
      {
        dataSource: { createQueryRunner: none, options: { type: 'mysql' }, manager: {} },
        queryRunner: { isTransactionActive: true, query: none },
      },
    ],
  ],
  LawBroken: [() => [history(), new Error('x')]],
  describeContract: [
    () => [
      'a store',
      [{ id: 'a', title: 'b', run: none }],
      { describe: (_: string, body: () => void) => body(), it: none },
    ],
  ],
  replay: [() => [{ create: world, faults: { death: 0 }, patience: 0, timeout: 500 }, history()]],
  repositoriesContract: [() => [{ create: world, knownGaps: [], methods: ['addTraining'], timeout: 5 }]],
  simulate: [() => [{ create: world, seed: 1, steps: 1, faults: { death: 0 }, patience: 0, timeout: 500 }]],
};

/** A class whose name is that of a platform of MikroORM. */
class MySqlPlatform {}

type Callable = (...args: unknown[]) => unknown;

/** A subject for each kind of arguments that a public function takes. */
export function subjectsOf(name: string, value: Callable): Subject[] {
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  const call = isClass
    ? (...args: readonly unknown[]) => Reflect.construct(value, args)
    : (...args: readonly unknown[]) => value(...args);
  return (ARGUMENTS[name] ?? []).map((args) => ({
    name,
    call,
    args,
    promises: (error) => error instanceof LawBroken,
  }));
}
