import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import type { Segment } from '../../src/model/catalog.js';
import type { Learner } from '../../src/model/learner.js';
import type { Rule } from '../../src/model/rule.js';
import { diff } from '../../src/reconcile/diff.js';
import { matches } from '../../src/reconcile/matches.js';
import { matchingOf } from '../../src/reconcile/search/hint.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { references } from '../../src/rules/references.js';
import { catalogOf, course, link, segment } from '../catalog/catalog-of.js';
import { stateOf } from './state-of.js';

const x = field('x').equals(1);
const y = field('y').equals(1);

/** What the store is asked for to find the audience of one link. */
function hint(segments: Segment[], profile?: Rule) {
  const links = [link('l', segments[0]!.id, 'c', profile)];
  return matchingOf(compile(catalogOf({ segments, links })), ['l']);
}

describe('the hint for an audience', () => {
  it.each<[string, Segment[], Rule | undefined, unknown]>([
    ['a rule', [segment('s', x)], undefined, { rule: x, placedIn: ['s'] }],
    ['placements alone', [segment('s')], undefined, { rule: any(), placedIn: ['s'] }],
    ['the rule of a link', [segment('s', x)], y, { rule: all(x, y), placedIn: ['s'] }],
    [
      'a nested segment',
      [segment('s', any(inSegment('t'), y)), segment('t', x)],
      undefined,
      { rule: any(x, y), placedIn: ['s', 't'] },
    ],
    [
      'a negated segment',
      [segment('s', not(inSegment('t'))), segment('t', x)],
      undefined,
      { rule: not(x), placedIn: ['s'] },
    ],
    [
      'a negated segment without a rule',
      [segment('s', not(inSegment('t'))), segment('t')],
      undefined,
      { rule: not(any()), placedIn: ['s'] },
    ],
    ['a plain negation', [segment('s', not(not(x)))], undefined, { rule: not(not(x)), placedIn: ['s'] }],
    [
      'a segment under two negations, which a hint cannot express',
      [segment('s', not(all(not(inSegment('t')), y))), segment('t', x)],
      undefined,
      { rule: not(all(any(), y)), placedIn: ['s'] },
    ],
    [
      'alternatives under a negation',
      [segment('s', not(any(inSegment('t'), everyone))), segment('t', all(x))],
      undefined,
      { rule: not(any(all(x), everyone)), placedIn: ['s'] },
    ],
  ])('the hint inlines %s', (_, segments, profile, expected) => {
    expect(hint(segments, profile)).toEqual(expected);
  });

  it('the hint combines links, and equal rules once', () => {
    const segments = [segment('s', x), segment('t', y)];
    const links = [link('1', 's', 'c'), link('2', 's', 'd'), link('3', 't', 'c')];
    const matcher = compile(catalogOf({ segments, links }));
    expect(matchingOf(matcher, ['1', '2', '3'])).toEqual({ rule: any(x, y), placedIn: ['s', 't'] });
    expect(matchingOf(matcher, ['1', '2'])).toEqual({ rule: x, placedIn: ['s'] });
  });

  it('the hint has separate rules for links of a segment with different rules', () => {
    const links = [link('1', 's', 'c', y), link('2', 's', 'd')];
    const matcher = compile(catalogOf({ segments: [segment('s', x)], links }));
    expect(matchingOf(matcher, ['1', '2'])).toEqual({ rule: any(all(x, y), x), placedIn: ['s'] });
  });

  it('the hint does not grow with the number of links with equal rules', () => {
    const links = Array.from({ length: 600 }, (_, i) => link(`${i}`, 's', `c${i}`));
    const courses = links.map(({ courseId }) => course(courseId));
    const matcher = compile(catalogOf({ segments: [segment('s', x)], links, courses }));
    const ids = links.map(({ id }) => id);
    expect(matchingOf(matcher, ids)).toEqual({ rule: x, placedIn: ['s'] });
  });

  it('there is no hint for deleted and frozen links', () => {
    const segments = [segment('s', x), segment('broken', all())];
    const courses = [course('c'), course('shut', 'open')];
    const links = [link('1', 's', 'shut'), link('2', 'broken', 'c'), link('3', 's', 'c')];
    const matcher = compile(catalogOf({ segments, links, courses }));
    expect(matchingOf(matcher, ['1', '2', 'gone'])).toBeUndefined();
    expect(matchingOf(matcher, [])).toBeUndefined();
    expect(matchingOf(matcher, ['1', '2', '3'])).toEqual({ rule: x, placedIn: ['s'] });
  });

  it('the hint asks for everyone instead of a thousand conditions', () => {
    const wide = (length: number) => segment('s', any(...Array.from({ length }, (_, i) => field('x').equals(i))));
    expect(hint([wide(900)])).toMatchObject({ rule: { any: expect.arrayContaining([field('x').equals(899)]) } });
    expect(hint([wide(1_100)])).toMatchObject({ rule: everyone });
    expect(hint([wide(998)])).not.toMatchObject({ rule: everyone });
    expect(hint([wide(999)])).toMatchObject({ rule: everyone });
    expect(hint([segment('o', not(inSegment('s'))), wide(1_100)])).toMatchObject({ rule: everyone });
  });

  it('the hint stays small if segments multiply', () => {
    const tower = Array.from({ length: 40 }, (_, i) =>
      segment(`${i}`, i === 0 ? x : all(inSegment(`${i - 1}`), inSegment(`${i - 1}`))),
    ).toReversed();
    expect(hint(tower)).toMatchObject({ rule: everyone });
    expect(hint([segment('none', not(inSegment('39'))), ...tower])).toMatchObject({ rule: everyone });
  });
});

const ids = ['0', '1', '2', '3'];
const leaf = fc.constantFrom<Rule>(x, y, field('x').blank(), everyone, any());

/** Rules that refer to segments before the one of this index. */
const ruleBelow = (index: number): fc.Arbitrary<Rule> =>
  fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      index === 0 ? leaf : fc.oneof(leaf, fc.constantFrom(...ids.slice(0, index)).map(inSegment)),
      tie('rule').map(not),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((rules) => all(...rules)),
      fc.array(tie('rule'), { maxLength: 3 }).map((rules) => any(...rules)),
    ),
  })).rule;
const segmentsOf = fc.tuple(
  ...ids.map((id, i) => fc.option(ruleBelow(i), { nil: undefined }).map((rule) => segment(id, rule))),
);
const learner: fc.Arbitrary<Learner> = fc.record({
  id: fc.constant('a'),
  profile: fc.record({ x: fc.constantFrom(1, 2, null), y: fc.constantFrom(1, 2) }),
  segments: fc.subarray(ids),
});

describe('the hint for an audience, over nested segments with negations', () => {
  it('the hint includes the whole audience, and names no segment', () => {
    fc.assert(
      fc.property(segmentsOf, fc.option(ruleBelow(4), { nil: undefined }), learner, (segments, profile, who) => {
        const catalog = catalogOf({ segments, links: [link('l', '3', 'c', profile), link('m', '1', 'd')] });
        const matcher = compile(catalog);
        const asked = matchingOf(matcher, ['l', 'm'])!;
        expect(references(asked.rule).size).toBe(0);
        const found = matches(asked.rule, who) || who.segments!.some((id) => asked.placedIn.includes(id));
        const audience = diff(matcher, [stateOf('a', { learner: who })]).diffs.length > 0;
        expect(audience).toBe(
          (matches(inSegment('3'), who, catalog) && (!profile || matches(profile, who, catalog))) ||
            matches(inSegment('1'), who, catalog),
        );
        expect(found || !audience).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
