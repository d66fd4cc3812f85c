import { isSmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Link, Segment, Unsettled } from '../../model/catalog.js';
import type { Rule } from '../../model/rule.js';
import { assert, assertEqual, assertSameItems, rejectionOf } from '../assert.js';
import type { ContractCase } from '../contract-case.js';
import { changeOf, commitChange, expecting, numbered, operationAt, seedHost } from '../fixtures.js';
import { LOOKALIKES, SCRIPTS } from '../lookalikes.js';

const rule: Rule = {
  any: [
    { all: [{ field: 'site', op: 'equals', value: 'Bristol' }, { not: { field: 'site', op: 'blank' } }] },
    { field: 'level', op: 'in', value: [1, 2.5, -3] },
    { field: 'since', op: 'gte', value: '2026-03-01' },
    { field: 'remote', op: 'equals', value: false },
    { segment: 'other' },
    { any: [] },
    { everyone: true },
  ],
};
const segments: readonly Segment[] = [
  { id: 's', title: 'S', rule },
  { id: 't', title: '' },
];
const links: readonly Link[] = [
  { id: 'k', segmentId: 's', courseId: 'c', rule, data: { role: 'trainer', list: [1, null, { '': 'ü' }] } },
  { id: 'm', segmentId: 't', courseId: 'c' },
];

/** What `catalog.commit` promises. */
export const catalogCommit: readonly ContractCase[] = [
  {
    id: 'commit-stores',
    title: 'catalog.commit stores segments and links, with their rules and data, unchanged.',
    async check({ repositories, host }) {
      await seedHost({ host }, { courses: ['c'] });
      await commitChange(repositories, { saveSegments: segments, saveLinks: links });
      const catalog = await repositories.catalog.load();
      assertSameItems(catalog.segments, segments, 'The segments');
      assertSameItems(catalog.links, links, 'The links');
    },
  },
  {
    id: 'commit-replaces',
    title:
      'catalog.commit replaces saved items by id as a whole, deletes the items to delete, and leaves the rest unchanged.',
    async check({ repositories, host }) {
      await seedHost({ host }, { courses: ['c'] });
      const more: Segment = { id: 'z', title: 'Z', rule: { everyone: true } };
      const another: Link = { id: 'z', segmentId: 'z', courseId: 'c', rule: { any: [] } };
      await commitChange(repositories, { saveSegments: [...segments, more], saveLinks: [...links, another] });
      const plain = { id: 's', title: 'renamed' };
      const bare = { id: 'k', segmentId: 's', courseId: 'c' };
      const change = { saveSegments: [plain], deleteSegments: ['t'], saveLinks: [bare], deleteLinks: ['m'] };
      await commitChange(repositories, change);
      const catalog = await repositories.catalog.load();
      assertSameItems(catalog.segments, [plain, more], 'The segments');
      assertSameItems(catalog.links, [bare, another], 'The links');
    },
  },
  {
    id: 'commit-revision',
    title: 'catalog.commit returns the new revision, one more than the expected one, and load returns it too.',
    async check({ repositories: { catalog } }) {
      for (let i = 0; i < 3; i++) {
        const { revision: expected } = await catalog.load();
        const revision = await catalog.commit(changeOf({}), expecting(expected));
        assertEqual(revision, expected + 1, `The revision after ${expected}`);
        assertEqual((await catalog.load()).revision, revision, 'The revision that load returns');
      }
    },
  },
  {
    id: 'commit-refused',
    title: 'catalog.commit throws catalog_conflict and stores nothing if the revision is no longer the expected one.',
    async check({ repositories: { catalog } }) {
      const { revision: expected } = await catalog.load();
      await catalog.commit(
        changeOf({ saveSegments: [{ id: 's', title: 'S' }] }),
        expecting(expected, { links: ['k'] }),
      );
      const before = structuredClone(await catalog.load());
      const change = changeOf({ saveSegments: segments, saveLinks: links, deleteSegments: ['s'] });
      for (const stale of [expected, before.revision + 1]) {
        const late = catalog.commit(
          change,
          expecting(stale, { links: ['k'], operation: operationAt(before.revision + 9) }),
        );
        const error = await rejectionOf(
          late,
          `It accepted revision ${stale}, but the current revision is ${before.revision}.`,
        );
        assert(
          isSmartEnrolmentsError(error, 'catalog_conflict'),
          `It threw an error other than catalog_conflict: ${String(error)}`,
        );
      }
      assertEqual(await catalog.load(), before, 'The catalog after a refused commit');
    },
  },
  {
    id: 'commit-once',
    title:
      'catalog.commit accepts exactly one of several commits that expect the same revision, whichever clients make them.',
    async check({ repositories, another }) {
      const others = (await another()).repositories;
      const { revision: expected } = await repositories.catalog.load();
      const commits = numbered(8, 's').map((id, i) => {
        const { catalog } = i % 2 === 0 ? repositories : others;
        return catalog.commit(changeOf({ saveSegments: [{ id, title: id }] }), expecting(expected));
      });
      const ends = await Promise.allSettled(commits);
      const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
      assertEqual(refused.length, 7, 'How many of 8 were refused');
      const other = refused.find((error) => !isSmartEnrolmentsError(error, 'catalog_conflict'));
      assert(other === undefined, `It refused a commit with an error other than catalog_conflict: ${String(other)}`);
      assertEqual((await repositories.catalog.load()).segments.length, 1, 'How many of 8 were stored');
    },
  },
  {
    id: 'commit-leaves-work',
    title: 'catalog.commit stores all the work that the change leaves, beside the work of earlier commits.',
    async check({ repositories }) {
      const works: readonly Partial<Unsettled>[] = [
        { links: ['k', 'm'], courses: ['c', 'd'] },
        { ranges: [{ pass: 'audience', after: '' }] },
        {
          ...{ links: ['k'], courses: ['c'] },
          ranges: [
            { pass: 'holders', upTo: '' },
            { pass: 'audience', after: 'l', upTo: 'm' },
            { pass: 'audience', after: 'm' },
          ],
        },
      ];
      const expected = [];
      for (const work of works) expected.push(await commitChange(repositories, {}, work));
      assertSameItems((await repositories.catalog.load()).unsettled, expected, 'The unsettled work');
    },
  },
  {
    id: 'commit-removed-links',
    title: 'catalog.commit stores the links that the change removes, unchanged, with the work.',
    async check({ repositories, another }) {
      const texts = [...LOOKALIKES, ...SCRIPTS];
      const removedLinks = [...links, ...texts.map((text) => ({ id: text, segmentId: text, courseId: text }))];
      await commitChange(repositories, {}, { links: ['k', 'm'], courses: ['c'], removedLinks });
      for (const { catalog } of [repositories, (await another()).repositories]) {
        const [work] = (await catalog.load()).unsettled;
        assertEqual(work?.removedLinks, removedLinks, 'The removed links');
      }
    },
  },
  {
    id: 'commit-operation',
    title: 'catalog.commit stores the operation unchanged, including keys of newer versions.',
    async check({ repositories, another }) {
      const { revision } = await repositories.catalog.load();
      const operation = {
        ...{ ...operationAt(revision + 1), id: 'É', kind: 'day' as const, day: '2026-03-01' },
        ...{ actor: 'Ümit / 7', reason: '"HR"\n\\', undoes: '😀', later: { nested: [1, null] } },
      };
      await commitChange(repositories, {}, { links: ['k'], operation });
      for (const { catalog } of [repositories, (await another()).repositories]) {
        assertEqual(
          (await catalog.load()).unsettled.map((work) => work.operation),
          [operation],
          'The operation',
        );
      }
    },
  },
  {
    id: 'commit-survives',
    title:
      'catalog.commit stores durably: a client that opens the storage later reads the change and the work it leaves.',
    async check({ repositories, host, another }) {
      await seedHost({ host }, { courses: ['c'] });
      const work = { links: ['k'], courses: ['c'], ranges: [{ pass: 'audience', after: 'l' } as const] };
      const segment = { id: 's', title: 'S', rule: { everyone: true } } as const;
      const link = { id: 'k', segmentId: 's', courseId: 'c' };
      const left = await commitChange(repositories, { saveSegments: [segment], saveLinks: [link] }, work);
      const catalog = await (await another()).repositories.catalog.load();
      assertEqual(catalog.segments, [segment], 'The segments');
      assertEqual(catalog.links, [link], 'The links');
      assertEqual(catalog.unsettled, [left], 'The unsettled work');
    },
  },
  {
    id: 'commit-text',
    title: 'catalog.commit distinguishes ids that look alike, and stores text in every script unchanged.',
    async check({ repositories }) {
      const texts = [...LOOKALIKES, ...SCRIPTS];
      const saveSegments = texts.map((text) => ({
        id: text,
        title: text,
        rule: { field: text, op: 'in', value: [text || ' ', 'x'] } as const,
      }));
      const saveLinks = texts.map((text) => ({ id: text, segmentId: text, courseId: text }));
      const ranges = texts.map((upTo) => ({ pass: 'holders', after: 'é', upTo }) as const);
      const work = { links: texts, courses: texts, ranges };
      const left = await commitChange(repositories, { saveSegments, saveLinks }, work);
      const catalog = await repositories.catalog.load();
      assertSameItems(catalog.segments, saveSegments, 'The segments');
      assertSameItems(catalog.links, saveLinks, 'The links');
      assertEqual(catalog.unsettled, [left], 'The unsettled work');
      await commitChange(repositories, { deleteSegments: ['l', 'é', '%', '_'], deleteLinks: ['ss', '1', '*'] });
      assertEqual((await repositories.catalog.load()).segments.length, texts.length - 4, 'The number of segments');
      assertEqual((await repositories.catalog.load()).links.length, texts.length - 3, 'The number of links');
    },
  },
  {
    id: 'commit-many',
    title: 'catalog.commit accepts the largest change that a list of edits can make.',
    async check({ repositories }) {
      const saveSegments = numbered(5_000, 's').map((id) => ({ id, title: id }));
      const saveLinks = saveSegments.map(({ id }) => ({ id: `k${id}`, segmentId: id, courseId: 'c' }));
      const ids = saveLinks.map(({ id }) => id);
      await commitChange(repositories, { saveSegments, saveLinks }, { links: ids, courses: ['c'] });
      const catalog = await repositories.catalog.load();
      assertEqual([catalog.segments.length, catalog.links.length], [5_000, 5_000], 'Segments and links');
      const deletion = { deleteSegments: saveSegments.map(({ id }) => id), deleteLinks: ids };
      await commitChange(repositories, deletion, { links: ids, courses: ['c'] });
      const { segments: left, links: leftLinks } = await repositories.catalog.load();
      assertEqual([left.length, leftLinks.length], [0, 0], 'Segments and links after they were deleted');
    },
  },
  {
    id: 'commit-copies',
    title:
      'catalog.commit copies its arguments: a caller who changes those objects later changes nothing in the store.',
    async check({ repositories }) {
      const segment = { id: 's', title: 'S' };
      const work = { links: ['k'], courses: ['c'] };
      const saveSegments = [segment];
      await commitChange(repositories, { saveSegments }, work);
      const before = structuredClone(await repositories.catalog.load());
      segment.title = 'changed';
      saveSegments.length = 0;
      work.links.push('m');
      assertEqual(await repositories.catalog.load(), before, 'The catalog');
    },
  },
];
