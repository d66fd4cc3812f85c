import fc from 'fast-check';
import { expect, it } from 'vitest';
import { learnerIds } from '../model/arbitraries.js';
import { lines, Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { calmSteps, freezingSteps, histories, noticed, type Step } from '../model/steps.js';

/** Notices that may be early, late, duplicate, missing, or about other learners. */
const strays = fc.array(
  fc.record({ do: fc.constant('notice' as const), ids: fc.array(learnerIds, { minLength: 1, maxLength: 3 }) }),
  { maxLength: 2 },
);

it('notices in any order: lost, duplicate and reordered notices, then one reconcile, end in the same state as prompt ones', async () => {
  const messy = fc.array(fc.tuple(calmSteps, strays), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(histories(calmSteps, {}, 1), messy, async ({ start }, history) => {
      const steps = history.map(([step]) => step);
      const prompt = await Play.begin(start, { steps: steps.flatMap(noticed) });
      const careless = await Play.begin(start, {
        steps: [...history.flatMap(([step, notices]) => [step, ...notices]), { do: 'reconcile' }],
      });
      const [expected, found] = [await prompt.holdings(), await careless.holdings()];
      expect(lines(found)).toEqual(lines(expected));
      for (const [id, { individual }] of found) expect(individual).toEqual(expected.get(id)!.individual);
      expect(lines(found)).toEqual(lines(careless.expected(found)));
    }),
    runs(50),
  );
});

it('notices in any order: after prompt notices, a full reconcile finds nothing to do', async () => {
  const frozen = freezingSteps.map((step): Step[] => [step, { do: 'reconcile' }]);
  const kept = fc.array(fc.oneof({ weight: 6, arbitrary: calmSteps.map(noticed) }, { weight: 1, arbitrary: frozen }), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(histories(calmSteps, { invalid: true, inactive: true }, 1), kept, async ({ start }, steps) => {
      const play = await Play.begin(start, { steps: steps.flat() });
      const { diffs } = await play.take({ do: 'reconcile' });
      expect(diffs).toEqual([]);
    }),
    runs(50),
  );
});
