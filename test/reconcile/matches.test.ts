import { describe, expect, it } from 'vitest';
import type { Learner } from '../../src/model/learner.js';
import { matches } from '../../src/reconcile/matches.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { ruleFromList } from '../../src/rules/rule-list.js';
import { segment } from '../catalog/catalog-of.js';
import { caught } from '../caught.js';

const ann: Learner = { id: 'ann', profile: { site: ' bristol', age: 40, tags: ['x', 'y'] }, segments: ['hand'] };
const segments = [
  segment('hand'),
  segment('rule', field('age').gt(30)),
  segment('outer', all(inSegment('rule'), inSegment('hand'))),
  segment('broken', all()),
  segment('over', inSegment('broken')),
  segment('cycle', inSegment('cycle')),
];
const catalog = { segments };
const fields = [
  { id: 'site', type: 'text' },
  { id: 'age', type: 'number' },
] as const;

describe('matches', () => {
  it.each([
    [everyone, true],
    [any(), false],
    [field('site').equals('Bristol'), true],
    [not(field('site').equals('Bristol')), false],
    [field('tags').equals('Y'), true],
    [ruleFromList([field('age').lt(1), 'and', everyone, 'or', field('age').gt(39)]), true],
    [ruleFromList([field('age').gt(39), 'or', everyone, 'and', field('age').lt(1)]), true],
    [ruleFromList([field('age').lt(1), 'or', everyone, 'and', field('age').lt(1)]), false],
  ])('matches needs no catalog for a rule without segments: %j', (rule, expected) => {
    expect(matches(rule, ann)).toBe(expected);
  });

  it.each([
    [inSegment('hand'), true],
    [inSegment('rule'), true],
    [inSegment('outer'), true],
    [not(inSegment('outer')), false],
  ])('§7.7 matches looks segments up: %j', (rule, expected) => {
    expect(matches(rule, ann, catalog)).toBe(expected);
  });

  it('§1 a segment matches by its rule and by placement', () => {
    const member = { id: 'member', profile: {} };
    expect(matches(inSegment('rule'), member, catalog)).toBe(false);
    expect(matches(inSegment('rule'), { ...member, segments: ['rule'] }, catalog)).toBe(true);
    expect(matches(inSegment('outer'), { ...ann, segments: [] }, catalog)).toBe(false);
    expect(matches(inSegment('hand'), { ...ann, segments: [] }, catalog)).toBe(false);
  });

  it('matches treats an inactive learner like an active one', () => {
    expect(matches(everyone, { ...ann, active: false })).toBe(true);
  });

  it('matches compares in the declared types', () => {
    const rule = field('when').equals('2026-03-01');
    const dated = { id: 'a', profile: { when: '2026-03-01T01:00+01:00' } };
    expect(matches(rule, dated, { segments: [], fields: [{ id: 'when', type: 'date' }] })).toBe(true);
    expect(matches(rule, dated)).toBe(false);
  });
});

describe('matches rejects invalid input', () => {
  it('§7.7 matches rejects missing segments, all of them', () => {
    expect(caught(() => matches(all(inSegment('a'), not(inSegment('b')), inSegment('broken')), ann, catalog))).toEqual({
      code: 'unknown_segment',
      details: { segmentIds: ['a', 'b'] },
    });
    expect(caught(() => matches(inSegment('hand'), ann))?.code).toBe('unknown_segment');
  });

  it.each([
    [all(everyone, all()), 'empty_all', ['rule', 'all', 1, 'all']],
    [field('other').blank(), 'unknown_field', ['rule', 'field']],
    [not(field('site').lt(1)), 'operator_misfit', ['rule', 'not', 'op']],
    [any(field('age').equals('1')), 'value_misfit', ['rule', 'any', 0, 'value']],
    [field('site').equals(' '), 'blank_value', ['rule', 'value']],
  ])('matches rejects a rule that cannot be evaluated: %j', (rule, code, path) => {
    const error = caught(() => matches(rule, ann, { segments: [], fields }));
    expect(error).toMatchObject({ code: 'invalid_input', details: { issues: [{ code, path }] } });
  });

  it.each([
    ['broken', 'The rule of segment "broken" cannot be evaluated: an empty "all" is ambiguous'],
    ['over', 'The rule of segment "broken" cannot be evaluated: an empty "all" is ambiguous'],
    ['cycle', 'The rule of segment "cycle" is part of, or refers to, a cycle'],
  ])('matches rejects a segment that cannot be evaluated: %s', (id, message) => {
    const error = caught(() => matches(inSegment(id), ann, catalog));
    expect(error).toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ code: 'value_misfit', path: ['rule'], message: expect.stringContaining(message) }] },
    });
  });

  it('matches rejects a malformed learner without showing the profile', () => {
    const wrong = { id: 'a', profile: { age: 'secret' } };
    expect(caught(() => matches(everyone, wrong, { segments: [], fields }))).toEqual({
      code: 'invalid_input',
      details: {
        issues: [
          {
            code: 'wrong_type',
            path: ['learner'],
            message: 'Profile field "age" is declared as number but holds text.',
          },
        ],
      },
    });
    expect(matches(everyone, wrong)).toBe(true);
  });
});
