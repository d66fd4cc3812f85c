import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matches } from '../../src/core.js';
import type { Catalog, Learner, Rule } from '../../src/index.js';
import { conditions, learners, profiles, rules, segments } from '../model/arbitraries.js';
import { type Facts, holds } from '../model/oracle.js';
import { FIELDS, SEGMENTS } from '../model/pools.js';
import { runs } from '../model/runs.js';

const wild = { traps: true, inactive: true };
const rule = rules(SEGMENTS, FIELDS, wild);
const all = fc.tuple(...SEGMENTS.map((id) => segments(fc.constant(id), wild)));
/** Segments for rules to refer to, under declared fields or none, and a learner. */
const scenes = fc
  .tuple(all, fc.boolean(), learners(wild))
  .map(([list, declared, who]): [Pick<Catalog, 'fields' | 'segments'>, Learner] => [
    { segments: list, ...(declared && { fields: FIELDS }) },
    who,
  ]);
const some = fc.array(rule, { minLength: 1, maxLength: 4 });

function law(name: string, sides: (rules: readonly Rule[]) => readonly [Rule, Rule]): void {
  it(`rule algebra: ${name}`, () => {
    fc.assert(
      fc.property(scenes, some, ([catalog, who], list) => {
        const [left, right] = sides(list);
        expect(matches(left, who, catalog)).toBe(matches(right, who, catalog));
      }),
      runs(200),
    );
  });
}

const not = (inner: Rule): Rule => ({ not: inner });

law('De Morgan, not all is any not', (list) => [not({ all: list }), { any: list.map(not) }]);
law('De Morgan, not any is all not', (list) => [not({ any: list }), { all: list.map(not) }]);
law('double negation', ([first]) => [not(not(first!)), first!]);
law('reordering all', (list) => [{ all: list }, { all: [...list].reverse() }]);
law('reordering any', (list) => [{ any: list }, { any: [...list].reverse() }]);
law('nesting all', ([first, ...rest]) => [{ all: [first!, ...rest] }, { all: [first!, { all: [first!, ...rest] }] }]);
law('absorption', ([first, ...rest]) => [{ any: [first!, { all: [first!, ...rest] }] }, first!]);
law('an empty any matches no learner', (list) => [{ any: [] }, { all: [...list, not({ everyone: true })] }]);

it('rule algebra: a rule returns what the naive evaluator returns', () => {
  fc.assert(
    fc.property(scenes, rule, ([catalog, who], one) => {
      const facts: Facts = { courses: [], links: [], ...catalog };
      expect(matches(one, who, catalog)).toBe(holds(facts, one, who));
    }),
    runs(1000),
  );
});

it('rule algebra: a condition returns what the naive evaluator returns, for every operator and kind of value', () => {
  const questions = fc
    .constantFrom(...FIELDS)
    .chain((field) => fc.tuple(conditions([field], wild), profiles([field], wild), fc.boolean()));
  fc.assert(
    fc.property(questions, ([condition, profile, declared]) => {
      const who = { id: 'a', profile };
      const catalog = { segments: [], ...(declared && { fields: FIELDS }) };
      const facts: Facts = { courses: [], links: [], ...catalog };
      expect(matches(condition, who, catalog)).toBe(holds(facts, condition, who));
    }),
    runs(3000),
  );
});
