import type { Unsettled, UnsettledRange } from '../../model/catalog.js';
import { assertEqual, assertSameItems } from '../assert.js';
import type { ContractCase } from '../contract-case.js';
import { commitChange, operationAt } from '../fixtures.js';

const WORK = { links: ['k', 'm'], courses: ['c'] };
const RANGES: Unsettled['ranges'] = [
  { pass: 'holders', after: 'a' },
  { pass: 'audience', after: 'b', upTo: 'm' },
];

/** What `catalog.settled` promises. */
export const catalogSettled: readonly ContractCase[] = [
  {
    id: 'settled-moves',
    title:
      'catalog.settled records the last settled learner in one range of one piece of work, and changes nothing else.',
    async check({ repositories }) {
      const work = await commitChange(repositories, { saveSegments: [{ id: 's', title: 'S' }] }, WORK);
      const before = await repositories.catalog.load();
      for (const after of ['l1', '', 'l2']) {
        const range = { pass: 'audience', after } as const;
        await repositories.catalog.settled({ operation: work.operation.id, range, done: false });
        const expected = { ...before, unsettled: [{ ...work, ranges: [{ pass: 'holders' }, range] }] };
        assertEqual(await repositories.catalog.load(), expected, 'The catalog');
      }
    },
  },
  {
    id: 'settled-without-after',
    title: 'catalog.settled without "after" resets a range to its beginning.',
    async check({ repositories }) {
      const work = await commitChange(repositories, {}, { ...WORK, ranges: RANGES });
      const range = { pass: 'audience', upTo: 'm' } as const;
      await repositories.catalog.settled({ operation: work.operation.id, range, done: false });
      const { unsettled } = await repositories.catalog.load();
      assertEqual(unsettled, [{ ...work, ranges: [RANGES[0], range] }], 'The unsettled work');
    },
  },
  {
    id: 'settled-done',
    title: 'catalog.settled removes a range that is done, and removes a piece of work with its last range.',
    async check({ repositories }) {
      const work = await commitChange(repositories, {}, { ...WORK, ranges: RANGES });
      const done = async (range: UnsettledRange) => {
        await repositories.catalog.settled({ operation: work.operation.id, range, done: true });
        return (await repositories.catalog.load()).unsettled;
      };
      assertEqual(
        await done({ pass: 'holders', after: 'l' }),
        [{ ...work, ranges: [RANGES[1]] }],
        'The work left after one range is done',
      );
      assertEqual(await done({ pass: 'audience', upTo: 'm' }), [], 'The work left after all ranges are done');
    },
  },
  {
    id: 'settled-only-that',
    title: 'catalog.settled leaves other pieces of work unchanged.',
    async check({ repositories }) {
      const first = await commitChange(repositories, {}, { ...WORK, ranges: RANGES });
      const second = await commitChange(repositories, {}, { ...WORK, ranges: RANGES });
      const third = await commitChange(repositories, {}, { ...WORK, ranges: [{ pass: 'audience' }] });
      const moved = { pass: 'holders', after: 'c' } as const;
      await repositories.catalog.settled({ operation: second.operation.id, range: moved, done: false });
      await repositories.catalog.settled({ operation: third.operation.id, range: { pass: 'audience' }, done: true });
      const expected = [first, { ...second, ranges: [moved, RANGES[1]] }];
      assertSameItems((await repositories.catalog.load()).unsettled, expected, 'The unsettled work');
    },
  },
  {
    id: 'settled-only-that-range',
    title: 'catalog.settled leaves other ranges of the same work unchanged, even those of the same pass.',
    async check({ repositories }) {
      const ranges = ['', 'g', undefined].map(
        (upTo) => ({ pass: 'holders', ...(upTo !== undefined && { upTo }) }) as const,
      );
      const work = await commitChange(repositories, {}, { ...WORK, ranges });
      const operation = work.operation.id;
      await repositories.catalog.settled({ operation, range: { ...ranges[1]!, after: 'b' }, done: false });
      await repositories.catalog.settled({ operation, range: { ...ranges[2]!, after: 'l' }, done: false });
      const moved = [ranges[0], { ...ranges[1]!, after: 'b' }, { ...ranges[2]!, after: 'l' }];
      const [found] = (await repositories.catalog.load()).unsettled;
      assertSameItems(found?.ranges ?? [], moved, 'The ranges');
    },
  },
  {
    id: 'settled-side-by-side',
    title: 'catalog.settled keeps what several processes record concurrently for different ranges.',
    async check({ repositories, another }) {
      const others = (await another()).repositories;
      for (let turn = 0; turn < 8; turn++) {
        const { operation } = await commitChange(repositories, {}, { ...WORK, ranges: RANGES });
        const moved = RANGES.map((range) => ({ ...range, after: 'l' }));
        const clients = [repositories, others];
        const settling = moved.map((range, i) =>
          clients[i]!.catalog.settled({ operation: operation.id, range, done: false }),
        );
        await Promise.all(settling);
        const { unsettled } = await repositories.catalog.load();
        const work = unsettled.find((each) => each.operation.id === operation.id);
        assertSameItems(work?.ranges ?? [], moved, 'The ranges');
      }
    },
  },
  {
    id: 'settled-gone',
    title: 'catalog.settled does nothing for a piece of work, or a range, that does not exist.',
    async check({ repositories }) {
      const { catalog } = repositories;
      const work = await commitChange(repositories, {}, { ...WORK, ranges: [{ pass: 'audience' }] });
      const operation = work.operation.id;
      await catalog.settled({ operation, range: { pass: 'holders', after: 'l' }, done: false });
      await catalog.settled({ operation, range: { pass: 'audience', after: 'l', upTo: 'm' }, done: true });
      assertEqual(
        (await catalog.load()).unsettled,
        [work],
        'The unsettled work after ranges that do not exist were settled',
      );
      await catalog.settled({ operation, range: { pass: 'audience' }, done: true });
      await catalog.settled({ operation, range: { pass: 'audience', after: 'l' }, done: false });
      await catalog.settled({ operation, range: { pass: 'audience' }, done: true });
      const unknown = operationAt(work.operation.revision + 7).id;
      await catalog.settled({ operation: unknown, range: { pass: 'holders', after: 'l' }, done: false });
      assertEqual((await catalog.load()).unsettled, [], 'The unsettled work');
    },
  },
  {
    id: 'settled-survives',
    title: 'catalog.settled records durably: a client that opens the storage later reads the same progress.',
    async check({ repositories, another }) {
      const first = await commitChange(repositories, {}, WORK);
      const second = await commitChange(repositories, {}, { ...WORK, ranges: [{ pass: 'audience' }] });
      const range = { pass: 'holders', after: 'l' } as const;
      await repositories.catalog.settled({ operation: first.operation.id, range, done: false });
      await repositories.catalog.settled({ operation: second.operation.id, range: { pass: 'audience' }, done: true });
      const { unsettled } = await (await another()).repositories.catalog.load();
      assertEqual(unsettled, [{ ...first, ranges: [range, { pass: 'audience' }] }], 'The unsettled work');
    },
  },
];
