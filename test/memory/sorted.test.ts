import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { compareIds } from '../../src/collections/order.js';
import { Sorted } from '../../src/memory/sorted.js';

const id = fc.oneof(
  fc.nat(40).map(String),
  fc.constantFrom('', '__proto__', 'constructor', '\u{1f600}', '\ud83d', '\ude00', '\uffff', 'z'),
);

const sortedIds = () => new Sorted<string>((id) => id);
const all = Number.POSITIVE_INFINITY;

describe('sorted items', () => {
  test('sorted items return the same ranges as a sorted set', () => {
    const step = fc.record({ add: fc.boolean(), id });
    fc.assert(
      fc.property(
        fc.array(step),
        fc.option(id, { nil: undefined }),
        fc.option(id, { nil: undefined }),
        fc.nat(5),
        (steps, after, upTo, few) => {
          const ids = sortedIds();
          const model = new Set<string>();
          for (const step of steps) {
            if (step.add) ids.add(step.id);
            else ids.delete(step.id);
            if (step.add) model.add(step.id);
            else model.delete(step.id);
          }
          const expected = [...model]
            .sort(compareIds)
            .filter(
              (id) =>
                (after === undefined || compareIds(id, after) > 0) && (upTo === undefined || compareIds(id, upTo) <= 0),
            );
          expect(ids.between(after, upTo)(all)).toEqual(expected);
          const next = ids.between(after, upTo);
          expect([...next(few), ...next(0), ...next(all)]).toEqual(expected);
          expect(next(all)).toEqual([]);
          expect(ids.empty).toBe(model.size === 0);
        },
      ),
    );
  });

  test('sorted items stay in order through thousands of insertions and deletions', () => {
    const ids = sortedIds();
    const many = Array.from({ length: 5_000 }, (_, i) => String((i * 2_741) % 5_000).padStart(4, '0'));
    for (const id of [...many, ...many]) ids.add(id);
    expect(ids.between()(all)).toEqual([...many].sort(compareIds));
    for (const id of many.slice(0, 4_000)) ids.delete(id);
    const left = many.slice(4_000).sort(compareIds);
    expect(ids.between()(all)).toEqual(left);
    for (const after of many) {
      expect(ids.between(after)(2)).toEqual(left.filter((id) => compareIds(id, after) > 0).slice(0, 2));
    }
    for (const id of left) ids.delete(id);
    expect(ids.empty).toBe(true);
  });

  test('sorted items are replaced and found by id', () => {
    const people = new Sorted<{ id: string; name: string }>(({ id }) => id);
    for (const name of ['Ada', 'Grace']) for (const id of ['b', 'a']) people.add({ id, name });
    expect(people.between('a', 'b')(all)).toEqual([{ id: 'b', name: 'Grace' }]);
    people.delete('b');
    expect(people.between()(all)).toEqual([{ id: 'a', name: 'Grace' }]);
  });
});

describe('the cost of sorted items in comparisons and moves', () => {
  /** A list of these ids, and how many ids a call reads. */
  const counted = (given: readonly string[]) => {
    let looked = 0;
    const ids = new Sorted<string>((id) => {
      looked++;
      return id;
    });
    for (const id of given) ids.add(id);
    return {
      ids,
      cost: (call: () => void) => {
        looked = 0;
        call();
        return looked;
      },
    };
  };
  const padded = (i: number) => String(i).padStart(6, '0');
  const many = Array.from({ length: 20_000 }, (_, i) => padded(2 * i));

  test('adding in order costs one comparison', () => {
    const { ids, cost } = counted(many);
    expect(cost(() => ids.append(padded(40_000)))).toBe(2);
    expect(cost(() => ids.add(padded(40_001)))).toBe(2);
    expect(cost(() => ids.append(padded(3)))).toBe(2);
  });

  test('adding, replacing, deleting and starting a range cost a binary search', () => {
    const { ids, cost } = counted(many);
    for (const i of [1, 513, 1_023, 9_999, 20_001, 39_997]) {
      expect(cost(() => ids.add(padded(i)))).toBeLessThan(25);
      expect(cost(() => ids.between(padded(i)))).toBeLessThan(25);
      expect(cost(() => ids.delete(padded(i)))).toBeLessThan(25);
      expect(cost(() => ids.delete(padded(i)))).toBeLessThan(25);
    }
    expect(ids.between()(all)).toEqual(many);
  });

  test('a range over many chunks reads only up to its end', () => {
    const { ids } = counted(many);
    const inside = many.filter((id) => id > padded(99) && id <= padded(30_001));
    expect(ids.between(padded(99), padded(30_001))(all)).toEqual(inside);
    expect(ids.between(undefined, padded(30_000))(all)).toHaveLength(15_001);
    expect(ids.between(padded(39_990), padded(50_000))(all)).toHaveLength(4);
  });

  test('an insertion moves few items after items were added in order', () => {
    const { ids } = counted(many);
    const moved = vi.spyOn(Array.prototype, 'splice');
    try {
      for (const i of [1, 9_999, 39_997]) ids.add(padded(i));
      const lengths = moved.mock.contexts.map((list) => (list as unknown[]).length);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(513);
    } finally {
      moved.mockRestore();
    }
  });

  test('an insertion or deletion moves few items, anywhere and in any order', () => {
    const shuffled = many.map((_, i) => many[(i * 7_919) % many.length]!);
    const { ids } = counted(shuffled);
    const moved = vi.spyOn(Array.prototype, 'splice');
    try {
      for (const i of [1, 9_999, 39_997]) {
        ids.add(padded(i));
        ids.delete(padded(i));
      }
      const lengths = moved.mock.contexts.map((list) => (list as unknown[]).length);
      expect(lengths.length).toBeGreaterThanOrEqual(6);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(513);
    } finally {
      moved.mockRestore();
    }
    expect(ids.between()(all)).toEqual(many);
  });
});
