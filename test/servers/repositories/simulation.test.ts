import { afterAll, describe, expect, it } from 'vitest';
import { simulate } from '../../../src/testkit/index.js';
import { stores, worldIn } from './stores.js';

/** A campaign has more of them, from other seeds. */
const STEPS = Number(process.env.SIM_STEPS ?? 240);
const SEED = Number(process.env.SIM_SEED ?? 7);

for (const store of stores()) {
  const { name, missing } = store;
  describe(name, () => {
    if (missing !== undefined) {
      it.skip(missing, () => undefined);
      return;
    }
    afterAll(() => store.end());

    it(
      'keeps the laws while clients work side by side, fail and die',
      async () => {
        const begun = performance.now();
        // A database answers in a few milliseconds; it takes a deadlock for one after a second.
        const report = await simulate({
          ...{ seed: SEED, steps: STEPS, patience: 5, timeout: 60_000 },
          create: () => worldIn(store),
        });

        console.log(`${name}, ${((performance.now() - begun) / 1_000).toFixed(1)} s: ${JSON.stringify(report)}`);
        expect(report.steps).toBe(STEPS);
        expect(report.changed).toBeGreaterThan(STEPS / 2);
        expect(report.overlapping).toBeGreaterThan(STEPS / 20);
      },
      120_000 + 500 * STEPS,
    );
  });
}
