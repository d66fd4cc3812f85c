import type { Course } from '../../model/catalog.js';
import { assert, assertEqual, assertSameItems } from '../assert.js';
import type { ContractCase } from '../contract-case.js';
import { commitChange, seedHost } from '../fixtures.js';

const METHODS: readonly Course[] = [
  { id: 'c1', title: 'One', enrolmentMethod: 'by-assignment-only' },
  { id: 'c2', enrolmentMethod: 'self' },
  { id: 'c3', enrolmentMethod: '' },
];

/** What `catalog.load` promises. */
export const catalogLoad: readonly ContractCase[] = [
  {
    id: 'load-same-object',
    title: 'catalog.load returns the same object as long as nothing in it changed.',
    async check({ repositories: { catalog, enrolments }, host }) {
      await seedHost({ host }, { learners: ['l'], courses: ['c'] });
      const first = await catalog.load();
      await enrolments.read(['l']);
      await host.saveLearners([{ id: 'l', profile: { site: 'x' } }]);
      assert((await catalog.load()) === first, 'A second load returned another object.');
    },
  },
  {
    id: 'load-same-object-inside',
    title: 'catalog.load returns the same object inside and outside a transaction as long as nothing in it changed.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['l'], courses: ['c'] });
      const outside = await repositories.catalog.load();
      const inside = await repositories.transaction(['l'], ({ catalog }) => catalog.load());
      assert(inside === outside, 'A load inside a transaction returned another object.');
      const again = await repositories.catalog.load();
      assert(again === outside, 'A load after a transaction returned another object.');
    },
  },
  {
    id: 'load-same-lists',
    title:
      'catalog.load returns the same arrays of fields, courses, segments and links if only unsettled work changed.',
    async check({ repositories, host }) {
      await seedHost({ host }, { courses: ['c'] });
      await host.saveFields([{ id: 'site', type: 'text' }]);
      const saveLinks = [{ id: 'k', segmentId: 's', courseId: 'c' }];
      const { operation } = await commitChange(repositories, { saveSegments: [{ id: 's', title: 'S' }], saveLinks });
      const before = await repositories.catalog.load();
      const range = { pass: 'holders', after: 'l' } as const;
      await repositories.catalog.settled({ operation: operation.id, range, done: false });
      const after = await repositories.catalog.load();
      for (const list of ['fields', 'courses', 'segments', 'links'] as const) {
        assert(after[list] === before[list], `It returned another array of ${list}.`);
      }
    },
  },
  {
    id: 'load-new-object',
    title:
      'catalog.load returns a new object after a change, and leaves the objects that it returned before unchanged.',
    async check({ repositories, host }) {
      await seedHost({ host }, { courses: ['c'] });
      const steps: (() => Promise<unknown>)[] = [
        () => commitChange(repositories, { saveSegments: [{ id: 's', title: 'S' }] }),
        () => host.saveCourses([{ id: 'c', enrolmentMethod: 'self' }]),
        () => host.saveFields([{ id: 'site', type: 'text' }]),
        async () => {
          const { unsettled } = await repositories.catalog.load();
          const range = { pass: 'audience', after: 'l' } as const;
          await repositories.catalog.settled({ operation: unsettled[0]!.operation.id, range, done: false });
        },
      ];
      for (const [i, step] of steps.entries()) {
        const before = await repositories.catalog.load();
        const copy = structuredClone(before);
        await step();
        const after = await repositories.catalog.load();
        assert(after !== before, `It returned the same object after change ${i + 1} of 4.`);
        assertEqual(before, copy, 'The catalog loaded before a change');
      }
    },
  },
  {
    id: 'load-courses',
    title: "catalog.load returns the host's current courses, whatever their method; they do not change the revision.",
    async check({ repositories: { catalog }, host }) {
      const { revision } = await catalog.load();
      await host.saveCourses(METHODS);
      assertSameItems((await catalog.load()).courses, METHODS, 'The courses');
      await host.saveCourses([{ id: 'c1', enrolmentMethod: 'open' }]);
      await host.deleteCourses(['c2', 'unknown']);
      const now = await catalog.load();
      assertSameItems(now.courses, [{ id: 'c1', enrolmentMethod: 'open' }, METHODS[2]], 'The courses after a change');
      assertEqual(now.revision, revision, 'The revision after a change of courses');
    },
  },
  {
    id: 'load-fields',
    title:
      'catalog.load returns the fields that the host declares now, or an empty list; they do not change the revision.',
    async check({ repositories: { catalog }, host }) {
      const { revision } = await catalog.load();
      const fields = [
        { id: 'site', title: 'Site', type: 'text' },
        { id: '__proto__', type: 'number' },
        { id: 'since', type: 'date' },
        { id: 'remote', type: 'boolean' },
      ] as const;
      await host.saveFields(fields);
      assertSameItems((await catalog.load()).fields ?? [], fields, 'The fields');
      await host.saveFields([]);
      const now = await catalog.load();
      assertEqual(now.fields, [], 'The fields after the host declared an empty list');
      assertEqual(now.revision, revision, 'The revision after a change of fields');
    },
  },
  {
    id: 'load-survives',
    title: 'catalog.load of a second client returns the same catalog, and later what the first client changes.',
    async check({ repositories, host, another }) {
      await seedHost({ host }, { courses: ['c'] });
      const { catalog } = (await another()).repositories;
      assertEqual(await catalog.load(), await repositories.catalog.load(), "The second client's catalog");
      await commitChange(repositories, { saveSegments: [{ id: 's', title: 'S' }] }, { links: ['k'] });
      await host.saveCourses([{ id: 'd', enrolmentMethod: 'self' }]);
      assertEqual(
        await catalog.load(),
        await repositories.catalog.load(),
        "The second client's catalog after a change",
      );
    },
  },
];
