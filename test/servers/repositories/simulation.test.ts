import { expect, it } from 'vitest';
import { simulate } from '../../../src/testkit/index.js';
import { describeStores, stores, worldIn } from './stores.js';

/** A campaign runs more steps, with other seeds. */
const STEPS = Number(process.env.SIM_STEPS ?? 240);
const SEED = Number(process.env.SIM_SEED ?? 7);

describeStores(stores(), (store) => {
  it(
    'the repositories keep the laws while concurrent clients work, fail and die',
    async () => {
      const begun = performance.now();
      // A statement takes a few milliseconds; the database detects a deadlock only after a second.
      const report = await simulate({
        ...{ seed: SEED, steps: STEPS, patience: 5, timeout: 60_000 },
        create: () => worldIn(store),
      });

      console.log(`${store.name}, ${((performance.now() - begun) / 1_000).toFixed(1)} s: ${JSON.stringify(report)}`);
      expect(report.steps).toBe(STEPS);
      expect(report.changed).toBeGreaterThan(STEPS / 2);
      expect(report.overlapping).toBeGreaterThan(STEPS / 20);
    },
    120_000 + 500 * STEPS,
  );
});
