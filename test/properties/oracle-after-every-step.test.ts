import fc from 'fast-check';
import { it } from 'vitest';
import { checkStep } from '../model/check-step.js';
import { Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { histories } from '../model/steps.js';

it('oracle: after every step of any history, all evaluated learners hold what a naive recomputation returns', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), async ({ start, steps }) => {
      const play = await Play.begin(start);
      for (const step of [...steps, { do: 'reconcile' } as const]) {
        const factsBefore = play.world.facts;
        const taken = await play.take(step);
        checkStep(play.world, step, taken, factsBefore);
      }
    }),
    runs(80),
  );
});
