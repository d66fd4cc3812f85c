import { describe, expect, it } from 'vitest';
import type { FieldType, Learner } from '../../src/model/learner.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { Tracer, writtenOut } from '../../src/rules/trace.js';
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
  ])('the trace of %j records which parts hold', (rule, trace) => {
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
  ])('the trace of membership of %s records whether it is by hand or by rule', (id, trace) => {
    expect(tracer().trace(inSegment(id))).toEqual(trace);
  });

  it('a learner without placements has a trace', () => {
    const trace = tracer({ id: 'b', profile: {} }).segment('by-hand');
    expect(trace).toEqual({ holds: false, segment: 'by-hand', placed: false });
  });

  it('a learner placed by hand is a member although the rule does not hold', () => {
    const trace = tracer({ id: 'b', profile: {}, segments: ['both'] }).segment('both');
    expect(trace).toMatchObject({ holds: true, placed: true, rule: { holds: false, blank: true } });
  });

  it('a trace compares in the declared type', () => {
    const dated = { id: 'a', profile: { d: '2026-03-01T01:00+01:00' } };
    const rule = field('d').equals('2026-03-01');
    expect(tracer(dated, new Map([['d', 'date']])).trace(rule).holds).toBe(true);
    expect(tracer(dated).trace(rule).holds).toBe(false);
  });

  it('a trace evaluates a segment once', () => {
    const one = tracer();
    expect(one.segment('by-rule')).toBe(one.segment('by-rule'));
  });

  it('a trace shows no profile value', () => {
    const rules = [field('site').equals('Bristol'), field('site').blank(), not(field('site').contains('cr'))];
    expect(JSON.stringify(tracer().trace(all(...rules)))).not.toContain('secret');
  });

  it('a trace reads a field once, however many rules ask for it', () => {
    let reads = 0;
    const profile = Object.defineProperty({}, 'site', { get: () => `Bristol ${++reads}`, enumerable: true });
    const one = tracer({ id: 'a', profile });
    one.trace(any(field('site').equals('a'), field('site').startsWith('b'), not(field('site').blank())));
    one.trace(field('site').contains('c'));
    expect(reads).toBe(1);
  });
});

describe('a trace written out', () => {
  const one = tracer();
  const nested = one.segment('nested');
  const byRule = one.segment('by-rule');
  const { rule: _, ...short } = byRule as Extract<typeof byRule, { segment: string }>;

  it("a segment's rule is written out at its first occurrence", () => {
    expect(writtenOut(nested)).toEqual(nested);
    expect(writtenOut({ holds: true, all: [nested, byRule, byRule] })).toEqual({
      holds: true,
      all: [nested, short, short],
    });
    expect(writtenOut({ holds: true, any: [byRule, { holds: false, not: nested }] })).toEqual({
      holds: true,
      any: [byRule, { holds: false, not: { ...nested, rule: short } }],
    });
    expect(byRule).toHaveProperty('rule');
  });

  it('every explanation has its own copy of a trace, as plain data', () => {
    expect(writtenOut(nested)).toEqual(writtenOut(nested));
    for (const trace of [one.trace(everyone), one.segment('by-hand'), one.trace(any())])
      expect(writtenOut(trace)).toEqual(trace);
  });

  it('a trace does not double with every segment that refers to another twice', () => {
    const chain = [segment('0', field('n').gt(1))];
    for (let i = 1; i < 20; i++) {
      const before = inSegment(`${i - 1}`);
      chain.push(segment(`${i}`, any(before, all(before))));
    }
    const last = new Tracer(who, undefined, new Map(chain.map((each) => [each.id, each]))).segment('19');
    expect(JSON.stringify(writtenOut(last)).length).toBeLessThan(100_000);
  });
});
