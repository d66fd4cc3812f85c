import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareIds } from '../../src/collections/order.js';
import { createMemoryRepositories, type Host } from '../../src/memory/index.js';
import type { LearnerDiff, Unenrolled } from '../../src/model/diff.js';
import type { Repositories } from '../../src/repositories/repositories.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { NaiveStore } from './naive-store.js';

const LEARNERS = ['a', 'b', '', '__proto__', '\u{1f600}', '\ud800'];
const COURSES = ['c', 'd', '__proto__'];
const LINKS = ['1', '2', '', 'constructor'];

const learnerId = fc.constantFrom(...LEARNERS);
const courseId = fc.constantFrom(...COURSES);
const pair = fc.record({ courseId, linkId: fc.constantFrom(...LINKS), segmentId: fc.constant('s') });
const cause = fc.constantFrom('unlinked' as const, 'left-segment' as const);
const few = { maxLength: 4 };

const ending = (courseId: string): fc.Arbitrary<Unenrolled> =>
  fc.record({ courseId: fc.constant(courseId), cause, training: fc.constantFrom('keep', 'archive') });

const diff: fc.Arbitrary<LearnerDiff> = fc.record({
  learnerId,
  assigned: fc.array(pair, few),
  released: fc.array(
    fc.tuple(pair, cause).map(([pair, cause]) => ({ ...pair, cause })),
    few,
  ),
  enrolled: fc.array(fc.record({ courseId, training: fc.constantFrom('start' as const, 'resume' as const) }), few),
  unenrolled: fc
    .subarray(COURSES)
    .chain((courses) => fc.tuple(...courses.toSorted(compareIds).map((courseId) => ending(courseId)))),
  kept: fc.constant([]),
});

type Inside =
  | { readonly do: 'write'; readonly diffs: readonly LearnerDiff[] }
  | { readonly do: 'transaction'; readonly fails: boolean; readonly steps: readonly Inside[] };
type Step =
  | Inside
  | { readonly do: 'save'; readonly ids: readonly string[]; readonly n: number }
  | { readonly do: 'delete'; readonly ids: readonly string[] }
  | { readonly do: 'individual'; readonly on: boolean; readonly id: string; readonly course: string }
  | {
      readonly do: 'training';
      readonly id: string;
      readonly course: string;
      readonly status: 'in-progress' | 'completed';
    };

const { inside } = fc.letrec<{ inside: Inside }>((tie) => ({
  inside: fc.oneof(
    { maxDepth: 3 },
    fc.record({ do: fc.constant('write' as const), diffs: fc.array(diff, few) }),
    fc.record({ do: fc.constant('transaction' as const), fails: fc.boolean(), steps: fc.array(tie('inside'), few) }),
  ),
}));
const step: fc.Arbitrary<Step> = fc.oneof(
  inside,
  fc.record({ do: fc.constant('save' as const), ids: fc.array(learnerId, few), n: fc.nat(9) }),
  fc.record({ do: fc.constant('delete' as const), ids: fc.array(learnerId, few) }),
  fc.record({ do: fc.constant('individual' as const), on: fc.boolean(), id: learnerId, course: courseId }),
  fc.record({
    do: fc.constant('training' as const),
    id: learnerId,
    course: courseId,
    status: fc.constantFrom('in-progress' as const, 'completed' as const),
  }),
);

/** Takes a step inside or outside a transaction; returns the model after it. */
async function stepInside(repositories: Repositories, model: NaiveStore, step: Inside): Promise<NaiveStore> {
  if (step.do === 'write') {
    await repositories.enrolments.write(step.diffs, CONTEXT);
    for (const diff of step.diffs) model.write(diff);
    return model;
  }
  let after = model.copy();
  const failure = new Error('failed');
  const running = repositories.transaction(LEARNERS, async (nested) => {
    for (const inner of step.steps) after = await stepInside(nested, after, inner);
    await agree(nested, after);
    if (step.fails) throw failure;
  });
  if (!step.fails) await running;
  else await expect(running).rejects.toBe(failure);
  return step.fails ? model : after;
}

async function takeStep(store: Repositories & { host: Host }, model: NaiveStore, step: Step): Promise<NaiveStore> {
  const { host } = store;
  switch (step.do) {
    case 'write':
    case 'transaction':
      return stepInside(store, model, step);
    case 'save':
      await host.saveLearners(step.ids.map((id) => ({ id, profile: { n: step.n } })));
      for (const id of step.ids) model.learners.set(id, step.n);
      return model;
    case 'delete':
      await host.deleteLearners(step.ids);
      for (const id of step.ids) model.learners.delete(id);
      return model;
    case 'individual':
      await (step.on ? host.enrolIndividually(step.id, step.course) : host.unenrolIndividually(step.id, step.course));
      if (step.on) model.row(step.id).individual.add(step.course);
      else model.row(step.id).individual.delete(step.course);
      return model;
    case 'training':
      await host.recordTraining(step.id, step.course, step.status);
      model.row(step.id).training.set(step.course, step.status);
      return model;
    default:
      return step satisfies never;
  }
}

/** Compares what can be read inside a transaction as outside. */
async function agree(repositories: Repositories, model: NaiveStore): Promise<void> {
  const held = new Map((await repositories.enrolments.read(LEARNERS)).map((one) => [one.learnerId, one]));
  for (const id of LEARNERS) {
    const none = { learnerId: id, assignments: [], individual: [], training: [] };
    const [learner] = await repositories.learners.get([id]);
    expect({ ...(held.get(id) ?? none), ...(learner && { learner }) }).toEqual(model.state(id));
  }
  const present = [...model.learners.keys()].sort(compareIds);
  expect((await repositories.learners.page({ limit: 99 })).map(({ id }) => id)).toEqual(present);
  for (const links of [undefined, ['1'], ['2', ''], LINKS]) {
    const holders = model.holders(links);
    expect(await repositories.enrolments.holders({ links, limit: 99 })).toEqual(holders);
    expect(await repositories.enrolments.holders({ links, limit: 2, after: holders[0] })).toEqual(holders.slice(1, 3));
  }
}

test('the store behaves like a naive store, through any history of writes, transactions and rollbacks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const store = createMemoryRepositories();
      let model = new NaiveStore();
      for (const step of steps) {
        model = await takeStep(store, model, step);
        await agree(store, model);
      }
      for (const id of LEARNERS) {
        expect(await store.host.state(id)).toEqual(model.state(id));
        expect(await store.host.archived(id)).toEqual(model.row(id).archived);
      }
    }),
  );
});
