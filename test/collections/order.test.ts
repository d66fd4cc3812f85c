import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAssignments, compareIds, isSorted } from '../../src/collections/order.js';

/** By the book: code points one after the other, a lone surrogate being one. */
function byCodePoint(a: string, b: string): number {
  const x = [...a].map((char) => char.codePointAt(0)!);
  const y = [...b].map((char) => char.codePointAt(0)!);
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return Math.sign(x[i]! - y[i]!);
  return Math.sign(x.length - y.length);
}

const units = ['A', '\ud7ff', '\ud800', '\udbff', '\udc00', '\udfff', '\ue000', '\uffff'];
const ids = fc.array(fc.constantFrom(...units), { maxLength: 5 }).map((list) => list.join(''));

describe('§7.14 the order of ids', () => {
  it.each([
    ['', '', 0],
    ['', 'a', -1],
    ['a', 'b', -1],
    ['a', 'a', 0],
    ['a', 'ab', -1],
    ['B', 'a', -1],
    ['10', '9', -1],
    ['a\uffff', 'a😀', -1],
    ['\ue000', '\u{10000}', -1],
    ['\ud7ff', '\u{10000}', -1],
    ['😀', '😁', -1],
    ['😀a', '😀b', -1],
    ['\ud83d', '😀', -1],
    ['\ud83d', '\uffff', -1],
    ['\ud83da', '😀', -1],
    ['\ud83d\ue000', '😀', -1],
    ['\ud800\ud800', '\ud800\ue000', -1],
    ['\ud800\ud801', '\ud800\u{10000}', -1],
    ['\udc00', '\udc01', -1],
    ['\udc00', '\ue000', -1],
    ['\udc00', '😀', -1],
  ])('compareIds of %j and %j is %i', (a, b, expected) => {
    expect(Math.sign(compareIds(a, b))).toBe(expected);
    expect(Math.sign(compareIds(b, a)) + expected).toBe(0);
  });

  it('ids are ordered by code point, including lone surrogates', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        expect(Math.sign(compareIds(a, b))).toBe(byCodePoint(a, b));
      }),
      { numRuns: 3_000 },
    );
  });

  it('the order of ids is independent of the locale', () => {
    expect(['z', 'ä', 'Z', 'a'].sort(compareIds)).toEqual(['Z', 'a', 'z', 'ä']);
  });
});

const assignment = (courseId: string, linkId: string) => ({ courseId, linkId, segmentId: 's' });

describe('the order of assignments', () => {
  it('assignments are ordered by course first', () => {
    expect(compareAssignments(assignment('a', 'z'), assignment('b', 'y'))).toBeLessThan(0);
    expect(compareAssignments(assignment('b', 'y'), assignment('a', 'z'))).toBeGreaterThan(0);
  });

  it('assignments of one course are ordered by link', () => {
    expect(compareAssignments(assignment('a', 'y'), assignment('a', 'z'))).toBeLessThan(0);
    expect(compareAssignments(assignment('a', 'z'), assignment('a', 'y'))).toBeGreaterThan(0);
    expect(compareAssignments(assignment('a', 'z'), assignment('a', 'z'))).toBe(0);
  });
});

describe('isSorted', () => {
  it.each([
    [[], true],
    [['a'], true],
    [['a', 'b'], true],
    [['a', 'a'], true],
    [['b', 'a'], false],
    [['a', 'c', 'b'], false],
    [['b', 'a', 'c'], false],
    [['a', 'b', 'b', 'c'], true],
  ])('isSorted(%j) is %s', (items, sorted) => {
    expect(isSorted(items, compareIds)).toBe(sorted);
  });

  it('isSorted compares each item with the one before it, once', () => {
    const compared: string[] = [];
    isSorted(['a', 'b', 'c'], (a, b) => {
      compared.push(a + b);
      return 0;
    });
    expect(compared).toEqual(['ab', 'bc']);
  });
});
