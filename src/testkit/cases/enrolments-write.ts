import { assert, assertEqual, assertSameItems } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning, diffOf, type Pair, releasing, toAssignment } from '../diffs.js';
import { numbered, seedHost } from '../fixtures.js';
import { LOOKALIKES, SCRIPTS } from '../lookalikes.js';
import { readable } from '../readable.js';
import { CONTEXT, readHoldings, writeDiffs } from '../store.js';
import { walkHolders } from '../walk.js';

const heldBy = async ({ repositories }: Pick<CaseWorld, 'repositories'>, id: string) =>
  (await readHoldings(repositories, id)).assignments.map(({ courseId, linkId }) => `${courseId}/${linkId}`);

/** What `enrolments.write` promises about assignments; another file has what it promises about training records. */
export const enrolmentsWrite: readonly ContractCase[] = [
  {
    id: 'write-assigns',
    title: 'enrolments.write stores the assignments that start, each with its course and link.',
    async check(world) {
      await seedHost(world, { learners: ['a', 'b'], courses: ['c', 'd'] });
      await writeDiffs(world.repositories, assigning('a', ['c', 'k'], ['c', 'm']), assigning('b', ['d', 'm']));
      await writeDiffs(world.repositories, assigning('a', ['d', 'k']));
      assertEqual(await heldBy(world, 'a'), ['c/k', 'c/m', 'd/k'], 'What one learner holds');
      assertEqual(await heldBy(world, 'b'), ['d/m'], 'What the other holds');
    },
  },
  {
    id: 'write-releases',
    title: 'enrolments.write removes the assignments that end, by course and link, and no others.',
    async check(world) {
      const { repositories } = world;
      const pairs: readonly Pair[] = [
        ['c', 'k'],
        ['c', 'm'],
        ['d', 'k'],
        ['d', 'm'],
      ];
      await seedHost(world, { learners: ['a', 'b'], courses: ['c', 'd'] });
      await writeDiffs(repositories, assigning('a', ...pairs), assigning('b', ...pairs));
      const released = [{ ...toAssignment(['c', 'k']), cause: 'left-segment' as const }];
      await writeDiffs(
        repositories,
        diffOf('a', { released, kept: [{ courseId: 'c', by: ['m'], individual: false }] }),
      );
      assertEqual(await heldBy(world, 'a'), ['c/m', 'd/k', 'd/m'], 'What the learner holds');
      assertEqual(await heldBy(world, 'b'), ['c/k', 'c/m', 'd/k', 'd/m'], 'What another learner holds');
      assertSameItems(
        await walkHolders(repositories, { links: ['k'], limit: 10 }),
        ['a', 'b'],
        'The holders by that link',
      );
      await writeDiffs(repositories, releasing('a', ['d', 'k']));
      assertSameItems(
        await walkHolders(repositories, { links: ['k'], limit: 10 }),
        ['b'],
        'The holders by that link after a second release',
      );
    },
  },
  {
    id: 'write-both',
    title: 'enrolments.write stores the assignments that start and those that end in one diff.',
    async check(world) {
      await seedHost(world, { learners: ['a'], courses: ['c'] });
      await writeDiffs(world.repositories, assigning('a', ['c', 'k']));
      const kept = [{ courseId: 'c', by: ['m'], individual: false }];
      const released = [{ ...toAssignment(['c', 'k']), cause: 'unlinked' as const }];
      await writeDiffs(world.repositories, diffOf('a', { assigned: [toAssignment(['c', 'm'])], released, kept }));
      assertEqual(await heldBy(world, 'a'), ['c/m'], 'What the learner holds');
    },
  },
  {
    id: 'write-individual',
    title: 'enrolments.write leaves individual enrolments unchanged, even on the same course.',
    async check(world) {
      const { repositories, host } = world;
      await seedHost(world, { learners: ['a'], courses: ['c', 'd'] });
      await host.enrolIndividually('a', 'c');
      await host.enrolIndividually('a', 'd');
      await writeDiffs(repositories, diffOf('a', { assigned: [toAssignment(['c', 'k'])] }));
      assertSameItems(
        (await readHoldings(repositories, 'a')).individual,
        ['c', 'd'],
        'The individual enrolments after an assignment',
      );
      const released = [{ ...toAssignment(['c', 'k']), cause: 'unlinked' as const }];
      await writeDiffs(repositories, diffOf('a', { released, kept: [{ courseId: 'c', by: [], individual: true }] }));
      assertSameItems(
        (await readHoldings(repositories, 'a')).individual,
        ['c', 'd'],
        'The individual enrolments after a release',
      );
    },
  },
  {
    id: 'write-nothing',
    title: 'enrolments.write changes nothing for an empty list of diffs.',
    async check(world) {
      await seedHost(world, { learners: ['a'], courses: ['c'] });
      await writeDiffs(world.repositories, assigning('a', ['c', 'k']));
      await world.repositories.transaction(['a'], ({ enrolments }) => enrolments.write([], CONTEXT));
      assertEqual(await heldBy(world, 'a'), ['c/k'], 'What the learner holds');
    },
  },
  {
    id: 'write-gone',
    title: 'enrolments.write releases assignments of learners, courses and links that no longer exist.',
    async check(world) {
      await seedHost(world, { learners: ['a'], courses: ['c'] });
      await writeDiffs(world.repositories, assigning('a', ['c', 'k']));
      await world.host.deleteLearners(['a']);
      await world.host.deleteCourses(['c']);
      await writeDiffs(world.repositories, releasing('a', ['c', 'k']));
      assertEqual(await heldBy(world, 'a'), [], 'What the learner holds');
    },
  },
  {
    id: 'write-text',
    title: 'enrolments.write distinguishes learners, courses and links whose ids look alike, in every script.',
    async check(world) {
      const ids = [...LOOKALIKES, ...SCRIPTS];
      await seedHost(world, { learners: ['a'], courses: ids });
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
      await writeDiffs(world.repositories, assigning('a', ...pairs));
      const released = ids
        .filter((_, i) => i % 2 === 0)
        .map((id) => ({ ...toAssignment([id, id]), cause: 'left-segment' as const }));
      await writeDiffs(world.repositories, diffOf('a', { released }));
      const lost = new Set(released.map(({ courseId }) => courseId));
      const expected = pairs
        .filter(([courseId, linkId]) => courseId !== linkId || !lost.has(courseId))
        .map(toAssignment);
      assertSameItems((await readHoldings(world.repositories, 'a')).assignments, expected, 'What the learner holds');
    },
  },
  {
    id: 'write-segment',
    title:
      'enrolments.write stores the segment of each assignment, and releases by course and link, whatever the segment.',
    async check(world) {
      await seedHost(world, { learners: ['a', 'b'], courses: ['c'] });
      const held = async (id: string) => (await readHoldings(world.repositories, id)).assignments;
      await writeDiffs(world.repositories, assigning('a', ['c', 'k', 's']), assigning('b', ['c', 'k', 't']));
      assertEqual(await held('a'), [toAssignment(['c', 'k', 's'])], 'What the learner holds');
      assertEqual(
        await held('b'),
        [toAssignment(['c', 'k', 't'])],
        'What another learner holds by a link of the same id',
      );
      await writeDiffs(world.repositories, releasing('b', ['c', 'k', 's']));
      assertEqual(await held('b'), [], 'What is held after a release under another segment');
      await writeDiffs(world.repositories, releasing('a', ['c', 'k', 's']));
      await writeDiffs(world.repositories, assigning('a', ['c', 'k', 'u']));
      assertEqual(
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
      await seedHost({ host }, { learners: ids, courses: ['c'] });
      await writeDiffs(repositories, ...ids.map((id) => assigning(id, ...links.map((link): Pair => ['c', link]))));
      const rows = readable(await repositories.enrolments.read(ids));
      assertEqual(
        rows.reduce((sum, { assignments }) => sum + assignments.length, 0),
        25_000,
        'The assignments',
      );
      const kept = [{ courseId: 'c', by: links.slice(24), individual: false }];
      const released = links
        .slice(0, 24)
        .map((linkId) => ({ ...toAssignment(['c', linkId]), cause: 'unlinked' as const }));
      await writeDiffs(repositories, ...ids.map((id) => diffOf(id, { released, kept })));
      assertEqual(
        await walkHolders(repositories, { links: links.slice(0, 24), limit: 10 }),
        [],
        'The holders after the release',
      );
    },
  },
  {
    id: 'write-survives',
    title: 'enrolments.write stores durably: a client that opens the storage later reads the same assignments.',
    async check(world) {
      await seedHost(world, { learners: ['a'], courses: ['c', 'd'] });
      await writeDiffs(world.repositories, assigning('a', ['c', 'k'], ['d', 'm']));
      await writeDiffs(world.repositories, releasing('a', ['d', 'm']));
      const later = await world.another();
      assertEqual(await heldBy(later, 'a'), ['c/k'], 'What the learner holds');
      assertEqual(await later.repositories.enrolments.holders({ links: ['k'], limit: 9 }), ['a'], 'The holders');
    },
  },
  {
    id: 'write-copies',
    title:
      'enrolments.write copies its arguments: a caller who changes those objects later changes nothing in the store.',
    async check(world) {
      await seedHost(world, { learners: ['a'], courses: ['c'] });
      const assignment = { courseId: 'c', linkId: 'k', segmentId: 's' };
      const assigned = [assignment];
      await writeDiffs(world.repositories, diffOf('a', { assigned, enrolled: [{ courseId: 'c', training: 'start' }] }));
      assignment.linkId = 'changed';
      assignment.segmentId = 'changed';
      assigned.push({ courseId: 'd', linkId: 'm', segmentId: 's' });
      assertEqual(await heldBy(world, 'a'), ['c/k'], 'What the learner holds');
      assert(
        (await walkHolders(world.repositories, { links: ['changed'], limit: 9 })).length === 0,
        'It stored a change that was made to its arguments later.',
      );
    },
  },
];
