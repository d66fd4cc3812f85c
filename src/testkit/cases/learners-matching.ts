import type { Field, Learner } from '../../model/learner.js';
import type { Rule } from '../../model/rule.js';
import type { Matching, Repositories } from '../../repositories/repositories.js';
import { assert } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { numbered, seedHost } from '../fixtures.js';
import { walkLearners } from '../walk.js';

const FIELDS: readonly Field[] = [
  { id: 'site', type: 'text' },
  { id: 'level', type: 'number' },
  { id: 'since', type: 'date' },
  { id: 'remote', type: 'boolean' },
  { id: "o'dd %", type: 'text' },
  { id: '__proto__', type: 'text' },
];

const own = JSON.parse('{"__proto__":"x"}');

/** Each matches a rule below by which a careless store would not find it. */
const LEARNERS: readonly Learner[] = [
  { id: 'nothing', profile: {} },
  { id: 'blank', profile: { site: ' \u00a0', level: null, since: [], remote: undefined } },
  { id: 'bristol', profile: { site: ' bRiStOl\t', level: 7, since: '2026-03-01', remote: true } },
  { id: 'bristol2', profile: { site: 'Bristol\u3000North', level: 7.5, since: '2026-02-28T23:30:00-01:00' } },
  { id: 'list', profile: { site: ['Leeds', null, 'Bristol'], level: [1, 9], since: ['2020-02-29', '2026-03-02'] } },
  { id: 'street', profile: { site: 'Straße', level: -1, remote: false } },
  { id: 'sigma', profile: { site: 'ΣΊΣΥΦΟΣ', level: 0 } },
  { id: 'ligature', profile: { site: 'ﬁre' } },
  { id: 'percent', profile: { site: '100% _a\\b*' } },
  { id: 'digits', profile: { site: '007' } },
  { id: 'odd', profile: { "o'dd %": "it's", ...own } },
  { id: 'placed', profile: { site: 'nowhere' }, segments: ['s', 'not saved'] },
];

const site = (op: 'equals' | 'contains' | 'startsWith' | 'endsWith', value: string): Rule => ({
  field: 'site',
  op,
  value,
});
const bristol = site('equals', 'Bristol');
const blank: Rule = { field: 'site', op: 'blank' };
const level = (op: 'lt' | 'lte' | 'gt' | 'gte', value: number): Rule => ({ field: 'level', op, value });
const since = (op: 'lt' | 'lte' | 'gt' | 'gte', value: string): Rule => ({ field: 'since', op, value });

type Expectation = readonly [rule: Rule, ids: readonly string[]];

const TEXT: readonly Expectation[] = [
  [bristol, ['bristol', 'list']],
  [site('equals', 'STRASSE'), ['street']],
  [site('equals', 'Σίσυφος'), ['sigma']],
  [site('equals', 'FIRE'), ['ligature']],
  [site('startsWith', 'bristol '), ['bristol2']],
  [site('startsWith', 'b'), ['bristol', 'bristol2', 'list']],
  [site('endsWith', 'NORTH'), ['bristol2']],
  [site('contains', 'l n'), ['bristol2']],
  [site('contains', 'ss'), ['street']],
  [site('contains', '% _A\\B*'), ['percent']],
  [site('equals', '007'), ['digits']],
  [{ field: 'site', op: 'in', value: ['leeds', '007', 'fire'] }, ['list', 'digits', 'ligature']],
  [{ field: "o'dd %", op: 'equals', value: "IT'S" }, ['odd']],
  [{ field: '__proto__', op: 'equals', value: 'X' }, ['odd']],
];

const VALUES: readonly Expectation[] = [
  [level('gte', 7), ['bristol', 'bristol2', 'list']],
  [level('lt', 1), ['street', 'sigma']],
  [level('lte', 0), ['street', 'sigma']],
  [level('gt', 8), ['list']],
  [{ field: 'level', op: 'in', value: [1, 0] }, ['list', 'sigma']],
  [{ field: 'level', op: 'equals', value: 7.5 }, ['bristol2']],
  [since('gt', '2026-03-01'), ['bristol2', 'list']],
  [since('lte', '2026-03-01'), ['bristol', 'list']],
  [{ field: 'since', op: 'equals', value: '2026-03-01T02:00:00+02:00' }, ['bristol']],
  [{ field: 'since', op: 'equals', value: '2026-03-01T00:30:00Z' }, ['bristol2']],
  [{ field: 'remote', op: 'equals', value: true }, ['bristol']],
  [{ field: 'remote', op: 'equals', value: false }, ['street']],
];

const everyId = LEARNERS.map(({ id }) => id);
const notBristol = everyId.filter((id) => !['bristol', 'list'].includes(id));
const LOGIC: readonly Expectation[] = [
  [{ everyone: true }, everyId],
  [{ any: [] }, []],
  [blank, ['nothing', 'blank', 'odd']],
  [{ not: blank }, everyId.filter((id) => !['nothing', 'blank', 'odd'].includes(id))],
  [{ not: bristol }, notBristol],
  [{ not: { any: [] } }, everyId],
  [{ not: { all: [bristol, level('gt', 8)] } }, everyId.filter((id) => id !== 'list')],
  [{ all: [{ not: bristol }, { not: blank }] }, notBristol.filter((id) => !['nothing', 'blank', 'odd'].includes(id))],
  [
    { any: [bristol, level('lt', 0), { field: 'since', op: 'blank' }] },
    ['bristol', 'list', ...everyId.filter((id) => !['bristol2'].includes(id))],
  ],
  [
    { not: { not: { any: [site('contains', 'n'), { all: [{ everyone: true }, level('lte', -1)] }] } } },
    ['bristol2', 'placed', 'street'],
  ],
];

const matchingCase = (id: string, title: string, expectations: readonly Expectation[]): ContractCase => ({
  id,
  title,
  async check({ repositories, host }: CaseWorld) {
    await host.saveFields(FIELDS);
    await host.saveLearners(LEARNERS);
    for (const [rule, ids] of expectations) await findsAll(repositories, { rule, placedIn: [] }, ids);
  },
});

async function findsAll(repositories: Repositories, matching: Matching, ids: readonly string[]): Promise<void> {
  for (const limit of [1, 100]) {
    const found = await walkLearners(repositories, { matching, limit });
    const missing = ids.filter((id) => !found.includes(id));
    assert(
      missing.length === 0,
      `It left out ${missing.join(', ')} for ${JSON.stringify(matching)}, ${limit} at a time.`,
    );
    assert(new Set(found).size === found.length, `It returned a learner twice for ${JSON.stringify(matching)}.`);
  }
}

/** What `learners.page` promises about `matching`: it never leaves out a learner who matches. */
export const learnersMatching: readonly ContractCase[] = [
  matchingCase(
    'matching-text',
    'learners.page returns at least the learners whose text matches, folded as the library folds it.',
    TEXT,
  ),
  matchingCase(
    'matching-values',
    'learners.page returns at least the learners whose numbers, dates and booleans match.',
    VALUES,
  ),
  matchingCase(
    'matching-logic',
    'learners.page returns at least the learners who match by all, any, not, everyone and blank.',
    LOGIC,
  ),
  {
    id: 'matching-placed',
    title:
      'learners.page returns at least the learners placed in one of the segments, saved or not, whatever the rule.',
    async check({ repositories, host }) {
      await host.saveFields(FIELDS);
      await host.saveLearners(LEARNERS);
      await findsAll(repositories, { rule: { any: [] }, placedIn: ['s'] }, ['placed']);
      await findsAll(repositories, { rule: { any: [] }, placedIn: ['x', 'not saved'] }, ['placed']);
      await findsAll(repositories, { rule: bristol, placedIn: ['s'] }, ['placed', 'bristol', 'list']);
    },
  },
  {
    id: 'matching-undeclared',
    title:
      'learners.page returns at least the learners who match by an undeclared field, if the host declares no fields.',
    async check({ repositories, host }) {
      await host.saveLearners(LEARNERS);
      const { fields } = await repositories.catalog.load();
      if (fields !== undefined) await host.saveFields(FIELDS);
      for (const [rule, ids] of [...TEXT.slice(0, 3), ...VALUES.slice(0, 3)]) {
        await findsAll(repositories, { rule, placedIn: [] }, ids);
      }
    },
  },
  {
    id: 'matching-far-apart',
    title: 'learners.page returns an empty page only when no match is left, however far away the next match is.',
    async check({ repositories, host }) {
      const far = numbered(3, 'zz');
      await seedHost({ host }, { learners: numbered(200) });
      await host.saveFields(FIELDS);
      await host.saveLearners(far.map((id) => ({ id, profile: { site: 'Bristol' } })));
      await findsAll(repositories, { rule: bristol, placedIn: [] }, far);
    },
  },
  {
    id: 'matching-bounds',
    title: 'learners.page keeps the order, "after" and "upTo" with `matching` too.',
    async check({ repositories, host }) {
      await host.saveFields(FIELDS);
      await host.saveLearners(numbered(20).map((id, i) => ({ id, profile: { site: i % 2 ? 'Bristol' : 'Leeds' } })));
      const order = await walkLearners(repositories, { limit: 100 });
      const [after, upTo] = [order[5]!, order[14]!];
      const found = await walkLearners(repositories, {
        after,
        upTo,
        limit: 2,
        matching: { rule: bristol, placedIn: [] },
      });
      const between = order.slice(6, 15);
      const missing = between.filter((id) => Number(id.slice(1)) % 2 === 1 && !found.includes(id));
      assert(missing.length === 0, `It left out ${missing.join(', ')}.`);
      const places = found.map((id) => between.indexOf(id));
      assert(
        places.every((place, i) => place > (places[i - 1] ?? -1)),
        `It returned learners out of order or out of bounds: ${found.join(', ')}.`,
      );
    },
  },
];
