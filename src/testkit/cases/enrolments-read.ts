import type { Holdings } from '../../model/learner.js';
import { assert, assertEqual, assertSameItems } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning } from '../diffs.js';
import { numbered, seedHost } from '../fixtures.js';
import { LOOKALIKES, SCRIPTS } from '../lookalikes.js';
import { mutateDeeply } from '../mutate-deeply.js';
import { readable } from '../readable.js';
import { readHoldings, writeDiffs } from '../store.js';

/** Learner `a` holds two courses by two links each, has two individual enrolments, and has two training records. */
async function prepared({ repositories, host }: CaseWorld): Promise<void> {
  await seedHost({ host }, { learners: ['a', 'b', 'z'], courses: ['c', 'd', 'e'] });
  await writeDiffs(
    repositories,
    assigning('a', ['c', 'k'], ['c', 'm'], ['d', 'k'], ['d', 'n']),
    assigning('b', ['c', 'k']),
  );
  await host.enrolIndividually('a', 'e');
  await host.enrolIndividually('a', 'c');
  await host.recordTraining('a', 'c', 'completed');
  await host.recordTraining('a', 'e', 'in-progress');
}

const C = [
  { courseId: 'c', linkId: 'k', segmentId: 's' },
  { courseId: 'c', linkId: 'm', segmentId: 's' },
];
const D = [
  { courseId: 'd', linkId: 'k', segmentId: 's' },
  { courseId: 'd', linkId: 'n', segmentId: 's' },
];

/** Whether a row contains anything. */
const isNotEmpty = ({ assignments, individual, training }: Holdings) =>
  assignments.length + individual.length + training.length > 0;

/** What `enrolments.read` promises. */
export const enrolmentsRead: readonly ContractCase[] = [
  {
    id: 'read-holdings',
    title: 'enrolments.read returns the assignments, individual enrolments and training records of a learner.',
    async check(world) {
      await prepared(world);
      const { assignments, individual, training } = await readHoldings(world.repositories, 'a');
      assertSameItems(assignments, [...C, ...D], 'The assignments');
      assertSameItems(individual, ['c', 'e'], 'The individual enrolments');
      const records = training.filter(({ courseId }) => courseId !== 'd');
      const expected = [
        { courseId: 'c', status: 'completed' },
        { courseId: 'e', status: 'in-progress' },
      ];
      assertSameItems(records, expected, 'The training records');
    },
  },
  {
    id: 'read-latest',
    title: 'enrolments.read returns the current state of what the host changes on its own.',
    async check(world) {
      const { repositories, host } = world;
      await prepared(world);
      await readHoldings(repositories, 'a');
      await host.unenrolIndividually('a', 'c');
      await host.enrolIndividually('a', 'd');
      await host.recordTraining('a', 'c', 'in-progress');
      const { individual, training } = await readHoldings(repositories, 'a');
      assertSameItems(individual, ['d', 'e'], 'The individual enrolments');
      assertEqual(training.find(({ courseId }) => courseId === 'c')?.status, 'in-progress', 'The training record');
    },
  },
  {
    id: 'read-courses',
    title: 'enrolments.read returns only holdings on the given courses, if courses are given.',
    async check(world) {
      await prepared(world);
      const { enrolments } = world.repositories;
      const rows = readable(await enrolments.read(['a', 'b', 'z'], { courses: ['d', 'e', 'unknown', 'd'] }));
      const [row, ...others] = rows.filter(isNotEmpty);
      assertEqual([row?.learnerId, others.length], ['a', 0], 'The learners who hold something on these courses');
      assertSameItems(row!.assignments, D, 'The assignments');
      assertSameItems(row!.individual, ['e'], 'The individual enrolments');
      assert(
        row!.training.every(({ courseId }) => courseId !== 'c'),
        'It returned a training record of another course.',
      );
    },
  },
  {
    id: 'read-no-courses',
    title: 'enrolments.read returns nothing for an empty list of courses.',
    async check(world) {
      await prepared(world);
      const rows = readable(await world.repositories.enrolments.read(['a', 'b'], { courses: [] }));
      assertSameItems(rows.filter(isNotEmpty), [], 'What they hold');
    },
  },
  {
    id: 'read-each-once',
    title: 'enrolments.read returns only the requested learners, each once.',
    async check(world) {
      await prepared(world);
      const rows = readable(await world.repositories.enrolments.read(['a', 'unknown', 'a', 'z', 'a']));
      const ids = rows.map(({ learnerId }) => learnerId);
      assertSameItems(
        ids.filter((id) => id !== 'unknown' && id !== 'z'),
        ['a'],
        'The learners who hold something',
      );
      assert(new Set(ids).size === ids.length, 'It returned a learner twice.');
      assertSameItems(
        rows.filter(isNotEmpty).map(({ learnerId }) => learnerId),
        ['a'],
        'The learners who hold something',
      );
    },
  },
  {
    id: 'read-nobody',
    title: 'enrolments.read returns nothing for an empty list of learners.',
    async check(world) {
      await prepared(world);
      assertEqual(await world.repositories.enrolments.read([]), [], 'The rows');
      assertEqual(await world.repositories.enrolments.read([], { courses: ['c'] }), [], 'The rows on one course');
    },
  },
  {
    id: 'read-gone',
    title: 'enrolments.read returns assignments whose learner, course or link was deleted.',
    async check(world) {
      await prepared(world);
      await world.host.deleteCourses(['c', 'd', 'e']);
      await world.host.deleteLearners(['a']);
      const { assignments, individual } = await readHoldings(world.repositories, 'a');
      assertSameItems(assignments, [...C, ...D], 'The assignments');
      assertSameItems(individual, ['c', 'e'], 'The individual enrolments');
    },
  },
  {
    id: 'read-lookalikes',
    title: 'enrolments.read distinguishes learners, courses and links whose ids look alike.',
    async check({ repositories, host }) {
      const ids = [...LOOKALIKES, ...SCRIPTS];
      await seedHost({ host }, { learners: ids, courses: ids });
      await writeDiffs(repositories, ...ids.map((id) => assigning(id, [id, id], [id, `${id}.`])));
      for (const id of ids) await host.enrolIndividually(id, id);
      const rows = readable(await repositories.enrolments.read(ids, { courses: ids.filter((_, i) => i % 2 === 0) }));
      const expected = ids
        .filter((_, i) => i % 2 === 0)
        .map((id) => [
          id,
          [id],
          [
            [id, id],
            [id, `${id}.`],
          ],
        ]);
      const found = rows.filter(isNotEmpty).map(({ learnerId, individual, assignments }) => {
        return [learnerId, individual, assignments.map(({ courseId, linkId }) => [courseId, linkId]).sort(byLength)];
      });
      assertSameItems(found, expected, 'The holdings on half of the courses');
    },
  },
  {
    id: 'read-many',
    title: 'enrolments.read accepts more ids of learners and courses than a statement can have parameters.',
    async check(world) {
      await prepared(world);
      const { enrolments } = world.repositories;
      const ids = [...numbered(70_000), 'a'];
      assertSameItems(
        readable(await enrolments.read(ids))
          .filter(isNotEmpty)
          .map(({ learnerId }) => learnerId),
        ['a'],
        'The learners',
      );
      const [row] = readable(await enrolments.read(['a'], { courses: [...ids, 'd'] })).filter(isNotEmpty);
      assertSameItems(row?.assignments ?? [], D, 'The assignments');
    },
  },
  {
    id: 'read-copies',
    title: 'enrolments.read returns frozen objects or copies: a caller who changes them changes nothing in the store.',
    async check(world) {
      await prepared(world);
      const before = structuredClone(await readHoldings(world.repositories, 'a'));
      mutateDeeply(await world.repositories.enrolments.read(['a']));
      assertEqual(await readHoldings(world.repositories, 'a'), before, 'What the learner holds');
    },
  },
];

function byLength(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): number {
  return a.join('').length - b.join('').length;
}
