import type { Course } from '../../model/catalog.js';
import { holds, same, sameItems } from '../assert.js';
import { committing, furnish } from '../furnish.js';
import type { Promised } from '../promise.js';

const METHODS: readonly Course[] = [
  { id: 'c1', title: 'One', enrolmentMethod: 'by-assignment-only' },
  { id: 'c2', enrolmentMethod: 'self' },
  { id: 'c3', enrolmentMethod: '' },
];

/** What `catalog.load` promises. */
export const catalogLoad: readonly Promised[] = [
  {
    id: 'load-same-object',
    title: 'catalog.load returns the same object as long as nothing in it changed.',
    async check({ repositories: { catalog, enrolments }, host }) {
      await furnish({ host }, { learners: ['l'], courses: ['c'] });
      const first = await catalog.load();
      await enrolments.read(['l']);
      await host.saveLearners([{ id: 'l', profile: { site: 'x' } }]);
      holds((await catalog.load()) === first, 'A second load returned another object.');
    },
  },
  {
    id: 'load-same-object-inside',
    title: 'catalog.load returns the same object inside and outside a transaction as long as nothing in it changed.',
    async check({ repositories, host }) {
      await furnish({ host }, { learners: ['l'], courses: ['c'] });
      const outside = await repositories.catalog.load();
      const inside = await repositories.transaction(['l'], ({ catalog }) => catalog.load());
      holds(inside === outside, 'A load inside a transaction returned another object.');
      const again = await repositories.catalog.load();
      holds(again === outside, 'A load after a transaction returned another object.');
    },
  },
  {
    id: 'load-same-lists',
    title:
      'catalog.load returns the same arrays of fields, courses, segments and links if only unsettled work changed.',
    async check({ repositories, host }) {
      await furnish({ host }, { courses: ['c'] });
      await host.saveFields([{ id: 'site', type: 'text' }]);
      const saveLinks = [{ id: 'k', segmentId: 's', courseId: 'c' }];
      const { operation } = await committing(repositories, { saveSegments: [{ id: 's', title: 'S' }], saveLinks });
      const before = await repositories.catalog.load();
      const range = { pass: 'holders', after: 'l' } as const;
      await repositories.catalog.settled({ operation: operation.id, range, done: false });
      const after = await repositories.catalog.load();
      for (const list of ['fields', 'courses', 'segments', 'links'] as const) {
        holds(after[list] === before[list], `It returned another array of ${list}.`);
      }
    },
  },
  {
    id: 'load-new-object',
    title:
      'catalog.load returns a new object after a change, and leaves the objects that it returned before unchanged.',
    async check({ repositories, host }) {
      await furnish({ host }, { courses: ['c'] });
      const steps: (() => Promise<unknown>)[] = [
        () => committing(repositories, { saveSegments: [{ id: 's', title: 'S' }] }),
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
        holds(after !== before, `It returned the same object after change ${i + 1} of 4.`);
        same(before, copy, 'The catalog loaded before a change');
      }
    },
  },
  {
    id: 'load-courses',
    title: "catalog.load returns the host's current courses, whatever their method; they do not change the revision.",
    async check({ repositories: { catalog }, host }) {
      const { revision } = await catalog.load();
      await host.saveCourses(METHODS);
      sameItems((await catalog.load()).courses, METHODS, 'The courses');
      await host.saveCourses([{ id: 'c1', enrolmentMethod: 'open' }]);
      await host.deleteCourses(['c2', 'unknown']);
      const now = await catalog.load();
      sameItems(now.courses, [{ id: 'c1', enrolmentMethod: 'open' }, METHODS[2]], 'The courses after a change');
      same(now.revision, revision, 'The revision after a change of courses');
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
      sameItems((await catalog.load()).fields ?? [], fields, 'The fields');
      await host.saveFields([]);
      const now = await catalog.load();
      same(now.fields, [], 'The fields after the host declared an empty list');
      same(now.revision, revision, 'The revision after a change of fields');
    },
  },
  {
    id: 'load-survives',
    title: 'catalog.load of a second client returns the same catalog, and later what the first client changes.',
    async check({ repositories, host, another }) {
      await furnish({ host }, { courses: ['c'] });
      const { catalog } = (await another()).repositories;
      same(await catalog.load(), await repositories.catalog.load(), "The second client's catalog");
      await committing(repositories, { saveSegments: [{ id: 's', title: 'S' }] }, { links: ['k'] });
      await host.saveCourses([{ id: 'd', enrolmentMethod: 'self' }]);
      same(await catalog.load(), await repositories.catalog.load(), "The second client's catalog after a change");
    },
  },
];
