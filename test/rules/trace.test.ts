import { describe, expect, it } from 'vitest';
import type { FieldType, Learner } from '../../src/model/learner.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { Tracer } from '../../src/rules/trace.js';
import { segment } from '../catalog/catalog-of.js';

const who: Learner = { id: 'a', profile: { site: 'secret', list: ['', 'x'], n: 3 }, segments: ['by-hand', 'missing'] };
const segments = [
  segment('by-hand'),
  segment('by-rule', field('n').gt(1)),
  segment('both', field('n').gt(5)),
  segment('nested', inSegment('by-rule')),
];
const tracer = (learner = who, types?: ReadonlyMap<string, FieldType>) =>
  new Tracer(learner, types, new Map(segments.map((one) => [one.id, one])));

describe('a trace', () => {
  const site = { field: 'site', op: 'equals', value: 'Bristol', blank: false, holds: false };
  const n = { field: 'n', op: 'gt', value: 1, blank: false, holds: true };

  it.each([
    [everyone, { holds: true, everyone: true }],
    [field('site').equals('Bristol'), site],
    [field('n').gt(1), n],
    [field('other').equals('x'), { field: 'other', op: 'equals', value: 'x', blank: true, holds: false }],
    [field('other').blank(), { field: 'other', op: 'blank', blank: true, holds: true }],
    [field('site').blank(), { field: 'site', op: 'blank', blank: false, holds: false }],
    [field('list').in(['X']), { field: 'list', op: 'in', value: ['X'], blank: false, holds: true }],
    [not(field('n').gt(1)), { holds: false, not: n }],
    [all(field('n').gt(1), everyone), { holds: true, all: [n, { holds: true, everyone: true }] }],
    [all(field('n').gt(1), field('site').equals('Bristol')), { holds: false, all: [n, site] }],
    [any(field('n').gt(1), field('site').equals('Bristol')), { holds: true, any: [n, site] }],
    [any(field('site').equals('Bristol')), { holds: false, any: [site] }],
    [any(), { holds: false, any: [] }],
  ])('of %j', (rule, trace) => {
    expect(tracer().trace(rule)).toEqual(trace);
  });

  it.each([
    ['by-hand', { holds: true, segment: 'by-hand', placed: true }],
    ['by-rule', { holds: true, segment: 'by-rule', placed: false, rule: n }],
    ['both', { holds: false, segment: 'both', placed: false, rule: { ...n, value: 5, holds: false } }],
    ['missing', { holds: true, segment: 'missing', placed: true }],
    [
      'nested',
      {
        holds: true,
        segment: 'nested',
        placed: false,
        rule: { holds: true, segment: 'by-rule', placed: false, rule: n },
      },
    ],
  ])('of membership of %s says whether by hand or by rule', (id, trace) => {
    expect(tracer().trace(inSegment(id))).toEqual(trace);
  });

  it('of a learner placed nowhere', () => {
    const trace = tracer({ id: 'b', profile: {} }).segment('by-hand');
    expect(trace).toEqual({ holds: false, segment: 'by-hand', placed: false });
  });

  it('of somebody whom the rule leaves out but a hand placed', () => {
    const trace = tracer({ id: 'b', profile: {}, segments: ['both'] }).segment('both');
    expect(trace).toMatchObject({ holds: true, placed: true, rule: { holds: false, blank: true } });
  });

  it('compares as the field is declared', () => {
    const dated = { id: 'a', profile: { d: '2026-03-01T01:00+01:00' } };
    const rule = field('d').equals('2026-03-01');
    expect(tracer(dated, new Map([['d', 'date']])).trace(rule).holds).toBe(true);
    expect(tracer(dated).trace(rule).holds).toBe(false);
  });

  it('evaluates a segment once', () => {
    const one = tracer();
    expect(one.segment('by-rule')).toBe(one.segment('by-rule'));
  });

  it('shows no value of the profile', () => {
    const rules = [field('site').equals('Bristol'), field('site').blank(), not(field('site').contains('cr'))];
    expect(JSON.stringify(tracer().trace(all(...rules)))).not.toContain('secret');
  });
});
