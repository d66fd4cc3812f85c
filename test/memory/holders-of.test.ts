import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareIds } from '../../src/collections/order.js';
import { Holders } from '../../src/memory/holders.js';
import type { Assignment } from '../../src/model/learner.js';

const LEARNERS = ['a', 'b', 'c', 'd', 'e'];
const PAIRS: readonly Assignment[] = ['c/1', 'c/2', 'd/1', 'd/3'].map((text) => {
  const [courseId, linkId] = text.split('/') as [string, string];
  return { courseId, linkId, segmentId: 's' };
});

const move = fc.record({
  learnerId: fc.constantFrom(...LEARNERS),
  assigned: fc.subarray([...PAIRS]),
  released: fc.subarray([...PAIRS]),
});
const query = fc.record({
  links: fc.option(fc.array(fc.constantFrom<string>('1', '2', '3', 'gone'), { maxLength: 4 }), { nil: undefined }),
  after: fc.option(fc.constantFrom(...LEARNERS, 'bb'), { nil: undefined }),
  upTo: fc.option(fc.constantFrom(...LEARNERS, 'bb'), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 3 }),
});

test('holders are the learners who hold the links asked for, after any history, page by page', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(move, query), { maxLength: 30 }), (steps) => {
      const holders = new Holders();
      const model = new Map<string, readonly Assignment[]>(LEARNERS.map((id) => [id, []]));
      for (const step of steps) {
        if ('limit' in step) {
          const { links, after, upTo, limit } = step;
          const expected = LEARNERS.filter(
            (id) =>
              model.get(id)!.some(({ linkId }) => !links || links.includes(linkId)) &&
              (after === undefined || compareIds(id, after) > 0) &&
              (upTo === undefined || compareIds(id, upTo) <= 0),
          );
          expect(holders.page(step)).toEqual(expected.slice(0, limit));
        } else {
          const { learnerId, assigned, released } = step;
          const before = model.get(learnerId)!;
          const held = PAIRS.filter(
            (one) => (before.includes(one) || assigned.includes(one)) && !released.includes(one),
          );
          model.set(learnerId, held);
          holders.record(
            learnerId,
            { assigned, released: new Set(released.map(({ linkId }) => linkId)) },
            before,
            held,
          );
        }
      }
    }),
  );
});

test('a page of many links has the first of all their holders, in order', () => {
  const holders = new Holders();
  const ids = Array.from({ length: 200 }, (_, i) => String((i * 77) % 200).padStart(3, '0'));
  for (const [i, id] of ids.entries()) {
    const held = [{ courseId: 'c', linkId: `${i % 40}`, segmentId: 's' }];
    holders.record(id, { assigned: held, released: new Set() }, [], held);
  }
  const links = [...Array(40).keys()].map(String);
  const sorted = [...ids].sort(compareIds);
  for (const limit of [1, 2, 7, 199, 200, 500]) {
    expect(holders.page({ links, limit })).toEqual(sorted.slice(0, limit));
    expect(holders.page({ links: links.toReversed(), limit, after: '050', upTo: '120' })).toEqual(
      sorted.slice(51, 121).slice(0, limit),
    );
  }
});
