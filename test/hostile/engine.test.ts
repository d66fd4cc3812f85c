import { expect, test } from 'vitest';
import { createSmartEnrolments, type Edit, field } from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { catalog, edits, plan } from './subjects.js';
import { faultsOf, type Subject } from './walk.js';

const { fields, courses } = catalog();
const learners = [
  { id: 'ada', profile: { site: 'Leeds' } },
  { id: 'alan', profile: { site: 'York' } },
];
const first: Edit[] = [
  { type: 'saveSegment', segment: { id: 'north', title: 'North', rule: null } },
  { type: 'saveSegment', segment: { id: 'leeds', title: 'Leeds', rule: field('site').equals('Leeds') } },
  { type: 'link', link: { id: 'leeds-fire', segmentId: 'leeds', courseId: 'fire' } },
];

async function made() {
  const repositories = createMemoryRepositories({ fields, courses, learners });
  const engine = createSmartEnrolments(repositories);
  await engine.apply(first);
  const catalog = await repositories.catalog.load();
  const held = JSON.stringify(await repositories.host.assignments());
  const isUnchanged = async () =>
    (await repositories.catalog.load()) === catalog && JSON.stringify(await repositories.host.assignments()) === held;
  return { engine, repositories, isUnchanged };
}

const options = () => ({ signal: new AbortController().signal, onDiff: () => {}, onProgress: () => {}, confirm: 'x' });

/** Valid arguments of each method of an engine. */
const ARGUMENTS: Readonly<Record<string, readonly (() => readonly unknown[])[]>> = {
  preview: [() => [edits()[0]]],
  previewLearners: [() => [{ learners: learners.slice(1), deleted: ['none'] }, options()]],
  apply: [() => [edits()], () => [plan(), options()]],
  learnersChanged: [() => [['ada', 'none'], options()]],
  reconcile: [() => [{ ...options(), after: 'a', upTo: 'z', courses: ['fire'] }]],
  settle: [() => [options()]],
  explain: [() => ['ada', 'fire', options()]],
};

test.each(Object.keys((await made()).engine))('%s resolves or rejects with a SmartEnrolmentsError', async (name) => {
  expect(ARGUMENTS[name]).toBeDefined();
  for (const args of ARGUMENTS[name]!) {
    // What succeeds may change the store: a fresh one is made each time.
    let world = await made();
    const subject: Subject = {
      name,
      args,
      async isUnchanged() {
        const isUnchanged = await world.isUnchanged();
        if (!isUnchanged) world = await made();
        return isUnchanged;
      },
      call(...given) {
        const result = (world.engine as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!(...given);
        expect(result).toBeInstanceOf(Promise);
        return result;
      },
    };
    expect(await faultsOf(subject)).toEqual([]);
  }
});

test('the memory store rejects what it cannot store, and does not change', async () => {
  const { repositories } = await made();
  const { host } = repositories;
  const all: Readonly<Record<string, () => readonly unknown[]>> = {
    saveFields: () => [fields],
    saveCourses: () => [courses],
    deleteCourses: () => [['gone']],
    saveLearners: () => [learners],
    deleteLearners: () => [['gone']],
    enrolIndividually: () => ['ada', 'fire'],
    unenrolIndividually: () => ['ada', 'fire'],
    recordTraining: () => ['ada', 'fire', 'completed'],
    state: () => ['ada'],
    archived: () => ['ada'],
    assignments: () => [],
  };
  expect(Object.keys(all).sort()).toEqual(Object.keys(host).sort());
  for (const [name, args] of Object.entries(all)) {
    const method = (host as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[name]!;
    expect(await faultsOf({ name, args, call: (...given) => method(...given) })).toEqual([]);
  }
});

test('the conditions of a field return a condition for any value', async () => {
  for (const [name, method] of Object.entries(field('site'))) {
    const call = (...given: readonly unknown[]) => (method as (...args: readonly unknown[]) => unknown)(...given);
    expect(await faultsOf({ name, args: () => ['Leeds'], call })).toEqual([]);
  }
});
