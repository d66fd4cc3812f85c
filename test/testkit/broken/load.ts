import type { Catalog } from '../../../src/index.js';
import { type Broken, remembered, seen } from './alter.js';

/** Adapters that break what `catalog.load` promises. */
export const brokenLoad: readonly Broken[] = [
  {
    id: 'load-same-object',
    does: 'reloads after every change of the host',
    fault() {
      let count = 0;
      const copies = new Map<number, Catalog>();
      return {
        host: ({ saveLearners }) => ({ saveLearners: (learners) => saveLearners(learners).then(() => void count++) }),
        repositories: ({ catalog }) => ({
          catalog: {
            async load() {
              const now = await catalog.load();
              const copy = copies.get(count);
              if (copy && copy.revision === now.revision && copy.links === now.links && copy.courses === now.courses)
                if (copy.segments === now.segments && copy.unsettled === now.unsettled && copy.fields === now.fields)
                  return copy;
              copies.set(count, { ...now });
              return copies.get(count)!;
            },
          },
        }),
      };
    },
  },
  {
    id: 'load-same-object-inside',
    does: 'caches the catalog for calls outside transactions only',
    fault: () => ({
      repositories: ({ catalog }, outer) =>
        outer ? { catalog: { load: async () => ({ ...(await catalog.load()) }) } } : {},
    }),
  },
  {
    id: 'load-same-lists',
    does: 'reads everything again if only unsettled work changed',
    fault: () => ({ repositories: seen((catalog) => structuredClone(catalog)) }),
  },
  {
    id: 'load-new-object',
    does: 'updates the object that it returned earlier',
    fault() {
      const kept = {} as Catalog;
      return {
        repositories: ({ catalog }) => ({
          catalog: { load: async () => Object.assign(kept, await catalog.load()) },
        }),
      };
    },
  },
  {
    id: 'load-courses',
    does: 'returns only courses that can be linked',
    fault() {
      const open = remembered((courses: Catalog['courses']) =>
        courses.filter(({ enrolmentMethod }) => enrolmentMethod === 'by-assignment-only'),
      );
      return { repositories: seen((catalog) => ({ ...catalog, courses: open(catalog.courses) })) };
    },
  },
  {
    id: 'load-fields',
    does: 'treats an empty list of fields as none declared',
    fault: () => ({ repositories: seen(({ fields, ...rest }) => (fields?.length ? { ...rest, fields } : rest)) }),
  },
  {
    id: 'load-survives',
    does: 'caches the catalog in every process until that process commits',
    fault() {
      let cached: Catalog | undefined;
      return {
        reopened: ({ catalog }, outer) =>
          outer
            ? {}
            : {
                catalog: {
                  async load() {
                    cached ??= await catalog.load();
                    return cached;
                  },
                  async commit(...args) {
                    cached = undefined;
                    return catalog.commit(...args);
                  },
                },
              },
      };
    },
  },
];
