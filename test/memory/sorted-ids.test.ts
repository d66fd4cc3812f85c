import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SortedIds } from '../../src/memory/sorted-ids.js';
import { take } from '../../src/memory/take.js';
import { compareIds } from '../../src/model/order.js';

const id = fc.oneof(
  fc.nat(40).map(String),
  fc.constantFrom('', '__proto__', 'constructor', '\u{1f600}', '\ud83d', '\ude00', '\uffff', 'z'),
);

describe('sorted ids', () => {
  test('answer ranges as a sorted set does', () => {
    const step = fc.record({ add: fc.boolean(), id });
    fc.assert(
      fc.property(
        fc.array(step),
        fc.option(id, { nil: undefined }),
        fc.option(id, { nil: undefined }),
        (steps, after, upTo) => {
          const ids = new SortedIds();
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
          expect([...ids.between(after, upTo)]).toEqual(expected);
          expect(ids.empty).toBe(model.size === 0);
        },
      ),
    );
  });

  test('stay in order through thousands of insertions and deletions anywhere', () => {
    const ids = new SortedIds();
    const all = Array.from({ length: 5_000 }, (_, i) => String((i * 2_741) % 5_000).padStart(4, '0'));
    for (const id of [...all, ...all]) ids.add(id);
    expect([...ids.between()]).toEqual([...all].sort(compareIds));
    for (const id of all.slice(0, 4_000)) ids.delete(id);
    const left = all.slice(4_000).sort(compareIds);
    expect([...ids.between()]).toEqual(left);
    for (const after of all) {
      expect([...take(ids.between(after), 2)]).toEqual(left.filter((id) => compareIds(id, after) > 0).slice(0, 2));
    }
    for (const id of left) ids.delete(id);
    expect(ids.empty).toBe(true);
  });
});
