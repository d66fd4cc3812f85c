import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSmartEnrolments, isSmartEnrolmentsError, type LearnerDiff } from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { runs } from '../model/runs.js';
import { failedAlone, recording, type Try } from './tries.js';

const LEARNERS = 260;
const idOf = (i: number): string => `l${String(i).padStart(3, '0')}`;
const link = { type: 'link', link: { id: 'k', segmentId: 's', courseId: 'c' } } as const;
const shapes = fc.record({ batchSize: fc.constantFrom(1, 3, 1000), concurrency: fc.constantFrom(1, 2, 3) });
type Shape = { readonly batchSize: number; readonly concurrency: number };

/** Links a course to everyone while these learners cannot be written. */
async function linking(failing: readonly string[], { batchSize, concurrency }: Shape) {
  const learners = Array.from({ length: LEARNERS }, (_, i) => ({ id: idOf(i), profile: {} }));
  const courses = [{ id: 'c', enrolmentMethod: 'by-assignment-only' }];
  const { host, ...store } = createMemoryRepositories({ courses, learners });
  const right = createSmartEnrolments(store);
  await right.apply({ type: 'saveSegment', segment: { id: 's', title: 'Everyone', rule: { everyone: true } } });
  const cause = new Error('The host cannot write this learner.');
  const tries: Try[] = [];
  const refuse = (diffs: readonly LearnerDiff[]): void => {
    if (diffs.some(({ learnerId }) => failing.includes(learnerId))) throw cause;
  };
  const library = createSmartEnrolments({ ...recording(store, refuse, tries), concurrency }, { batchSize });
  const error = await library.apply(link).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const held = async () => (await host.assignments()).map(({ learnerId }) => learnerId);
  return { error, cause, tries, held, unsettled: async () => (await store.catalog.load()).unsettled, right };
}

const everyone = Array.from({ length: LEARNERS }, (_, i) => idOf(i));
const without = (failing: readonly string[]): string[] => everyone.filter((id) => !failing.includes(id));

/** Stopped with the first error: no failing learner is written, and the work continues once the cause is removed. */
async function expectStopped(failing: readonly string[], result: Awaited<ReturnType<typeof linking>>): Promise<void> {
  const { error, cause, held, unsettled, right } = result;
  expect(error).toMatchObject({ code: 'repository_failed', details: { method: 'enrolments.write' }, cause });
  expect((await held()).filter((id) => failing.includes(id))).toEqual([]);
  expect(await unsettled()).toHaveLength(1);
  await right.settle();
  expect(await held()).toEqual(everyone);
}

/** Every second learner of a part of the list fails, so that others are written in between. */
const apart = (least: number, most: number) =>
  fc
    .shuffledSubarray(
      Array.from({ length: LEARNERS / 2 - 1 }, (_, i) => idOf(2 * i)),
      { minLength: least, maxLength: most },
    )
    .map((ids) => [...ids].sort());

it('up to 100 learners who cannot be written are set aside, if others are written after them', async () => {
  await fc.assert(
    fc.asyncProperty(apart(1, 100), shapes, async (failing, shape) => {
      const { error, held, unsettled, right } = await linking(failing, shape);
      if (!isSmartEnrolmentsError(error, 'some_failed')) throw error;
      expect(error.details.failed.map(({ learnerId }) => learnerId)).toEqual(failing);
      expect(await held()).toEqual(without(failing));
      expect(await unsettled()).toEqual([]);
      expect((await right.learnersChanged(failing)).summary.learners).toBe(failing.length);
      expect(await held()).toEqual(everyone);
    }),
    runs(20),
  );
});

it('more than 100 learners who cannot be written stop the operation', async () => {
  await fc.assert(
    fc.asyncProperty(apart(101, LEARNERS / 2 - 1), shapes, async (failing, shape) => {
      const result = await linking(failing, shape);
      const failed = failedAlone(result.tries);
      expect(failed.length).toBeGreaterThan(100);
      expect(failed.length).toBeLessThanOrEqual(100 + shape.concurrency);
      await expectStopped(failing, result);
    }),
    runs(20),
  );
});

it('32 tries in a row that fail stop the operation, however many learners there are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: LEARNERS - 40 }), shapes, async (written, shape) => {
      const failing = everyone.slice(written);
      const result = await linking(failing, shape);
      const failed = result.tries.filter(({ end }) => end === 'failed').length;
      // Before the last success, the batch with it may have failed in parts, and so may the batches beside it.
      const halvings = shape.batchSize === 1 ? 0 : Math.ceil(Math.log2(Math.min(shape.batchSize, LEARNERS)));
      expect(failed).toBeGreaterThanOrEqual(32);
      expect(failed).toBeLessThanOrEqual(32 + (2 * halvings + 1) * shape.concurrency);
      await expectStopped(failing, result);
    }),
    runs(20),
  );
});

it('fewer than 32 failures in a row do not stop the operation, if others are written after them', async () => {
  const blocks = fc.record({ from: fc.nat({ max: LEARNERS - 40 }), length: fc.integer({ min: 1, max: 31 }) });
  await fc.assert(
    fc.asyncProperty(blocks, async ({ from, length }) => {
      const failing = everyone.slice(from, from + length);
      const { error, held } = await linking(failing, { batchSize: 1, concurrency: 1 });
      const isNamed = isSmartEnrolmentsError(error, 'some_failed') && error.details.failed.length === length;
      expect(isNamed).toBe(true);
      expect(await held()).toEqual(without(failing));
    }),
    runs(20),
  );
});
