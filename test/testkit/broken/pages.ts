import { type Broken, EVERYBODY } from './alter.js';
import { byUnit, within } from './order.js';

/** Adapters that break what `learners.page` promises about its pages. */
export const brokenPage: readonly Broken[] = [
  {
    id: 'page-everyone',
    does: 'returns active learners only',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          async page(query) {
            const all = await learners.page({ ...query, limit: EVERYBODY });
            return all.filter(({ active }) => active !== false).slice(0, query.limit);
          },
        },
      }),
    }),
  },
  {
    id: 'page-order',
    does: 'sorts with another collation in another process',
    fault: () => ({
      reopened: ({ learners }) => ({
        learners: {
          async page({ after, upTo, ...query }) {
            const all = [...(await learners.page({ ...query, limit: EVERYBODY }))];
            all.sort((a, b) => byUnit(a.id, b.id));
            return all.filter(({ id }) => within(id, { after, upTo })).slice(0, query.limit);
          },
        },
      }),
    }),
  },
  {
    id: 'page-order-of-holders',
    does: 'sorts holders with another collation',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          async holders({ after, upTo, ...query }) {
            const all = [...(await enrolments.holders({ ...query, limit: EVERYBODY }))].sort(byUnit);
            return all.filter((id) => within(id, { after, upTo })).slice(0, query.limit);
          },
        },
      }),
    }),
  },
  {
    id: 'page-ids-only',
    does: 'reads the ids from profile values, and so misses learners without any',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          async page(query) {
            const all = await learners.page(query.idsOnly ? { ...query, limit: EVERYBODY } : query);
            if (!query.idsOnly) return all;
            return all.filter(({ profile }) => Object.keys(profile).length > 0).slice(0, query.limit);
          },
        },
      }),
    }),
  },
  {
    id: 'page-limit',
    does: 'reads one more learner to see whether there is a next page, and returns it too',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: { page: (query) => learners.page({ ...query, limit: query.limit + 1 }) },
      }),
    }),
  },
  {
    id: 'page-bounds',
    does: 'ignores "upTo" on the first page',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          page: ({ upTo, ...query }) =>
            learners.page(query.after === undefined || upTo === undefined ? query : { ...query, upTo }),
        },
      }),
    }),
  },
  {
    id: 'page-bounds-gone',
    does: 'looks up the position of "upTo", and ignores it if it does not exist',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          async page({ upTo, ...query }) {
            const there = upTo !== undefined && (await learners.get([upTo])).length > 0;
            return learners.page(there ? { ...query, upTo } : query);
          },
        },
      }),
    }),
  },
  {
    id: 'page-coming-and-going',
    does: 'uses a row offset for the next page',
    fault() {
      const offsets = new Map<string, number>();
      return {
        repositories: ({ learners }) => ({
          learners: {
            async page(query) {
              const { after, limit, upTo } = query;
              const offset = after === undefined ? 0 : offsets.get(after);
              if (query.matching || offset === undefined) return learners.page(query);
              const all = await learners.page({ limit: EVERYBODY, ...(upTo !== undefined && { upTo }) });
              const page = all.slice(offset, offset + limit);
              const last = page.at(-1);
              if (last) offsets.set(last.id, offset + page.length);
              return page;
            },
          },
        }),
      };
    },
  },
];
