import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSmartEnrolments, type Edit, isSmartEnrolmentsError, type LearnerDiff } from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { runs } from '../model/runs.js';
import { recording } from './tries.js';

const COURSES = ['c0', 'c1', 'c2', 'c3', 'c4'];
const LEARNERS = ['a', 'b', 'c', 'd'];

const someCourses = fc.uniqueArray(fc.constantFrom(...COURSES), { minLength: 1, maxLength: 2 });
const acts = fc.record({
  courses: someCourses,
  /** Milliseconds that pass before the edit. They decide whether failed work is retried or still waits. */
  passes: fc.constantFrom(0, 1_500, 1_000_000),
});
const causes = fc.constantFrom(
  new Error('The host cannot write this course.'),
  Object.assign(new Error('Connection lost.'), { code: 'ECONNRESET' }),
);
const shapes = fc.record({ batchSize: fc.constantFrom(1, 3, 1000), concurrency: fc.constantFrom(1, 2, 3) });

/** Links everyone to these courses, or removes the links that exist. */
function editing(courses: readonly string[], linked: ReadonlySet<string>): Edit[] {
  return courses.map((courseId) =>
    linked.has(courseId)
      ? { type: 'unlink', linkId: courseId }
      : { type: 'link', link: { id: courseId, segmentId: 's', courseId } },
  );
}

it('work that fails blocks edits only on its own courses, and every outcome lists it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(acts, { minLength: 1, maxLength: 10, size: 'max' }),
      fc.subarray(COURSES, { minLength: 1, maxLength: 3 }),
      causes,
      shapes,
      async (steps, broken, cause, { batchSize, concurrency }) => {
        const { host, ...store } = createMemoryRepositories({
          courses: COURSES.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })),
          learners: LEARNERS.map((id) => ({ id, profile: {} })),
        });
        let isBroken = true;
        let now = 0;
        const refuse = (diffs: readonly LearnerDiff[]): void => {
          const touched = diffs.flatMap(({ assigned, released }) => [...assigned, ...released]);
          if (isBroken && touched.some(({ courseId }) => broken.includes(courseId))) throw cause;
        };
        const library = createSmartEnrolments(
          { ...recording(store, refuse), concurrency },
          { batchSize, clock: () => new Date(now) },
        );
        await library.apply({ type: 'saveSegment', segment: { id: 's', title: 'Everyone', rule: { everyone: true } } });

        const open: { readonly operation: string; readonly courses: readonly string[] }[] = [];
        const linked = new Set<string>();
        for (const { courses, passes } of steps) {
          now += passes;
          const before = await store.catalog.load();
          const error = await library.apply(editing(courses, linked)).then(
            ({ outstanding }) => {
              expect(outstanding.map((work) => work.operation)).toEqual(open.map((work) => work.operation));
              for (const { error: own } of outstanding) expect(own).toMatchObject({ cause });
              return undefined;
            },
            (thrown: unknown) => thrown,
          );
          const after = await store.catalog.load();
          const waiting = open.find((work) => work.courses.some((id) => courses.includes(id)));
          if (waiting) {
            expect(isSmartEnrolmentsError(error, 'work_outstanding')).toBe(true);
            const shared = waiting.courses.filter((id) => courses.includes(id));
            expect(error).toMatchObject({
              details: { operation: waiting.operation, courses: shared },
              cause: { code: 'repository_failed', cause },
            });
            expect(after.revision).toBe(before.revision);
          } else {
            const fails = courses.some((id) => broken.includes(id));
            if (fails) expect(error).toMatchObject({ code: 'repository_failed', cause });
            else expect(error).toBeUndefined();
            for (const id of courses) if (!linked.delete(id)) linked.add(id);
            if (fails) open.push({ operation: after.unsettled.at(-1)!.operation.id, courses: [...courses].sort() });
          }
          expect(after.unsettled.map(({ operation }) => operation.id)).toEqual(open.map((work) => work.operation));
          const held = new Set((await host.assignments()).map(({ learnerId, courseId }) => `${learnerId}/${courseId}`));
          const blocked = new Set(open.flatMap((work) => work.courses));
          for (const courseId of COURSES.filter((id) => !blocked.has(id))) {
            for (const id of LEARNERS) expect(held.has(`${id}/${courseId}`)).toBe(linked.has(courseId));
          }
        }

        isBroken = false;
        expect((await library.settle()).outstanding).toEqual([]);
        expect((await store.catalog.load()).unsettled).toEqual([]);
        const pairs = (await host.assignments()).map(({ learnerId, courseId }) => `${learnerId}/${courseId}`).sort();
        expect(pairs).toEqual(LEARNERS.flatMap((id) => [...linked].sort().map((courseId) => `${id}/${courseId}`)));
      },
    ),
    runs(100),
  );
});
