import { holds, same, sameItems } from '../assert.js';
import { assigning, diffOf, type Pair, releasing, toAssignment } from '../diffs.js';
import { furnish, numbered } from '../furnish.js';
import { LOOKALIKES, SCRIPTS } from '../lookalikes.js';
import type { Promised, Stage } from '../promise.js';
import { readable } from '../readable.js';
import { CONTEXT, readOne, writing } from '../store.js';
import { walkHolders } from '../walk.js';

const heldBy = async ({ repositories }: Pick<Stage, 'repositories'>, id: string) =>
  (await readOne(repositories, id)).assignments.map(({ courseId, linkId }) => `${courseId}/${linkId}`);

/** What `enrolments.write` promises about assignments; another file has what it promises about training records. */
export const enrolmentsWrite: readonly Promised[] = [
  {
    id: 'write-assigns',
    title: 'enrolments.write stores the assignments that start, each with its course and link.',
    async check(stage) {
      await furnish(stage, { learners: ['a', 'b'], courses: ['c', 'd'] });
      await writing(stage.repositories, assigning('a', ['c', 'k'], ['c', 'm']), assigning('b', ['d', 'm']));
      await writing(stage.repositories, assigning('a', ['d', 'k']));
      same(await heldBy(stage, 'a'), ['c/k', 'c/m', 'd/k'], 'What one learner holds');
      same(await heldBy(stage, 'b'), ['d/m'], 'What the other holds');
    },
  },
  {
    id: 'write-releases',
    title: 'enrolments.write removes the assignments that end, by course and link, and no others.',
    async check(stage) {
      const { repositories } = stage;
      const pairs: readonly Pair[] = [
        ['c', 'k'],
        ['c', 'm'],
        ['d', 'k'],
        ['d', 'm'],
      ];
      await furnish(stage, { learners: ['a', 'b'], courses: ['c', 'd'] });
      await writing(repositories, assigning('a', ...pairs), assigning('b', ...pairs));
      const released = [{ ...toAssignment(['c', 'k']), cause: 'left-segment' as const }];
      await writing(repositories, diffOf('a', { released, kept: [{ courseId: 'c', by: ['m'], individual: false }] }));
      same(await heldBy(stage, 'a'), ['c/m', 'd/k', 'd/m'], 'What the learner holds');
      same(await heldBy(stage, 'b'), ['c/k', 'c/m', 'd/k', 'd/m'], 'What another learner holds');
      sameItems(await walkHolders(repositories, { links: ['k'], limit: 10 }), ['a', 'b'], 'The holders by that link');
      await writing(repositories, releasing('a', ['d', 'k']));
      sameItems(
        await walkHolders(repositories, { links: ['k'], limit: 10 }),
        ['b'],
        'The holders by that link after a second release',
      );
    },
  },
  {
    id: 'write-both',
    title: 'enrolments.write stores the assignments that start and those that end in one diff.',
    async check(stage) {
      await furnish(stage, { learners: ['a'], courses: ['c'] });
      await writing(stage.repositories, assigning('a', ['c', 'k']));
      const kept = [{ courseId: 'c', by: ['m'], individual: false }];
      const released = [{ ...toAssignment(['c', 'k']), cause: 'unlinked' as const }];
      await writing(stage.repositories, diffOf('a', { assigned: [toAssignment(['c', 'm'])], released, kept }));
      same(await heldBy(stage, 'a'), ['c/m'], 'What the learner holds');
    },
  },
  {
    id: 'write-individual',
    title: 'enrolments.write leaves individual enrolments unchanged, even on the same course.',
    async check(stage) {
      const { repositories, host } = stage;
      await furnish(stage, { learners: ['a'], courses: ['c', 'd'] });
      await host.enrolIndividually('a', 'c');
      await host.enrolIndividually('a', 'd');
      await writing(repositories, diffOf('a', { assigned: [toAssignment(['c', 'k'])] }));
      sameItems(
        (await readOne(repositories, 'a')).individual,
        ['c', 'd'],
        'The individual enrolments after an assignment',
      );
      const released = [{ ...toAssignment(['c', 'k']), cause: 'unlinked' as const }];
      await writing(repositories, diffOf('a', { released, kept: [{ courseId: 'c', by: [], individual: true }] }));
      sameItems((await readOne(repositories, 'a')).individual, ['c', 'd'], 'The individual enrolments after a release');
    },
  },
  {
    id: 'write-nothing',
    title: 'enrolments.write changes nothing for an empty list of diffs.',
    async check(stage) {
      await furnish(stage, { learners: ['a'], courses: ['c'] });
      await writing(stage.repositories, assigning('a', ['c', 'k']));
      await stage.repositories.transaction(['a'], ({ enrolments }) => enrolments.write([], CONTEXT));
      same(await heldBy(stage, 'a'), ['c/k'], 'What the learner holds');
    },
  },
  {
    id: 'write-gone',
    title: 'enrolments.write releases assignments of learners, courses and links that no longer exist.',
    async check(stage) {
      await furnish(stage, { learners: ['a'], courses: ['c'] });
      await writing(stage.repositories, assigning('a', ['c', 'k']));
      await stage.host.deleteLearners(['a']);
      await stage.host.deleteCourses(['c']);
      await writing(stage.repositories, releasing('a', ['c', 'k']));
      same(await heldBy(stage, 'a'), [], 'What the learner holds');
    },
  },
  {
    id: 'write-text',
    title: 'enrolments.write distinguishes learners, courses and links whose ids look alike, in every script.',
    async check(stage) {
      const ids = [...LOOKALIKES, ...SCRIPTS];
      await furnish(stage, { learners: ['a'], courses: ids });
      const parted: readonly Pair[] = [',', '/', '|', ':', '-'].flatMap((by): Pair[] => [
        [`x${by}y`, 'z'],
        ['x', `y${by}z`],
      ]);
      const own = ids.flatMap((id): Pair[] => [
        [id, id],
        [id, 'k'],
        ['c', id],
      ]);
      const pairs = [...own, ...parted];
      await writing(stage.repositories, assigning('a', ...pairs));
      const released = ids
        .filter((_, i) => i % 2 === 0)
        .map((id) => ({ ...toAssignment([id, id]), cause: 'left-segment' as const }));
      await writing(stage.repositories, diffOf('a', { released }));
      const lost = new Set(released.map(({ courseId }) => courseId));
      const expected = pairs
        .filter(([courseId, linkId]) => courseId !== linkId || !lost.has(courseId))
        .map(toAssignment);
      sameItems((await readOne(stage.repositories, 'a')).assignments, expected, 'What the learner holds');
    },
  },
  {
    id: 'write-segment',
    title:
      'enrolments.write stores the segment of each assignment, and releases by course and link, whatever the segment.',
    async check(stage) {
      await furnish(stage, { learners: ['a', 'b'], courses: ['c'] });
      const held = async (id: string) => (await readOne(stage.repositories, id)).assignments;
      await writing(stage.repositories, assigning('a', ['c', 'k', 's']), assigning('b', ['c', 'k', 't']));
      same(await held('a'), [toAssignment(['c', 'k', 's'])], 'What the learner holds');
      same(await held('b'), [toAssignment(['c', 'k', 't'])], 'What another learner holds by a link of the same id');
      await writing(stage.repositories, releasing('b', ['c', 'k', 's']));
      same(await held('b'), [], 'What is held after a release under another segment');
      await writing(stage.repositories, releasing('a', ['c', 'k', 's']));
      await writing(stage.repositories, assigning('a', ['c', 'k', 'u']));
      same(
        await held('a'),
        [toAssignment(['c', 'k', 'u'])],
        'What is held by a link of another segment under the same id',
      );
    },
  },
  {
    id: 'write-many',
    title: 'enrolments.write accepts more assignments than a statement can have parameters.',
    async check({ repositories, host }) {
      const ids = numbered(1_000);
      const links = numbered(25, 'k');
      await furnish({ host }, { learners: ids, courses: ['c'] });
      await writing(repositories, ...ids.map((id) => assigning(id, ...links.map((link): Pair => ['c', link]))));
      const rows = readable(await repositories.enrolments.read(ids));
      same(
        rows.reduce((sum, { assignments }) => sum + assignments.length, 0),
        25_000,
        'The assignments',
      );
      const kept = [{ courseId: 'c', by: links.slice(24), individual: false }];
      const released = links
        .slice(0, 24)
        .map((linkId) => ({ ...toAssignment(['c', linkId]), cause: 'unlinked' as const }));
      await writing(repositories, ...ids.map((id) => diffOf(id, { released, kept })));
      same(
        await walkHolders(repositories, { links: links.slice(0, 24), limit: 10 }),
        [],
        'The holders after the release',
      );
    },
  },
  {
    id: 'write-survives',
    title: 'enrolments.write stores durably: a client that opens the storage later reads the same assignments.',
    async check(stage) {
      await furnish(stage, { learners: ['a'], courses: ['c', 'd'] });
      await writing(stage.repositories, assigning('a', ['c', 'k'], ['d', 'm']));
      await writing(stage.repositories, releasing('a', ['d', 'm']));
      const later = await stage.another();
      same(await heldBy(later, 'a'), ['c/k'], 'What the learner holds');
      same(await later.repositories.enrolments.holders({ links: ['k'], limit: 9 }), ['a'], 'The holders');
    },
  },
  {
    id: 'write-copies',
    title:
      'enrolments.write copies its arguments: a caller who changes those objects later changes nothing in the store.',
    async check(stage) {
      await furnish(stage, { learners: ['a'], courses: ['c'] });
      const assignment = { courseId: 'c', linkId: 'k', segmentId: 's' };
      const assigned = [assignment];
      await writing(stage.repositories, diffOf('a', { assigned, enrolled: [{ courseId: 'c', training: 'start' }] }));
      assignment.linkId = 'changed';
      assignment.segmentId = 'changed';
      assigned.push({ courseId: 'd', linkId: 'm', segmentId: 's' });
      same(await heldBy(stage, 'a'), ['c/k'], 'What the learner holds');
      holds(
        (await walkHolders(stage.repositories, { links: ['changed'], limit: 9 })).length === 0,
        'It stored a change that was made to its arguments later.',
      );
    },
  },
];
