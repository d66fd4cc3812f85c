import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareIds } from '../../src/collections/order.js';
import { HoldingIds } from '../../src/memory/holding-ids.js';

const all = Number.POSITIVE_INFINITY;
const listed = (ids: HoldingIds): string[] => ids.sorted().between()(all);

test('ids that are added and deleted form a set that is read in order', () => {
  const step = fc.record({ what: fc.constantFrom('add', 'delete', 'ask'), id: fc.nat(8).map(String) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const ids = new HoldingIds();
      const model = new Set<string>();
      for (const { what, id } of steps) {
        if (what === 'ask') expect(listed(ids)).toEqual([...model].sort(compareIds));
        else if (what === 'add') {
          ids.add(id);
          model.add(id);
        } else {
          ids.delete(id);
          model.delete(id);
        }
      }
      expect(listed(ids)).toEqual([...model].sort(compareIds));
    }),
  );
});

test('the last of several changes between two reads counts', () => {
  const ids = new HoldingIds();
  for (const id of ['b', 'a']) ids.add(id);
  ids.delete('b');
  expect(listed(ids)).toEqual(['a']);
  ids.delete('a');
  ids.add('a');
  ids.add('c');
  ids.delete('c');
  expect(listed(ids)).toEqual(['a']);
});

test('thousands of changes between two reads are all applied', () => {
  const ids = new HoldingIds();
  const many = Array.from({ length: 3_000 }, (_, i) => String((i * 1_741) % 3_000).padStart(4, '0'));
  for (const id of many) ids.add(id);
  for (const id of many.slice(0, 1_000)) ids.delete(id);
  expect(listed(ids)).toEqual(many.slice(1_000).sort(compareIds));
});
