import { describe, expect, it } from 'vitest';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { parseCatalog, parseEdits, parseRule } from '../../src/validate/parse.js';
import { issuesOf, linesOf } from './issues-of.js';

const site = field('site');

function nested(depth: number): unknown {
  let rule: unknown = everyone;
  for (let i = 1; i < depth; i++) rule = i % 2 ? { not: rule } : { all: [rule] };
  return rule;
}

describe('a rule', () => {
  it.each([
    ['everyone', everyone],
    ['a segment', inSegment('__proto__')],
    ['empty lists, which are checked where the rule is used', { all: [{ any: [] }, { all: [] }] }],
    ['every operator on text', all(site.equals('a'), site.contains('b'), site.startsWith('c'), site.endsWith('d'))],
    ['every operator on order', any(site.lt(1), site.lte('2026-01-01'), site.gt(-0.5), site.gte(0))],
    ['lists', any(site.in(['a', 'b']), site.in([1, 2]), site.in([]))],
    ['negation and blank', not(all(site.blank(), field('').equals(false)))],
  ])('a rule is copied: %s', (_, rule) => {
    const copy = parseRule(rule);
    expect(copy).toEqual(rule);
    expect(copy).not.toBe(rule);
    expect(Object.isFrozen(copy)).toBe(true);
  });

  it('the copy of a rule shares nothing with its input', () => {
    const input = { all: [{ field: 'a', op: 'in', value: ['x'] }] };
    const copy = parseRule(input);
    input.all[0]!.value.push('y');
    input.all.pop();
    expect(copy).toEqual({ all: [{ field: 'a', op: 'in', value: ['x'] }] });
  });

  it.each([
    ['no object', 7, ['wrong_type']],
    ['null', null, ['wrong_type']],
    ['a list', [], ['wrong_type']],
    ['no shape', {}, ['wrong_type']],
    ['two shapes', { all: [], any: [] }, ['wrong_type']],
    ['a shape and a condition', { not: everyone, field: 'a', op: 'blank' }, ['wrong_type']],
    ['an inherited shape', Object.create({ everyone: true }), ['wrong_type']],
    ['an unknown key', { everyone: true, note: 1 }, ['unknown_key note']],
    ['a key of a condition in another rule', { not: everyone, value: 1 }, ['unknown_key value']],
    ['an operator in a list', { field: 'a', op: ['equals'], value: 'a' }, ['wrong_type op']],
    ['not everyone', { everyone: false }, ['wrong_type everyone']],
    ['a list that is none', { all: everyone }, ['wrong_type all']],
    ['a hole', { any: new Array(1) }, ['wrong_type any.0']],
    ['a segment that is no id', { segment: 1 }, ['wrong_type segment']],
    ['a long id', { segment: 'x'.repeat(1001) }, ['too_long segment']],
    ['no field', { op: 'equals', value: 'a' }, ['wrong_type field']],
    ['no operator', { field: 'a' }, ['wrong_type op']],
    ['an operator of every object', { field: 'a', op: 'toString', value: 'a' }, ['wrong_type op']],
    ['a value for blank', { field: 'a', op: 'blank', value: 1 }, ['unknown_key value']],
    ['no value', { field: 'a', op: 'equals' }, ['wrong_type value']],
    ['an infinite number', { field: 'a', op: 'lt', value: Number.POSITIVE_INFINITY }, ['wrong_type value']],
    ['a boolean to compare with', { field: 'a', op: 'lt', value: true }, ['wrong_type value']],
    ['a bigint', { field: 'a', op: 'equals', value: 1n }, ['wrong_type value']],
    ['a number in text', { field: 'a', op: 'contains', value: 1 }, ['wrong_type value']],
    ['a text where a list is due', { field: 'a', op: 'in', value: 'a' }, ['wrong_type value']],
    [
      'a mixed list',
      { field: 'a', op: 'in', value: ['a', 1, 'b', null] },
      ['wrong_type value.1', 'wrong_type value.3'],
    ],
    ['a long value', { field: 'a', op: 'equals', value: 'x'.repeat(10_001) }, ['too_long value']],
    ['a long value in a list', { field: 'a', op: 'in', value: ['x'.repeat(10_001)] }, ['too_long value.0']],
    [
      'several things, each where it is',
      { all: [{ not: { segment: 1 } }, everyone, { field: 2, op: 'in', value: [true] }] },
      ['wrong_type all.0.not.segment', 'wrong_type all.2.field', 'wrong_type all.2.value.0'],
    ],
  ])('a rule is rejected: %s', (_, rule, lines) => {
    expect(linesOf(() => parseRule(rule))).toEqual(lines);
  });

  it('a rule may be 50 levels deep, not 51', () => {
    expect(parseRule(nested(50))).toEqual(nested(50));
    expect(issuesOf(() => parseRule(nested(51)))[0]).toMatchObject({ code: 'too_deep' });
  });

  it('a rule may have 10,000 conditions, not 10,001; each value of a list counts as one', () => {
    const conditions = (length: number) => Array.from({ length }, () => everyone);
    expect(parseRule({ all: conditions(10_000) })).toHaveProperty('all.length', 10_000);
    expect(linesOf(() => parseRule({ all: conditions(10_001) }))).toEqual(['too_wide']);
    expect(parseRule({ all: conditions(10_000).map((rule) => ({ not: rule })) })).toHaveProperty('all.length', 10_000);
    const values = Array.from({ length: 9_999 }, (_, i) => i);
    expect(parseRule(any(site.in(values), everyone))).toBeDefined();
    expect(linesOf(() => parseRule(any(site.in(values), everyone, site.blank())))).toEqual(['too_wide']);
    expect(linesOf(() => parseRule({ field: 'a', op: 'in', value: new Array(2 ** 32 - 1) }))).toEqual(['too_wide']);
  });

  it('a rule may have 1,000,000 characters of ids and values, not more', () => {
    const equals = Array.from({ length: 100 }, () => ({ field: '', op: 'equals', value: 'x'.repeat(10_000) }));
    expect(parseRule({ any: equals })).toHaveProperty('any.length', 100);
    for (const more of [{ field: 'a', op: 'blank' }, { segment: 's' }, { field: '', op: 'in', value: ['', 'x'] }]) {
      const [issue] = issuesOf(() => parseRule({ any: [...equals, more, 5] }));
      expect(issue).toMatchObject({ code: 'too_long', path: [] });
      expect(issue?.message).toContain('use several segments');
    }
  });

  it.each(['contains', 'startsWith', 'endsWith'])('a rule may have 100,000 characters in %s, not more', (op) => {
    const searching = (length: number) => Array.from({ length }, () => ({ field: 'f', op, value: 'x'.repeat(9_990) }));
    const rest = { field: 'f', op: 'contains', value: 'x'.repeat(100) };
    expect(parseRule({ any: [...searching(10), rest] })).toHaveProperty('any.length', 11);
    const rule = { any: searching(2_000) };
    const [issue] = issuesOf(() => parseEdits({ type: 'link', link: { id: '', segmentId: '', courseId: '', rule } }));
    expect(issue).toMatchObject({ code: 'too_long', path: ['link', 'rule'] });
    expect(issue?.message).toContain('100,000 characters in contains, startsWith and endsWith');
  });

  it('a stored rule of any length is read, so that it can be edited', () => {
    const rule = { any: Array.from({ length: 200 }, () => ({ field: '', op: 'contains', value: 'x'.repeat(10_000) })) };
    const catalog = { revision: 0, courses: [], segments: [{ id: '', title: '', rule }], links: [], unsettled: [] };
    expect(parseCatalog(catalog)).toBe(catalog);
  });

  it('a rule that refers to itself is rejected without reading on', () => {
    const cycle: { all: unknown[] } = { all: [] };
    cycle.all.push(cycle, cycle);
    const [issue, ...others] = issuesOf(() => parseRule(cycle));
    expect(issue).toMatchObject({ code: 'too_deep', path: { length: 100 } });
    expect(issue?.message).toContain('refer to itself');
    expect(others).toEqual([]);
  });

  it.each([
    ['conditions', everyone],
    ['empty lists', { any: [] }],
    ['lists of no value', site.in([])],
    ['faults', 1],
    ['faults in a list', { all: 1 }],
  ])('a rule that shared objects multiply is rejected without reading on: %s', (_, leaf) => {
    let rule: unknown = leaf;
    for (let i = 0; i < 45; i++) rule = { any: [rule, rule] };
    expect(issuesOf(() => parseRule(rule)).length).toBeLessThanOrEqual(1_000);
  });

  it('issues name what was expected, not the value that was found', () => {
    const [issue] = issuesOf(() => parseRule({ field: 'a', op: 'lt', value: ['secret'] }));
    expect(issue?.message).toBe('expected a finite number or text, not a list');
  });

  it('a rule whose property throws is rejected, with the error as the cause', () => {
    const cause = new Error('lazy');
    const rule = Object.defineProperty({}, 'all', {
      enumerable: true,
      get() {
        throw cause;
      },
    });
    expect(() => parseRule(rule)).toThrow(expect.objectContaining({ code: 'invalid_input', cause }));
    expect(issuesOf(() => parseRule(rule))).toEqual([
      { code: 'wrong_type', path: [], message: expect.stringContaining('a property threw') },
    ]);
  });
});
