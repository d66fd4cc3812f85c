import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createSmartEnrolments, type Edit, field, isSmartEnrolmentsError, type Repositories } from 'smart-enrolments';
import { createMemoryRepositories, type Host } from 'smart-enrolments/memory';
import { expect, test } from 'vitest';
import { Host as OwnHost } from '../../examples/custom-adapter/host.js';
import { createRepositories } from '../../examples/custom-adapter/repositories.js';
import { Store } from '../../examples/custom-adapter/store.js';
import { withoutOperations } from '../engine/world.js';

interface World {
  readonly repositories: Repositories;
  readonly host: Host;
}

const sites = ['Bristol', 'Leeds'];
const courses = ['fire', 'welding'];
const people = ['', '__proto__', 'ada', 'grace'];

const learner = fc.constantFrom(...people);
const site = fc.constantFrom(...sites);
const course = fc.constantFrom(...courses);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .record({ segmentId: site, courseId: course })
    .map((link): Edit => ({ type: 'link', link: { id: `${link.segmentId}-${link.courseId}`, ...link } })),
  fc
    .record({ segmentId: site, courseId: course })
    .map(({ segmentId, courseId }): Edit => ({ type: 'unlink', linkId: `${segmentId}-${courseId}` })),
  fc.record({ id: site, value: site }).map(
    ({ id, value }): Edit => ({
      type: 'saveSegment',
      segment: { id, title: id, rule: field('site').equals(value) },
    }),
  ),
);

/** The initial state, so that most steps of a history have an effect. */
const standing: readonly Edit[] = sites.flatMap((id): Edit[] => [
  { type: 'saveSegment', segment: { id, title: id, rule: field('site').equals(id) } },
  { type: 'link', link: { id: `${id}-fire`, segmentId: id, courseId: 'fire' } },
]);

/** One step, for any store. */
type Step = (world: World) => Promise<unknown>;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.array(edit, { minLength: 1, maxLength: 3 }).map(
    (edits): Step =>
      ({ repositories }) =>
        createSmartEnrolments(repositories, { batchSize: 2 }).apply(edits),
  ),
  fc.record({ id: learner, site, placed: fc.option(site), isNotified: fc.boolean() }).map(
    ({ id, site, placed, isNotified }): Step =>
      async ({ repositories, host }) => {
        await host.saveLearners([{ id, profile: { site }, ...(placed && { segments: [placed] }) }]);
        if (isNotified) await createSmartEnrolments(repositories).learnersChanged([id]);
      },
  ),
  learner.map(
    (id): Step =>
      ({ host }) =>
        host.deleteLearners([id]),
  ),
  fc.tuple(learner, course).map(
    ([id, courseId]): Step =>
      ({ host }) =>
        host.enrolIndividually(id, courseId),
  ),
  fc.tuple(learner, course).map(
    ([id, courseId]): Step =>
      ({ host }) =>
        host.unenrolIndividually(id, courseId),
  ),
  fc.tuple(learner, course).map(
    ([id, courseId]): Step =>
      ({ host }) =>
        host.recordTraining(id, courseId, 'completed'),
  ),
  fc.constant<Step>(({ repositories }) => createSmartEnrolments(repositories, { batchSize: 2 }).reconcile()),
);

async function outcome(world: World, step: Step): Promise<unknown> {
  try {
    return (await step(world)) ?? 'done';
  } catch (error) {
    if (isSmartEnrolmentsError(error)) return error.code;
    throw error;
  }
}

async function everything({ host, repositories }: World): Promise<unknown> {
  const rows = people.map(async (id) => {
    const { learner, assignments, individual, training } = await host.state(id);
    const sorted = [assignments, individual, training].map((list) => list.map((item) => JSON.stringify(item)).sort());
    return [learner, sorted, await host.archived(id)];
  });
  return [await Promise.all(rows), await repositories.catalog.load()];
}

test('the custom adapter does what the memory repositories do, and stores it durably', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'same-as-memory-'));
      try {
        const file = join(folder, 'lms.log');
        const memory = createMemoryRepositories();
        const store = await Store.open(file);
        const worlds: World[] = [
          { repositories: memory, host: memory.host },
          { repositories: createRepositories(store), host: new OwnHost(store) },
        ];
        const offered = courses.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' }));
        for (const { host, repositories } of worlds) {
          await host.saveCourses(offered);
          await createSmartEnrolments(repositories).apply(standing);
        }
        for (const step of steps) {
          const [expected, found] = await Promise.all(worlds.map((world) => outcome(world, step)));
          expect(withoutOperations(found)).toEqual(withoutOperations(expected));
        }
        expect(withoutOperations(await everything(worlds[1]!))).toEqual(
          withoutOperations(await everything(worlds[0]!)),
        );

        await store.close();
        const again = await Store.open(file);
        const reopened = { repositories: createRepositories(again), host: new OwnHost(again) };
        expect(withoutOperations(await everything(reopened))).toEqual(withoutOperations(await everything(worlds[0]!)));
        await again.close();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 25) },
  );
});
