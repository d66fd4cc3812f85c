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

/** A correct adapter, except for its commit. */
const committing =
  (commit: Commit): Changing =>
  ({ catalog }) => ({ catalog: { commit: (change, options) => commit(catalog, change, options) } });

/** Adapters that break what `catalog.commit` promises. */
export const brokenCommit: readonly Broken[] = [
  {
    id: 'commit-stores',
    does: 'cannot store a long rule',
    fault: () => ({ repositories: committing((catalog, change, options) => catalog.commit(short(change), options)) }),
  },
  {
    id: 'commit-replaces',
    does: 'merges saved items into the existing ones',
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
    does: 'does not count a commit without changes and work',
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
    does: 'refuses revisions that are too low, but not those that are too high',
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
    does: 'reads the revision before it locks it',
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
    does: 'treats an empty id as none',
    fault: () => ({
      repositories: committing((catalog, change, { expected, unsettled }) => {
        const ranges = unsettled.ranges.map(({ after, ...rest }) => (after ? { ...rest, after } : rest));
        return catalog.commit(change, { expected, unsettled: { ...unsettled, ranges } });
      }),
    }),
  },
  {
    id: 'commit-removed-links',
    does: 'does not store removed links',
    fault: () => ({
      repositories: committing((catalog, change, { expected, unsettled }) =>
        catalog.commit(change, { expected, unsettled: { ...unsettled, removedLinks: [] } }),
      ),
    }),
  },
  {
    id: 'commit-operation',
    does: 'stores only the keys of an operation that it knows',
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
    does: 'keeps links in the process only',
    fault: () => ({ reopened: seen((catalog) => ({ ...catalog, links: [] })) }),
  },
  {
    id: 'commit-text',
    does: 'compares ids without case',
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
    does: 'stores the objects it was given without a copy',
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
