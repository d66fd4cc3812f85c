import type { Holdings } from '../../model/learner.js';
import { holds, same, sameItems } from '../assert.js';
import { assigning } from '../diffs.js';
import { furnish, numbered } from '../furnish.js';
import { LOOKALIKES, SCRIPTS } from '../lookalikes.js';
import type { Promised, Stage } from '../promise.js';
import { readable } from '../readable.js';
import { spoil } from '../spoil.js';
import { readOne, writing } from '../store.js';

/** Learner `a` holds two courses by two links each, is on one individually, and has records of two. */
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

/** Rows of learners who hold something at all. */
const worthARow = ({ assignments, individual, training }: Holdings) =>
  assignments.length + individual.length + training.length > 0;

/** What `enrolments.read` promises. */
export const enrolmentsRead: readonly Promised[] = [
  {
    id: 'read-holdings',
    title: 'enrolments.read answers the assignments, individual enrolments and training records of a learner.',
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
    title: 'enrolments.read answers what the host did on its own, as it is now.',
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
    title: 'enrolments.read answers, where courses are given, what is on these and nothing else.',
    async check(stage) {
      await prepared(stage);
      const { enrolments } = stage.repositories;
      const rows = readable(await enrolments.read(['a', 'b', 'z'], { courses: ['d', 'e', 'unknown', 'd'] }));
      const [row, ...others] = rows.filter(worthARow);
      same([row?.learnerId, others.length], ['a', 0], 'Who holds something on them');
      sameItems(row!.assignments, D, 'The assignments');
      sameItems(row!.individual, ['e'], 'The individual enrolments');
      holds(
        row!.training.every(({ courseId }) => courseId !== 'c'),
        'It answered a training record of another course.',
      );
    },
  },
  {
    id: 'read-no-courses',
    title: 'enrolments.read answers nothing on an empty list of courses.',
    async check(stage) {
      await prepared(stage);
      const rows = readable(await stage.repositories.enrolments.read(['a', 'b'], { courses: [] }));
      sameItems(rows.filter(worthARow), [], 'What they hold');
    },
  },
  {
    id: 'read-each-once',
    title: 'enrolments.read answers only learners that were asked for, each once.',
    async check(stage) {
      await prepared(stage);
      const rows = readable(await stage.repositories.enrolments.read(['a', 'unknown', 'a', 'z', 'a']));
      const ids = rows.map(({ learnerId }) => learnerId);
      sameItems(
        ids.filter((id) => id !== 'unknown' && id !== 'z'),
        ['a'],
        'Who holds something',
      );
      holds(new Set(ids).size === ids.length, 'It answered a learner twice.');
      sameItems(
        rows.filter(worthARow).map(({ learnerId }) => learnerId),
        ['a'],
        'Who holds something',
      );
    },
  },
  {
    id: 'read-nobody',
    title: 'enrolments.read answers nothing where nobody is asked for.',
    async check(stage) {
      await prepared(stage);
      same(await stage.repositories.enrolments.read([]), [], 'The rows');
      same(await stage.repositories.enrolments.read([], { courses: ['c'] }), [], 'The rows on one course');
    },
  },
  {
    id: 'read-gone',
    title: 'enrolments.read answers assignments whose learner, course or link is gone.',
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
    title: 'enrolments.read keeps learners, courses and links apart whose ids look alike.',
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
      const found = rows.filter(worthARow).map(({ learnerId, individual, assignments }) => {
        return [learnerId, individual, assignments.map(({ courseId, linkId }) => [courseId, linkId]).sort(byLength)];
      });
      sameItems(found, expected, 'Half of it');
    },
  },
  {
    id: 'read-many',
    title: 'enrolments.read takes more ids of learners and courses than a statement has parameters.',
    async check(stage) {
      await prepared(stage);
      const { enrolments } = stage.repositories;
      const ids = [...numbered(70_000), 'a'];
      sameItems(
        readable(await enrolments.read(ids))
          .filter(worthARow)
          .map(({ learnerId }) => learnerId),
        ['a'],
        'The learners',
      );
      const [row] = readable(await enrolments.read(['a'], { courses: [...ids, 'd'] })).filter(worthARow);
      sameItems(row?.assignments ?? [], D, 'The assignments');
    },
  },
  {
    id: 'read-copies',
    title:
      'enrolments.read answers objects whose change, where they can be changed at all, changes nothing in the store.',
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
