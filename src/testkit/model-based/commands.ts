import fc from 'fast-check';
import { isSmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { LearnerDiff } from '../../model/diff.js';
import { expecting, operationAt } from '../fixtures.js';
import { readable } from '../readable.js';
import { CONTEXT } from '../store.js';
import { walkHolders, walkLearners } from '../walk.js';
import type { World } from '../world.js';
import { COURSES, LEARNERS, LINKS, type Model } from './model.js';

const PAIRS = COURSES.flatMap((courseId) => LINKS.map((linkId) => ({ courseId, linkId, segmentId: `of ${linkId}` })));

type Command = fc.AsyncCommand<Model, World>;
const text = (value: unknown) => JSON.stringify(value);
const equal = (found: unknown, expected: unknown, what: string) => {
  if (text(found) !== text(expected)) throw new Error(`${what}: expected ${text(expected)}, found ${text(found)}.`);
};
const command = (name: string, run: (model: Model, real: World) => Promise<void>): Command => ({
  check: () => true,
  run,
  toString: () => name,
});

const saving = fc.tuple(fc.constantFrom(...LEARNERS), fc.constantFrom('x', 'y')).map(([id, site]) =>
  command(`save ${text(id)}`, async (model, { host }) => {
    await host.saveLearners([{ id, profile: { site } }]);
    model.learners.set(id, site);
  }),
);

const deleting = fc.constantFrom(...LEARNERS).map((id) =>
  command(`delete ${text(id)}`, async (model, { host }) => {
    await host.deleteLearners([id]);
    model.learners.delete(id);
  }),
);

const enrolling = fc.tuple(fc.constantFrom(...LEARNERS), fc.constantFrom(...COURSES)).map(([id, courseId]) =>
  command(`enrol or unenrol ${text(id)} on ${text(courseId)}`, async (model, { host }) => {
    const key = text([id, courseId]);
    if (!model.learners.has(id)) return;
    if (model.individual.delete(key)) return host.unenrolIndividually(id, courseId);
    model.individual.add(key);
    await host.enrolIndividually(id, courseId);
  }),
);

/** Toggles assignments in a transaction that may be rolled back. */
const writing = fc
  .record({
    flips: fc.dictionary(fc.constantFrom(...LEARNERS), fc.subarray(PAIRS, { minLength: 1 }), { maxKeys: 4 }),
    fails: fc.boolean(),
  })
  .map(({ flips, fails }) =>
    command(`write ${text(flips)}${fails ? ', and roll back' : ''}`, async (model, { repositories }) => {
      const diffs = Object.entries(flips).map(([learnerId, pairs]): LearnerDiff => {
        const held = model.heldBy(learnerId);
        const released = pairs.filter((pair) => held.has(text(pair)));
        const assigned = pairs.filter((pair) => !held.has(text(pair)));
        const nothing = { enrolled: [], unenrolled: [], kept: [] };
        return {
          learnerId,
          assigned,
          released: released.map((one) => ({ ...one, cause: 'left-segment' })),
          ...nothing,
        };
      });
      const undo = new Error('undo');
      const ids = diffs.map(({ learnerId }) => learnerId);
      const work = repositories.transaction(ids, async ({ enrolments }) => {
        await enrolments.write(diffs, CONTEXT);
        if (fails) throw undo;
      });
      await work.catch((error: unknown) => {
        if (!fails) throw error;
      });
      if (fails) return;
      for (const { learnerId, assigned, released } of diffs) {
        for (const { cause: _, ...pair } of released) model.heldBy(learnerId).delete(text(pair));
        for (const pair of assigned) model.heldBy(learnerId).add(text(pair));
      }
    }),
  );

const committing = fc.tuple(fc.constantFrom('s', 'S', ''), fc.string(), fc.boolean()).map(([id, title, stale]) =>
  command(`commit ${text({ id, title })}${stale ? ' on a stale revision' : ''}`, async (model, { repositories }) => {
    const change = { saveSegments: [{ id, title }], deleteSegments: [], saveLinks: [], deleteLinks: [] };
    const expected = model.revision + Number(stale);
    try {
      model.revision = await repositories.catalog.commit(
        change,
        expecting(expected, { links: [id], courses: [title] }),
      );
    } catch (error) {
      if (!stale || !isSmartEnrolmentsError(error, 'catalog_conflict')) throw error;
      return;
    }
    equal(stale, false, 'Whether a stale commit was refused');
    model.segments.set(id, title);
    model.work.set(
      model.revision,
      new Map([
        ['holders', null],
        ['audience', null],
      ]),
    );
  }),
);

const settling = fc
  .tuple(fc.nat(5), fc.constantFrom('holders', 'audience'), fc.constantFrom(...LEARNERS), fc.boolean())
  .map(([back, pass, after, done]) =>
    command(
      `settle ${pass} ${back} back${done ? ', done' : ` up to ${text(after)}`}`,
      async (model, { repositories }) => {
        const revision = model.revision - back;
        await repositories.catalog.settled({ operation: operationAt(revision).id, range: { pass, after }, done });
        const ranges = model.work.get(revision);
        if (!ranges?.has(pass)) return;
        if (done) ranges.delete(pass);
        else ranges.set(pass, after);
        if (ranges.size === 0) model.work.delete(revision);
      },
    ),
  );

/** Compares everything that can be read. */
const reading = fc
  .record({ limit: fc.integer({ min: 1, max: 8 }), links: fc.subarray(LINKS), reopen: fc.boolean() })
  .map(({ limit, links, reopen }) =>
    command(`read ${limit} at a time`, async (model, real) => {
      const { repositories } = reopen ? await real.reopen() : real;
      const people = await walkLearners(repositories, { limit });
      equal([...people].sort(), [...model.learners.keys()].sort(), 'Learners');
      const holders = await walkHolders(repositories, { limit, links });
      const wanted = [...model.held].filter(([, held]) =>
        [...held].some((key) => links.includes(JSON.parse(key).linkId)),
      );
      equal([...holders].sort(), wanted.map(([id]) => id).sort(), 'Holders');
      const order = people.filter((id) => holders.includes(id));
      equal(
        holders.filter((id) => order.includes(id)),
        order,
        'Holders in the order of learners',
      );
      const rows = new Map(readable(await repositories.enrolments.read(LEARNERS)).map((row) => [row.learnerId, row]));
      for (const id of LEARNERS) {
        const held = (rows.get(id)?.assignments ?? []).map(({ courseId, linkId, segmentId }) =>
          text({ courseId, linkId, segmentId }),
        );
        equal(held.sort(), [...model.heldBy(id)].sort(), 'Assignments');
        const individual = (rows.get(id)?.individual ?? []).map((courseId) => text([id, courseId]));
        const expected = COURSES.map((courseId) => text([id, courseId])).filter((key) => model.individual.has(key));
        equal(individual.sort(), expected.sort(), 'Individual enrolments');
      }
      const { revision, segments, unsettled } = await repositories.catalog.load();
      equal(revision, model.revision, 'Revision');
      equal(segments.map(({ id, title }) => [id, title]).sort(), [...model.segments].sort(), 'Segments');
      const work = unsettled.map(({ operation, ranges }): readonly [number, unknown[]] => [
        operation.revision,
        ranges.map(({ pass, after }) => [pass, after ?? null]),
      ]);
      equal(
        work.toSorted(([a], [b]) => a - b),
        [...model.work].map(([revision, ranges]) => [revision, [...ranges]] as const).sort(([a], [b]) => a - b),
        'Unsettled work',
      );
    }),
  );

/** All commands; reads are twice as likely as each of the others. */
export const commands = fc.commands([saving, deleting, enrolling, writing, committing, settling, reading, reading]);
