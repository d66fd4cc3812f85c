import type { Learner, Matching, Rule } from '../../../src/index.js';
import { type Broken, type Changing, EVERYBODY, remembered } from './alter.js';

const getting =
  (get: (answer: readonly Learner[], ids: readonly string[]) => readonly Learner[]): Changing =>
  ({ learners }) => ({ learners: { get: async (ids) => get(await learners.get(ids), ids) } });

/** A correct adapter, except that it leaves out some of the matches. */
const matching =
  (keeps: (rule: Rule, learner: Learner, all: Matching) => boolean): Changing =>
  ({ learners }) => ({
    learners: {
      async page(query) {
        const found = await learners.page({ ...query, limit: EVERYBODY });
        const { matching: asked, limit } = query;
        return found.filter((learner) => !asked || keeps(asked.rule, learner, asked)).slice(0, limit);
      },
    },
  });

const siteOf = ({ profile: { site } }: Learner) => [site].flat().map(String);

/** Adapters that break what `learners.get` promises. */
export const brokenGet: readonly Broken[] = [
  {
    id: 'get-existing',
    does: 'returns learners that are only marked as deleted',
    fault() {
      const deleted = new Map<string, Learner>();
      return {
        host: ({ deleteLearners, state }) => ({
          async deleteLearners(ids) {
            for (const id of ids) {
              const { learner } = await state(id);
              if (learner) deleted.set(id, learner);
            }
            return deleteLearners(ids);
          },
        }),
        repositories: getting((found, ids) => {
          const there = new Set(found.map(({ id }) => id));
          return [...found, ...[...new Set(ids)].flatMap((id) => (there.has(id) ? [] : (deleted.get(id) ?? [])))];
        }),
      };
    },
  },
  {
    id: 'get-each-once',
    does: 'returns a row for each id',
    fault: () => ({
      repositories: getting((found, ids) => ids.flatMap((id) => found.find((one) => one.id === id) ?? [])),
    }),
  },
  {
    id: 'get-nobody',
    does: 'omits an empty condition',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: { get: (ids) => (ids.length > 0 ? learners.get(ids) : learners.page({ limit: EVERYBODY })) },
      }),
    }),
  },
  {
    id: 'get-facts',
    does: 'does not report inactive learners',
    also: { ids: ['as-stored'], because: 'a store without it returns learners unchanged' },
    fault: () => ({ repositories: getting((found) => found.map(({ active, ...rest }) => rest)) }),
  },
  {
    id: 'get-latest',
    does: 'caches learners in every process',
    fault() {
      const cache = new Map<string, Learner>();
      return {
        reopened: ({ learners }, outer) =>
          outer
            ? {}
            : {
                learners: {
                  async get(ids) {
                    for (const learner of await learners.get(ids.filter((id) => !cache.has(id)))) {
                      cache.set(learner.id, learner);
                    }
                    return [...new Set(ids)].flatMap((id) => cache.get(id) ?? []);
                  },
                },
              },
      };
    },
  },
  {
    id: 'get-lookalikes',
    does: 'compares ids without case',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          async get(ids) {
            const found = await learners.get(ids);
            const there = new Set(found.map(({ id }) => id));
            const missing = new Set(ids.filter((id) => !there.has(id)).map((id) => id.toLowerCase()));
            const everybody = await learners.page({ limit: EVERYBODY });
            return [...found, ...everybody.filter(({ id }) => !there.has(id) && missing.has(id.toLowerCase()))];
          },
        },
      }),
    }),
  },
  {
    id: 'get-text',
    does: 'cannot store four-byte characters',
    fault: () => ({
      repositories: getting((found) =>
        found.map((learner) => ({
          ...learner,
          profile: Object.fromEntries(
            Object.entries(learner.profile).map(([key, value]) => [
              key,
              typeof value === 'string' ? value.replace(/[\u{10000}-\u{10ffff}]/gu, '?') : value,
            ]),
          ),
        })),
      ),
    }),
  },
  {
    id: 'get-many',
    does: 'binds a parameter for each id',
    fault: () => ({
      repositories: getting((found, ids) => {
        if (ids.length > 65_535) throw new Error('bind message has too many parameters');
        return found;
      }),
    }),
  },
  {
    id: 'get-copies',
    does: 'returns the objects that it stores',
    fault() {
      const kept = remembered((learner: Learner) => structuredClone(learner));
      return { repositories: getting((found) => found.map(kept)) };
    },
  },
];

/** Adapters that break what `learners.page` promises about `matching`. */
export const brokenMatching: readonly Broken[] = [
  {
    id: 'matching-text',
    does: 'compares the beginning of a text with case',
    fault: () => ({
      repositories: matching(
        (rule, who) =>
          !('op' in rule) || rule.op !== 'startsWith' || siteOf(who).some((site) => site.startsWith(rule.value)),
      ),
    }),
  },
  {
    id: 'matching-values',
    does: 'compares instants as text',
    fault: () => ({
      repositories: matching((rule, { profile }) => {
        if (!('op' in rule) || rule.op !== 'gt' || typeof rule.value === 'number') return true;
        return [profile[rule.field]].flat().some((value) => String(value) > String(rule.value));
      }),
    }),
  },
  {
    id: 'matching-logic',
    does: 'treats a missing value as unknown, as SQL does with NULL',
    fault: () => ({
      repositories: matching((rule, { profile }) => {
        if (!('not' in rule) || !('op' in rule.not) || rule.not.op !== 'equals') return true;
        return profile[rule.not.field] !== undefined;
      }),
    }),
  },
  {
    id: 'matching-placed',
    does: 'searches for no learner if the rule matches no learner',
    fault: () => ({ repositories: matching((rule) => !('any' in rule) || rule.any.length > 0) }),
  },
  {
    id: 'matching-undeclared',
    does: 'treats an undeclared field as one that no learner has',
    fault: () => ({
      repositories: ({ catalog, learners }) => ({
        learners: {
          async page(query) {
            const { fields } = await catalog.load();
            return query.matching && !fields ? [] : learners.page(query);
          },
        },
      }),
    }),
  },
  {
    id: 'matching-far-apart',
    does: 'reads only a hundred learners in its search',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          async page(query) {
            if (!query.matching) return learners.page(query);
            const matches = new Set(await learners.page({ ...query, limit: EVERYBODY }));
            const { matching: _, ...all } = query;
            const near = await learners.page({ ...all, limit: Math.max(100, query.limit) });
            return near.filter((learner) => matches.has(learner)).slice(0, query.limit);
          },
        },
      }),
    }),
  },
  {
    id: 'matching-bounds',
    does: 'ignores the end of the range with `matching`',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          page: ({ upTo, ...query }) =>
            learners.page(query.matching || upTo === undefined ? query : { ...query, upTo }),
        },
      }),
    }),
  },
];

/** Adapters that break what `learners.asStored` promises. */
export const brokenAsStored: readonly Broken[] = [
  {
    id: 'as-stored',
    does: 'writes learners and reads them back, so that it returns them by id and each once',
    fault: () => ({
      repositories: () => ({
        learners: { asStored: async (people) => [...new Map(people.map((one) => [one.id, one])).values()] },
      }),
    }),
  },
];
