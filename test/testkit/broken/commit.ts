import {
  type Catalog,
  type CatalogChange,
  type CatalogRepository,
  isSmartEnrolmentsError,
  SmartEnrolmentsError,
} from '../../../src/index.js';
import { type Broken, type Changing, remembered, seen } from './alter.js';

const short = (change: CatalogChange): CatalogChange => ({
  ...change,
  saveLinks: change.saveLinks.map((link) =>
    JSON.stringify(link.rule ?? null).length > 255 ? { ...link, rule: { everyone: true } } : link,
  ),
});

type Commit = (catalog: CatalogRepository, ...args: Parameters<CatalogRepository['commit']>) => Promise<number>;

/** Right but for how it commits. */
const committing =
  (commit: Commit): Changing =>
  ({ catalog }) => ({ catalog: { commit: (change, options) => commit(catalog, change, options) } });

/** Adapters that break what `catalog.commit` promises. */
export const brokenCommit: readonly Broken[] = [
  {
    id: 'commit-stores',
    does: 'has no room for a long rule',
    fault: () => ({ repositories: committing((catalog, change, options) => catalog.commit(short(change), options)) }),
  },
  {
    id: 'commit-replaces',
    does: 'merges what it saves into what is there',
    fault: () => ({
      repositories: committing(async (catalog, change, options) => {
        const { segments } = await catalog.load();
        const saveSegments = change.saveSegments.map((segment) => ({
          ...segments.find(({ id }) => id === segment.id),
          ...segment,
        }));
        return catalog.commit({ ...change, saveSegments }, options);
      }),
    }),
  },
  {
    id: 'commit-revision',
    does: 'does not count a commit that changes nothing and leaves nothing',
    fault: () => ({
      repositories: committing(async (catalog, change, options) => {
        const { links, ranges } = options.unsettled;
        const nothing = [...Object.values(change), links].every(({ length }) => length === 0);
        if (nothing && ranges[0]?.after === undefined) return options.expected.revision;
        return catalog.commit(change, options);
      }),
    }),
  },
  {
    id: 'commit-refused',
    does: 'refuses revisions that are too low, and none that is too high',
    fault: () => ({
      repositories: committing(async (catalog, change, options) => {
        const { revision } = await catalog.load();
        const expected = { revision: Math.min(revision, options.expected.revision) };
        return catalog.commit(change, { ...options, expected });
      }),
    }),
  },
  {
    id: 'commit-once',
    does: 'looks at the revision before it locks it',
    fault: () => ({
      repositories: committing(async (catalog, change, options) => {
        const { revision: found } = await catalog.load();
        const { revision: expected } = options.expected;
        if (found !== expected) throw new SmartEnrolmentsError('catalog_conflict', { expected, found });
        for (let tries = 0; ; tries++) {
          const { revision } = await catalog.load();
          try {
            return await catalog.commit(change, { ...options, expected: { revision } });
          } catch (error) {
            if (tries > 20 || !isSmartEnrolmentsError(error, 'catalog_conflict')) throw error;
          }
        }
      }),
    }),
  },
  {
    id: 'commit-leaves-work',
    does: 'takes an empty id for none',
    fault: () => ({
      repositories: committing((catalog, change, { expected, unsettled }) => {
        const ranges = unsettled.ranges.map(({ after, ...rest }) => (after ? { ...rest, after } : rest));
        return catalog.commit(change, { expected, unsettled: { ...unsettled, ranges } });
      }),
    }),
  },
  {
    id: 'commit-removed-links',
    does: 'does not keep the links that were removed',
    fault: () => ({
      repositories: committing((catalog, change, { expected, unsettled }) =>
        catalog.commit(change, { expected, unsettled: { ...unsettled, removedLinks: [] } }),
      ),
    }),
  },
  {
    id: 'commit-operation',
    does: 'has a column for each key of an operation that it knows',
    fault: () => ({
      repositories: committing((catalog, change, { expected, unsettled }) => {
        const { id, kind, at, revision, day, actor, reason, undoes } = unsettled.operation;
        const operation = { id, kind, at, revision, day, actor, reason, undoes };
        return catalog.commit(change, { expected, unsettled: { ...unsettled, operation } });
      }),
    }),
  },
  {
    id: 'commit-survives',
    does: 'keeps links in the process',
    fault: () => ({ reopened: seen((catalog) => ({ ...catalog, links: [] })) }),
  },
  {
    id: 'commit-text',
    does: 'takes ids for the same that differ in case',
    fault: () => ({
      repositories: committing((catalog, change, options) => {
        const byId = new Map(change.saveSegments.map((segment) => [segment.id.toLowerCase(), segment]));
        return catalog.commit({ ...change, saveSegments: [...byId.values()] }, options);
      }),
    }),
  },
  {
    id: 'commit-many',
    does: 'binds a parameter for each value',
    fault: () => ({
      repositories: committing(async (catalog, change, options) => {
        if (change.saveLinks.length > 999) throw new Error('too many SQL variables');
        return catalog.commit(change, options);
      }),
    }),
  },
  {
    id: 'commit-copies',
    does: 'keeps the very objects it was given',
    fault() {
      const given = new Map<string, Catalog['segments'][number]>();
      const own = remembered((segments: Catalog['segments']) => segments.map((one) => given.get(one.id) ?? one));
      const lens = seen((catalog) => ({ ...catalog, segments: own(catalog.segments) }));
      const keep = committing((catalog, change, options) => {
        for (const segment of change.saveSegments) given.set(segment.id, segment);
        return catalog.commit(change, options);
      });
      return {
        repositories: (right) => ({ catalog: { ...lens(right).catalog, ...keep(right).catalog } }),
      };
    },
  },
];
