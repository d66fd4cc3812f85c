import { describe, expect, it } from 'vitest';
import { findCycle, orderSegments, withDependents } from '../../src/catalog/graph.js';
import { all, any, everyone, inSegment, not } from '../../src/rules/build.js';
import { segment } from './catalog-of.js';

const ids = (segments: readonly { id: string }[]) => segments.map(({ id }) => id);

describe('orderSegments', () => {
  it('orderSegments puts each segment after those that it refers to', () => {
    const { ordered, circular, depths } = orderSegments([
      segment('d', all(inSegment('b'), inSegment('c'))),
      segment('c', any(inSegment('a'), inSegment('b'))),
      segment('b', not(inSegment('a'))),
      segment('a', everyone),
      segment('lone'),
    ]);
    expect(circular).toEqual([]);
    expect(ids(ordered).filter((id) => id !== 'lone')).toEqual(['a', 'b', 'c', 'd']);
    expect(Object.fromEntries(depths)).toEqual({ a: 1, b: 2, c: 3, d: 4, lone: 1 });
    expect(ordered).toHaveLength(5);
  });

  it('orderSegments separates segments on a cycle, or that refer to one', () => {
    const { ordered, circular } = orderSegments([
      segment('refers', inSegment('x')),
      segment('x', inSegment('y')),
      segment('y', all(inSegment('x'), inSegment('used'))),
      segment('self', inSegment('self')),
      segment('used'),
    ]);
    expect(ids(ordered)).toEqual(['used']);
    expect(ids(circular)).toEqual(['refers', 'x', 'y', 'self']);
  });

  it('orderSegments ignores references to missing segments', () => {
    expect(ids(orderSegments([segment('a', inSegment('missing'))]).ordered)).toEqual(['a']);
  });

  it('orderSegments supports a long chain', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => segment(`${i}`, i ? inSegment(`${i - 1}`) : everyone));
    expect(orderSegments(chain.toReversed()).ordered).toHaveLength(20_000);
  });
});

describe('findCycle', () => {
  const x = segment('x', any(inSegment('outside'), inSegment('y')));
  const y = segment('y', inSegment('z'));
  const z = segment('z', inSegment('x'));
  const refers = segment('refers', inSegment('y'));

  it.each([
    [x, ['x', 'y', 'z']],
    [z, ['z', 'x', 'y']],
    [refers, ['y', 'z', 'x']],
  ])('findCycle returns the cycle in order of reference', (start, cycle) => {
    expect(findCycle([x, y, z, refers], start)).toEqual(cycle);
  });
});

describe('withDependents', () => {
  const segments = [
    segment('a'),
    segment('b', inSegment('a')),
    segment('c', inSegment('b')),
    segment('d', inSegment('a')),
  ];

  it.each([
    [[], []],
    [['a'], ['a', 'b', 'c', 'd']],
    [['b'], ['b', 'c']],
    [['c'], ['c']],
    [['missing'], ['missing']],
  ])('withDependents(%j) is %j', (from, reached) => {
    expect([...withDependents(from, segments)].sort()).toEqual(reached);
  });
});
