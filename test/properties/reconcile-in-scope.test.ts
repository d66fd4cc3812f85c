import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { courseIds } from '../model/arbitraries.js';
import { lines, Play } from '../model/play.js';
import { LEARNERS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { freezingSteps, histories, learnerSteps } from '../model/steps.js';

const stale = fc.oneof(
  { weight: 4, arbitrary: learnerSteps({ inactive: true }) },
  { weight: 1, arbitrary: freezingSteps },
);
const bound = fc.option(fc.constantFrom(...LEARNERS, 'absent', 'b'), { nil: undefined });

/** The store's own order of these ids. */
async function storeOrder(ids: readonly string[]): Promise<readonly string[]> {
  const { learners } = createMemoryRepositories({ learners: ids.map((id) => ({ id, profile: {} })) });
  return (await learners.page({ limit: ids.length })).map(({ id }) => id);
}

it('a reconcile of some courses settles these courses for all learners and changes no other course', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(stale),
      fc.uniqueArray(courseIds, { maxLength: 3 }),
      fc.constantFrom(1, 3, 1000),
      async ({ start, steps }, courses, batchSize) => {
        const play = await Play.begin(start, { steps, batchSize });
        const before = await play.holdings();
        await play.library.reconcile({ courses });
        const due = play.expected(before);
        const mixed = LEARNERS.map((id) => {
          const named = due.get(id)!.assignments.filter(({ courseId }) => courses.includes(courseId));
          const other = before.get(id)!.assignments.filter(({ courseId }) => !courses.includes(courseId));
          return [id, { ...before.get(id)!, assignments: [...named, ...other] }] as const;
        });
        expect(lines(await play.holdings())).toEqual(lines(new Map(mixed)));
      },
    ),
    runs(40),
  );
});

it('a reconcile of a range of learners settles these learners and changes no others', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(stale),
      bound,
      bound,
      fc.constantFrom(1, 3, 1000),
      async ({ start, steps }, after, upTo, batchSize) => {
        const play = await Play.begin(start, { steps, batchSize });
        const before = await play.holdings();
        await play.library.reconcile({ ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) });
        const order = await storeOrder([...new Set([...LEARNERS, 'absent', 'b'])]);
        const place = (id: string) => order.indexOf(id);
        const due = play.expected(before);
        const mixed = LEARNERS.map((id) => {
          const inside =
            (after === undefined || place(id) > place(after)) && (upTo === undefined || place(id) <= place(upTo));
          return [id, (inside ? due : before).get(id)!] as const;
        });
        expect(lines(await play.holdings())).toEqual(lines(new Map(mixed)));
      },
    ),
    runs(40),
  );
});
