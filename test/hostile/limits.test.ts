import { expect, test } from 'vitest';
import { type Catalog, compile, diff, evolve, explain, type LearnerState, matches, project } from '../../src/core.js';
import {
  createSmartEnrolments,
  type Edit,
  field,
  isRetryable,
  isSmartEnrolmentsError,
  linkCourses,
  type Rule,
  ruleFromList,
  SmartEnrolmentsError,
} from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { createSqlRepositories, fromKysely, fromPrisma } from '../../src/sql/index.js';
import { expecting } from '../../src/testkit/fixtures.js';
import { repositoriesContract, simulate } from '../../src/testkit/index.js';
import { trapped } from './values.js';

/** The issues of the `invalid_input` that work throws or rejects with, a line each. */
async function issuesOf(work: () => unknown): Promise<string[]> {
  try {
    await work();
  } catch (error) {
    if (!isSmartEnrolmentsError(error, 'invalid_input')) throw error;
    return error.details.issues.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
  }
  throw new Error('It does not fail.');
}

/** Conditions that search for this many different texts of 9,990 characters. */
function searching(count: number, seed = ''): Rule {
  return {
    any: Array.from({ length: count }, (_, i) => field('site').contains(`${seed}${i}-`.padEnd(9_990, `${i}x`))),
  };
}

const course = { id: 'fire', enrolmentMethod: 'by-assignment-only' };
const empty: Catalog = { revision: 0, courses: [course], segments: [], links: [], unsettled: [] };
const saving = (id: string, rule: Rule): Edit => ({ type: 'saveSegment', segment: { id, title: id, rule } });
const linkTo = (segmentId: string): Edit => ({ type: 'link', link: { id: 'link', segmentId, courseId: 'fire' } });
const state: LearnerState = {
  ...{ learnerId: 'ada', learner: { id: 'ada', profile: { site: 'Leeds' } } },
  ...{ assignments: [], individual: [], training: [] },
};

const OF_A_RULE =
  'a rule has at most 100,000 characters in contains, startsWith and endsWith: use shorter or fewer texts';
const OF_A_CATALOG =
  'the rules of a catalog have at most 5,000,000 characters in contains, startsWith and endsWith: use shorter or fewer texts';

test('ruleFromList rejects values that are not lists, and lists that are too long', async () => {
  expect(await issuesOf(() => ruleFromList(5 as never))).toEqual(['wrong_type list: expected a list, not 5']);
  const longest = new Array(2 ** 32 - 1) as never;
  expect(await issuesOf(() => ruleFromList(longest))).toEqual([
    'too_long list: at most 20,000 entries are allowed, not 4,294,967,295',
  ]);
});

test('ruleFromList rejects entries that are neither rules nor connectives', async () => {
  const list = [{ everyone: true }, 'AND', null, 'or', 5];
  expect(await issuesOf(() => ruleFromList(list as never))).toEqual([
    'wrong_type list.1: expected a rule, "and" or "or", not text',
    'wrong_type list.2: expected a rule, "and" or "or", not null',
    'wrong_type list.4: expected a rule, "and" or "or", not 5',
  ]);
});

test('a rule of 2,000 long search texts is rejected wherever it is given', async () => {
  const rule = searching(2_000);
  const engine = createSmartEnrolments(createMemoryRepositories({ courses: [course] }));
  expect(await issuesOf(() => engine.apply(saving('many', rule)))).toEqual([`too_long segment.rule: ${OF_A_RULE}`]);
  expect(await issuesOf(() => engine.preview(saving('many', rule)))).toEqual([`too_long segment.rule: ${OF_A_RULE}`]);
  expect(await issuesOf(() => linkCourses('many', ['fire'], { rule }))).toEqual([`too_long rule: ${OF_A_RULE}`]);
  expect(await issuesOf(() => evolve(empty, [saving('many', rule)]))).toEqual([
    `too_long edits.0.segment.rule: ${OF_A_RULE}`,
  ]);
  expect(await issuesOf(() => matches(rule, { id: 'ada', profile: {} }))).toEqual([`too_long rule: ${OF_A_RULE}`]);
  const stored = { ...empty, segments: [{ id: 'many', title: 'Many', rule }] };
  expect(await issuesOf(() => compile(stored))).toEqual([`too_long catalog: ${OF_A_CATALOG}`]);
});

test('a stored rule with too much search text freezes its links and is never compiled', async () => {
  const segments = [{ id: 'many', title: 'Many', rule: searching(2_000) }];
  const links = [{ id: 'link', segmentId: 'many', courseId: 'fire' }];
  const memory = createMemoryRepositories({ courses: [course], learners: [{ id: 'ada', profile: { site: 'Leeds' } }] });
  const change = { saveSegments: segments, saveLinks: links, deleteSegments: [], deleteLinks: [] };
  await memory.catalog.commit(change, expecting((await memory.catalog.load()).revision));
  const { summary } = await createSmartEnrolments(memory).reconcile();
  const reason = `The rule of segment "many" cannot be evaluated: ${OF_A_RULE}.`;
  expect(summary.blocked).toEqual([{ kind: 'broken-link', linkId: 'link', reason }]);
});

test('an edit that gives a catalog too much search text is rejected, unless the catalog shrinks', async () => {
  const edits = Array.from({ length: 50 }, (_, i) => saving(`s${i}`, searching(10, `${i}.`)));
  const full = evolve(empty, edits);
  expect(await issuesOf(() => evolve(full, [saving('more', searching(1))]))).toEqual([`too_long : ${OF_A_CATALOG}`]);
  const over = { ...full, segments: [...full.segments, { id: 'x', title: 'X', rule: searching(9, 'x') }] };
  expect(evolve(over, [saving('x', searching(1, 'x')), linkTo('x')]).links).toHaveLength(1);
});

test('a learner with more than 100,000 values in one field, or values that throw, is blocked', () => {
  const catalog = evolve(empty, [saving('many', field('site').equals('Leeds')), linkTo('many')]);
  const blocked = (site: unknown) => {
    const states = [{ ...state, learner: { id: 'ada', profile: { site: site as never } } }];
    return diff(compile(catalog), states).blocked.map(({ reason }) => reason);
  };
  const throwing = Object.defineProperty([], 0, {
    get: () => {
      throw new Error('not loaded');
    },
  });
  expect(blocked(new Array(2 ** 32 - 1))).toEqual(['Profile field "site" has more than 100,000 values.']);
  expect(blocked(throwing)).toEqual(['Reading the row throws an error.']);
  expect(blocked(new Array(100_000).fill('York'))).toEqual([]);
});

test('the core names the part of a state that is malformed', async () => {
  const matcher = compile(empty);
  const malformed = { ...state, assignments: [null], training: [{ courseId: 5 }] } as never;
  const found = [
    'wrong_type states.0.assignments.0: expected an object, not null',
    'wrong_type states.0.training.0.courseId: expected text, not 5',
    'wrong_type states.0.training.0.status: expected text, not nothing',
  ];
  expect(await issuesOf(() => diff(matcher, [malformed]))).toEqual(found);
  expect(await issuesOf(() => explain(matcher, malformed, 'fire'))).toEqual(
    found.map((line) => line.replace('states.0', 'state')),
  );
  const change = { learnerId: 'ada', assigned: [], released: [], enrolled: [], unenrolled: [], kept: [] };
  expect(await issuesOf(() => project([malformed], [change]))).toEqual(found);
  expect(await issuesOf(() => diff({} as never, 5 as never, {} as never))).toEqual([
    'wrong_type matcher: expected what compile() of this copy of smart-enrolments/core returned, not an object',
    'wrong_type states: expected a list of states, not 5',
    'wrong_type scope.courses: expected a list of ids, not nothing',
  ]);
});

test('errors and their checks accept any thrown value, even a proxy that throws on every access', () => {
  for (const thrown of [trapped({}), trapped([]), trapped(() => undefined)]) {
    expect(isSmartEnrolmentsError(thrown)).toBe(false);
    expect(isRetryable(thrown)).toBe(false);
    expect(isRetryable(new Error('failed', { cause: thrown }))).toBe(false);
    expect(new SmartEnrolmentsError('repository_failed', { method: 'x' }, { cause: thrown }).cause).toBe(thrown);
  }
});

test('SmartEnrolmentsError rejects an unknown code, and details of another code', async () => {
  expect(await issuesOf(() => new SmartEnrolmentsError('nope' as never, {} as never))).toEqual([
    'wrong_type code: expected the code of an error',
  ]);
  expect(await issuesOf(() => new SmartEnrolmentsError('unknown_link', {} as never))).toEqual([
    'wrong_type details: expected the details of unknown_link',
  ]);
});

test('options of SQL and of the test kit are rejected with all of their problems', async () => {
  const given: readonly (readonly [work: () => unknown, paths: readonly string[]])[] = [
    [() => createSqlRepositories({ driver: 5, host: 5, lockTimeout: -1 } as never), ['driver', 'host', 'lockTimeout']],
    [() => fromKysely(5 as never, { dialect: 'x', busyTimeout: -1 } as never), ['db', 'dialect', 'busyTimeout']],
    [() => fromPrisma(5 as never, { dialect: 'x', timeout: '1' } as never), ['db', 'dialect', 'timeout']],
    [
      () => createMemoryRepositories({ fields: 5, courses: [{}], learners: {} } as never),
      ['fields', 'courses.0.id', 'learners'],
    ],
    [
      () => repositoriesContract({ create: 5, knownGaps: 5, timeout: 5e10 } as never),
      ['create', 'knownGaps', 'timeout'],
    ],
    [() => simulate({ create: 5, seed: 0.5, steps: -1 } as never), ['create', 'seed', 'steps']],
  ];
  for (const [work, paths] of given) {
    const issues = await issuesOf(work);
    expect(issues.map((line) => line.split(/[ :]/)[1])).toEqual(paths);
  }
});
