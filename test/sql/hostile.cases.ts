import { beforeAll, expect, test } from 'vitest';
import { createSmartEnrolments, linkCourses } from '../../src/index.js';
import { expecting } from '../../src/testkit/fixtures.js';
import type { World } from '../../src/testkit/index.js';
import { readable } from '../../src/testkit/readable.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { pgliteWorld } from './pglite-world.js';

let world: World;

beforeAll(async () => {
  world = await pgliteWorld();
});

const QUOTES = `'; DROP TABLE users; -- " \` \\ $1 ? :name %_ {} /*`;

test.each([
  ['quotes and all that SQL takes for something', QUOTES],
  ['a value of 200 kB', 'x'.repeat(200_000)],
])('%s: comes back as it was, and is found by its rule', async (_, value) => {
  const { host, repositories } = world;
  const smart = createSmartEnrolments(repositories);
  await host.saveFields([{ id: QUOTES, type: 'text' }]);
  await host.saveCourses([{ id: QUOTES, enrolmentMethod: 'by-assignment-only' }]);
  await host.saveLearners([
    { id: QUOTES, profile: { [QUOTES]: value } },
    { id: 'other', profile: {} },
  ]);
  const segment = { id: QUOTES, title: QUOTES, rule: { field: QUOTES, op: 'equals', value } } as const;
  if (value.length > 10_000) {
    // A rule cannot be that long; the profile is, and is returned whole.
    await smart.reconcile();
  } else {
    const { summary } = await smart.apply([{ type: 'saveSegment', segment }, ...linkCourses(QUOTES, [QUOTES])]);
    expect(summary.enrolled).toBe(1);
  }
  expect(readable(await repositories.learners.get([QUOTES]))[0]?.profile).toEqual({ [QUOTES]: value });
});

test.each([
  ['NUL', 'a\0b'],
  ['an unpaired surrogate', 'a\ud83d'],
])('an id with %s is refused by name, and nothing is changed', async (_, id) => {
  const { repositories } = world;
  const before = await repositories.catalog.load();
  const change = { saveSegments: [{ id, title: 'T' }], deleteSegments: [], saveLinks: [], deleteLinks: [] };
  const commit = repositories.catalog.commit(change, expecting(before.revision));
  await expect(commit).rejects.toThrow(/databases cannot store text with NUL or an unpaired surrogate/u);
  await expect(repositories.transaction([id], async () => undefined)).rejects.toThrow(/databases cannot store/u);
  expect(await repositories.catalog.load()).toEqual(before);
});

test('text that only looks like an escape of NUL is stored', async () => {
  const { host, repositories } = world;
  const profile = { a: '\\u0000', b: '\\\\ud83d', c: '😀' };
  await host.saveLearners([{ id: 'escapes', profile }]);
  expect(readable(await repositories.learners.get(['escapes']))[0]?.profile).toEqual(profile);
});

test('pairs that are written unsorted and twice are stored in order and once', async () => {
  const { repositories } = world;
  const pair = (n: number) => ({ courseId: `c${n}`, linkId: `l${n}`, segmentId: 's' });
  const nothing = { released: [], enrolled: [], unenrolled: [], kept: [] };
  const written = (...numbers: number[]) =>
    repositories.enrolments.write([{ learnerId: 'unordered', assigned: numbers.map(pair), ...nothing }], CONTEXT);
  await written(5, 1, 5);
  await written(4, 2, 3, 4);
  const [holdings] = readable(await repositories.enrolments.read(['unordered']));
  expect(holdings?.assignments).toEqual([1, 2, 3, 4, 5].map(pair));
});
