import type { Holdings } from '../../model/learner.js';
import { holds, same, sameItems } from '../assert.js';
import { assigning } from '../diffs.js';
import { furnish, numbered } from '../furnish.js';
import { LOOKALIKES, SCRIPTS } from '../lookalikes.js';
import type { Promised, Stage } from '../promise.js';
import { readable } from '../readable.js';
import { spoil } from '../spoil.js';
import { readOne, writing } from '../store.js';

/** Learner `a` holds two courses by two links each, has two individual enrolments, and has two training records. */
async function prepared({ repositories, host }: Stage): Promise<void> {
  await furnish({ host }, { learners: ['a', 'b', 'z'], courses: ['c', 'd', 'e'] });
  await writing(
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
export const enrolmentsRead: readonly Promised[] = [
  {
    id: 'read-holdings',
    title: 'enrolments.read returns the assignments, individual enrolments and training records of a learner.',
    async check(stage) {
      await prepared(stage);
      const { assignments, individual, training } = await readOne(stage.repositories, 'a');
      sameItems(assignments, [...C, ...D], 'The assignments');
      sameItems(individual, ['c', 'e'], 'The individual enrolments');
      const records = training.filter(({ courseId }) => courseId !== 'd');
      const expected = [
        { courseId: 'c', status: 'completed' },
        { courseId: 'e', status: 'in-progress' },
      ];
      sameItems(records, expected, 'The training records');
    },
  },
  {
    id: 'read-latest',
    title: 'enrolments.read returns the current state of what the host changes on its own.',
    async check(stage) {
      const { repositories, host } = stage;
      await prepared(stage);
      await readOne(repositories, 'a');
      await host.unenrolIndividually('a', 'c');
      await host.enrolIndividually('a', 'd');
      await host.recordTraining('a', 'c', 'in-progress');
      const { individual, training } = await readOne(repositories, 'a');
      sameItems(individual, ['d', 'e'], 'The individual enrolments');
      same(training.find(({ courseId }) => courseId === 'c')?.status, 'in-progress', 'The training record');
    },
  },
  {
    id: 'read-courses',
    title: 'enrolments.read returns only holdings on the given courses, if courses are given.',
    async check(stage) {
      await prepared(stage);
      const { enrolments } = stage.repositories;
      const rows = readable(await enrolments.read(['a', 'b', 'z'], { courses: ['d', 'e', 'unknown', 'd'] }));
      const [row, ...others] = rows.filter(isNotEmpty);
      same([row?.learnerId, others.length], ['a', 0], 'The learners who hold something on these courses');
      sameItems(row!.assignments, D, 'The assignments');
      sameItems(row!.individual, ['e'], 'The individual enrolments');
      holds(
        row!.training.every(({ courseId }) => courseId !== 'c'),
        'It returned a training record of another course.',
      );
    },
  },
  {
    id: 'read-no-courses',
    title: 'enrolments.read returns nothing for an empty list of courses.',
    async check(stage) {
      await prepared(stage);
      const rows = readable(await stage.repositories.enrolments.read(['a', 'b'], { courses: [] }));
      sameItems(rows.filter(isNotEmpty), [], 'What they hold');
    },
  },
  {
    id: 'read-each-once',
    title: 'enrolments.read returns only the requested learners, each once.',
    async check(stage) {
      await prepared(stage);
      const rows = readable(await stage.repositories.enrolments.read(['a', 'unknown', 'a', 'z', 'a']));
      const ids = rows.map(({ learnerId }) => learnerId);
      sameItems(
        ids.filter((id) => id !== 'unknown' && id !== 'z'),
        ['a'],
        'The learners who hold something',
      );
      holds(new Set(ids).size === ids.length, 'It returned a learner twice.');
      sameItems(
        rows.filter(isNotEmpty).map(({ learnerId }) => learnerId),
        ['a'],
        'The learners who hold something',
      );
    },
  },
  {
    id: 'read-nobody',
    title: 'enrolments.read returns nothing for an empty list of learners.',
    async check(stage) {
      await prepared(stage);
      same(await stage.repositories.enrolments.read([]), [], 'The rows');
      same(await stage.repositories.enrolments.read([], { courses: ['c'] }), [], 'The rows on one course');
    },
  },
  {
    id: 'read-gone',
    title: 'enrolments.read returns assignments whose learner, course or link was deleted.',
    async check(stage) {
      await prepared(stage);
      await stage.host.deleteCourses(['c', 'd', 'e']);
      await stage.host.deleteLearners(['a']);
      const { assignments, individual } = await readOne(stage.repositories, 'a');
      sameItems(assignments, [...C, ...D], 'The assignments');
      sameItems(individual, ['c', 'e'], 'The individual enrolments');
    },
  },
  {
    id: 'read-lookalikes',
    title: 'enrolments.read distinguishes learners, courses and links whose ids look alike.',
    async check({ repositories, host }) {
      const ids = [...LOOKALIKES, ...SCRIPTS];
      await furnish({ host }, { learners: ids, courses: ids });
      await writing(repositories, ...ids.map((id) => assigning(id, [id, id], [id, `${id}.`])));
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
      sameItems(found, expected, 'The holdings on half of the courses');
    },
  },
  {
    id: 'read-many',
    title: 'enrolments.read accepts more ids of learners and courses than a statement can have parameters.',
    async check(stage) {
      await prepared(stage);
      const { enrolments } = stage.repositories;
      const ids = [...numbered(70_000), 'a'];
      sameItems(
        readable(await enrolments.read(ids))
          .filter(isNotEmpty)
          .map(({ learnerId }) => learnerId),
        ['a'],
        'The learners',
      );
      const [row] = readable(await enrolments.read(['a'], { courses: [...ids, 'd'] })).filter(isNotEmpty);
      sameItems(row?.assignments ?? [], D, 'The assignments');
    },
  },
  {
    id: 'read-copies',
    title: 'enrolments.read returns frozen objects or copies: a caller who changes them changes nothing in the store.',
    async check(stage) {
      await prepared(stage);
      const before = structuredClone(await readOne(stage.repositories, 'a'));
      spoil(await stage.repositories.enrolments.read(['a']));
      same(await readOne(stage.repositories, 'a'), before, 'What the learner holds');
    },
  },
];

function byLength(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): number {
  return a.join('').length - b.join('').length;
}
