import { describe, expect, it } from 'vitest';
import type { Trace } from '../../src/model/diff.js';
import { failing } from '../../src/reconcile/explain/failing.js';

const leaf = (field: string, holds = false): Trace => ({ holds, field, op: 'equals', value: 'x', blank: false });
const yes = leaf('yes', true);
const [a, b, c] = [leaf('a'), leaf('b'), leaf('c')] as const;
const inner: Trace = { holds: false, segment: 's', placed: false, rule: a };
const none: Trace = { holds: false, any: [] };
const negated: Trace = { holds: false, not: yes };
const byHand: Trace = { holds: false, segment: 't', placed: false };

const both = (...all: readonly Trace[]): Trace => ({ holds: false, all });

describe('the smallest failing part', () => {
  it.each<[string, Trace, readonly Trace[]]>([
    ['empty for a trace that holds', yes, []],
    ['a leaf', a, [a]],
    ['every failing part of an all', { holds: false, all: [a, yes, b] }, [a, b]],
    ['the smallest part of an any', { holds: false, any: [{ holds: false, all: [a, b] }, c] }, [c]],
    [
      'the smallest part of an any, without the parts that hold',
      { holds: false, any: [both(a, b), both(c, yes, yes)] },
      [c],
    ],
    ['an empty any, counted as one part', { holds: false, any: [both(a, b), none] }, [none]],
    ['a negation, counted as one part', { holds: false, any: [both(a, b), negated] }, [negated]],
    ['a placement, counted as one part', { holds: false, any: [both(a, b), byHand] }, [byHand]],
    ['the failing part of a segment’s rule', { holds: false, any: [both(b, c), inner] }, [a]],
    [
      'the smaller alternative to a segment',
      { holds: false, any: [{ holds: false, segment: 's', placed: false, rule: both(a, b) }, c] },
      [c],
    ],
    [
      'an any, counted as its smallest part',
      { holds: false, any: [both(a, b), { holds: false, any: [both(a, b), c] }] },
      [c],
    ],
    [
      'a leaf rather than an any with more failing parts',
      { holds: false, any: [{ holds: false, any: [both(a, b)] }, c] },
      [c],
    ],
    ['the first of equally small parts', { holds: false, any: [a, b] }, [a]],
    ['an empty any', none, [none]],
    ['a negation as a whole', negated, [negated]],
    [
      'all failing parts of a segment’s rule',
      { holds: false, segment: 't', placed: false, rule: { holds: false, all: [a, b] } },
      [a, b],
    ],
    ['a segment without a rule', byHand, [byHand]],
    ['a part that fails in several places, once', { holds: false, all: [inner, inner] }, [a]],
    [
      'an any in an all',
      {
        holds: false,
        all: [
          { holds: false, any: [a, b] },
          { holds: true, any: [yes, c] },
        ],
      },
      [a],
    ],
  ])('the smallest failing part is %s', (_, trace, parts) => {
    expect(failing(trace)).toEqual(parts);
  });

  it('a segment that occurs in many places fails once', () => {
    let trace: Trace = { holds: false, segment: 's', placed: false, rule: a };
    for (let i = 0; i < 40; i++)
      trace = { holds: false, segment: `${i}`, placed: false, rule: { holds: false, all: [trace, trace] } };
    expect(failing(trace)).toEqual([a]);
  });

  it('a segment that thousands of segments refer to is evaluated a few times, not once for each of them', () => {
    const n = 2_000;
    let looks = 0;
    const shared = Array.from(
      { length: n },
      (_, i): Trace => ({
        holds: false,
        segment: `${i}`,
        placed: false,
        get rule() {
          looks++;
          return leaf(`${i}`);
        },
      }),
    );
    const users = shared.map(
      (_, i): Trace => ({
        holds: false,
        segment: `user ${i}`,
        placed: false,
        rule:
          i % 2
            ? { holds: false, all: shared }
            : {
                holds: false,
                any: [
                  { holds: false, all: [...shared, a] },
                  { holds: false, all: shared },
                ],
              },
      }),
    );
    expect(failing({ holds: false, all: users })).toHaveLength(n);
    expect(looks).toBeLessThanOrEqual(5 * n);
  });
});
