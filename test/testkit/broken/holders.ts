import { type Broken, EVERYBODY } from './alter.js';
import { byUnit, within } from './order.js';

/** Adapters that break what `enrolments.holders` promises. */
export const brokenHolders: readonly Broken[] = [
  {
    id: 'holders-any',
    does: 'counts individual enrolments as well',
    fault() {
      const individually = new Set<string>();
      return {
        host: ({ enrolIndividually }) => ({
          async enrolIndividually(learnerId, courseId) {
            individually.add(learnerId);
            return enrolIndividually(learnerId, courseId);
          },
        }),
        repositories: ({ enrolments }) => ({
          enrolments: {
            async holders(query) {
              const found = await enrolments.holders(query);
              const more = query.links ? [] : [...individually].filter((id) => within(id, query));
              if (more.length === 0) return found;
              return [...new Set([...found, ...more])].sort(byUnit).slice(0, query.limit);
            },
          },
        }),
      };
    },
  },
  {
    id: 'holders-links',
    does: 'finds no learner if the last link has no holder',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          async holders(query) {
            const last = query.links?.at(-1);
            const held = last === undefined || (await enrolments.holders({ links: [last], limit: 1 })).length > 0;
            return held ? enrolments.holders(query) : [];
          },
        },
      }),
    }),
  },
  {
    id: 'holders-each-once',
    does: 'returns a learner once for each time a link is listed',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          async holders(query) {
            const found = await enrolments.holders(query);
            const twice = new Set(query.links).size < (query.links?.length ?? 0);
            return twice ? found.flatMap((id) => [id, id]).slice(0, query.limit) : found;
          },
        },
      }),
    }),
  },
  {
    id: 'holders-no-links',
    does: 'treats an empty list of links as all links',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          holders: ({ links, ...query }) => enrolments.holders(links?.length ? { ...query, links } : query),
        },
      }),
    }),
  },
  {
    id: 'holders-limit',
    does: 'reads one more learner to see whether there is a next page, and returns it too',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: { holders: (query) => enrolments.holders({ ...query, limit: query.limit + 1 }) },
      }),
    }),
  },
  {
    id: 'holders-bounds',
    does: 'ignores "upTo" on the first page',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          holders: ({ upTo, ...query }) =>
            enrolments.holders(query.after === undefined || upTo === undefined ? query : { ...query, upTo }),
        },
      }),
    }),
  },
  {
    id: 'holders-while-released',
    does: 'uses a row offset for the next page',
    fault() {
      const offsets = new Map<string, number>();
      return {
        repositories: ({ enrolments }) => ({
          enrolments: {
            async holders(query) {
              const { after, limit, links, upTo } = query;
              const key = (id: string) => JSON.stringify([links?.slice(0, 10), id]);
              const offset = after === undefined ? 0 : offsets.get(key(after));
              if (offset === undefined) return enrolments.holders(query);
              const rest = { ...(links && { links }), ...(upTo !== undefined && { upTo }) };
              const page = (await enrolments.holders({ ...rest, limit: EVERYBODY })).slice(offset, offset + limit);
              const last = page.at(-1);
              if (last !== undefined) offsets.set(key(last), offset + page.length);
              return page;
            },
          },
        }),
      };
    },
  },
  {
    id: 'holders-vanished',
    does: 'joins holders with existing learners',
    fault: () => ({
      repositories: ({ enrolments, learners }) => ({
        enrolments: {
          async holders(query) {
            const all = await enrolments.holders({ ...query, limit: EVERYBODY });
            const there = new Set((await learners.get(all)).map(({ id }) => id));
            return all.filter((id) => there.has(id)).slice(0, query.limit);
          },
        },
      }),
    }),
  },
  {
    id: 'holders-lookalikes',
    does: 'compares links without case',
    fault() {
      const links = new Map<string, Set<string>>();
      return {
        repositories: ({ enrolments }) => ({
          enrolments: {
            async write(diffs, context) {
              for (const { linkId } of diffs.flatMap(({ assigned }) => assigned)) {
                const folded = linkId.toLowerCase();
                links.set(folded, (links.get(folded) ?? new Set()).add(linkId));
              }
              return enrolments.write(diffs, context);
            },
            holders: (query) =>
              enrolments.holders({
                ...query,
                ...(query.links && { links: query.links.flatMap((id) => [...(links.get(id.toLowerCase()) ?? [])]) }),
              }),
          },
        }),
      };
    },
  },
  {
    id: 'holders-many-links',
    does: 'binds a parameter for each link',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          async holders(query) {
            if ((query.links?.length ?? 0) > 65_535) throw new Error('bind message has too many parameters');
            return enrolments.holders(query);
          },
        },
      }),
    }),
  },
];
