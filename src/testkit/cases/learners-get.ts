import type { Learner, UnreadableLearner } from '../../model/learner.js';
import { assertSameItems } from '../assert.js';
import type { ContractCase } from '../contract-case.js';
import { numbered, seedHost } from '../fixtures.js';
import { LOOKALIKES, SCRIPTS } from '../lookalikes.js';
import { mutateDeeply } from '../mutate-deeply.js';
import { normalised } from '../normalised.js';

/** Values of every kind. */
export const EVERYTHING: readonly Learner[] = [
  {
    id: 'a',
    profile: {
      site: 'Bristol',
      level: 7.5,
      remote: false,
      since: '2026-03-01T01:00:00+01:00',
      skills: ['first aid', 'first aid', 'Welding', 3, true],
      blank: '',
      constructor: 'x',
      ...JSON.parse('{"__proto__":"own"}'),
    },
    segments: ['s', 'not saved yet'],
    active: false,
  },
  { id: 'b', profile: {} },
  { id: 'c', profile: { level: -0.25, large: 1e21 }, segments: [], active: true },
];

const idsOf = (learners: readonly (Learner | UnreadableLearner)[]) => learners.map(({ id }) => id);

/** What `learners.get` promises. */
export const learnersGet: readonly ContractCase[] = [
  {
    id: 'get-existing',
    title: 'learners.get returns the requested learners that exist, and no others.',
    async check({ repositories: { learners }, host }) {
      await seedHost({ host }, { learners: ['a', 'b', 'c', 'd'] });
      await host.deleteLearners(['c']);
      assertSameItems(idsOf(await learners.get(['unknown', 'd', 'c', 'a'])), ['a', 'd'], 'The learners');
    },
  },
  {
    id: 'get-each-once',
    title: 'learners.get returns a learner once even if their id is requested twice.',
    async check({ repositories: { learners }, host }) {
      await seedHost({ host }, { learners: ['a', 'b'] });
      assertSameItems(idsOf(await learners.get(['a', 'b', 'a', 'a'])), ['a', 'b'], 'The learners');
    },
  },
  {
    id: 'get-nobody',
    title: 'learners.get returns no learner for an empty list of ids.',
    async check({ repositories: { learners }, host }) {
      await seedHost({ host }, { learners: ['a'] });
      assertSameItems(await learners.get([]), [], 'The learners');
    },
  },
  {
    id: 'get-facts',
    title: 'learners.get returns profiles, placements and activity as the host has them.',
    async check({ repositories: { learners }, host }) {
      await host.saveLearners(EVERYTHING);
      assertSameItems(normalised(await learners.get(['a', 'b', 'c'])), normalised(EVERYTHING), 'The learners');
    },
  },
  {
    id: 'get-latest',
    title: 'learners.get returns what the host has now, not what it had at an earlier call.',
    async check({ repositories, host, another }) {
      const others = (await another()).repositories;
      for (const site of ['Bristol', 'Leeds']) {
        const now = { id: 'a', profile: { site }, segments: [site] };
        await host.saveLearners([now]);
        for (const { learners } of [repositories, others]) {
          assertSameItems(normalised(await learners.get(['a'])), normalised([now]), 'The learner');
        }
      }
    },
  },
  {
    id: 'get-lookalikes',
    title: 'learners.get distinguishes ids that look alike.',
    async check({ repositories: { learners }, host }) {
      const [some, others] = [LOOKALIKES.filter((_, i) => i % 2 === 0), LOOKALIKES.filter((_, i) => i % 2 === 1)];
      const titled = (ids: readonly string[]) => ids.map((id) => ({ id, profile: { title: `<${id}>` } }));
      await host.saveLearners(titled(some));
      assertSameItems(await learners.get(others), [], 'Learners that were not saved');
      await host.saveLearners(titled(others));
      assertSameItems(normalised(await learners.get(some)), normalised(titled(some)), 'Half of the learners');
      assertSameItems(normalised(await learners.get(LOOKALIKES)), normalised(titled(LOOKALIKES)), 'All learners');
    },
  },
  {
    id: 'get-text',
    title: 'learners.get returns text in every script unchanged.',
    async check({ repositories: { learners }, host }) {
      const saved = SCRIPTS.map((text) => ({
        id: text,
        profile: { [text]: text, list: [text, `${text}!`] },
        segments: [text],
      }));
      await host.saveLearners(saved);
      assertSameItems(normalised(await learners.get(SCRIPTS)), normalised(saved), 'The learners');
    },
  },
  {
    id: 'get-many',
    title: 'learners.get accepts more ids than a statement can have parameters.',
    async check({ repositories: { learners }, host }) {
      await seedHost({ host }, { learners: ['l000000', 'l069999'] });
      assertSameItems(idsOf(await learners.get(numbered(70_000))), ['l000000', 'l069999'], 'The learners');
    },
  },
  {
    id: 'get-copies',
    title: 'learners.get returns frozen objects or copies: a caller who changes them changes nothing in the store.',
    async check({ repositories: { learners }, host }) {
      const saved = { id: 'a', profile: { site: 'Bristol', skills: ['Welding'] }, segments: ['s'] };
      await host.saveLearners([saved]);
      const [found] = await learners.get(['a']);
      mutateDeeply(found);
      assertSameItems(normalised(await learners.get(['a'])), normalised([saved]), 'The learner');
    },
  },
];
