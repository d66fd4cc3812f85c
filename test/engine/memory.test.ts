import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createSmartEnrolments } from '../../src/index.js';
import { catalogOf } from '../bench/workload/catalog.js';
import { madeUpPeople } from '../bench/workload/made-up-people.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is alive now, in KiB. */
function alive(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 10;
}

it('a reconcile keeps no memory of finished batches', async () => {
  const people = 200_000;
  const smart = createSmartEnrolments({ ...madeUpPeople(catalogOf(20, 40), people), concurrency: 2 });
  const found: number[] = [];
  await smart.reconcile({
    onProgress: ({ looked }) => {
      if (looked >= ((found.length + 1) * people) / 4) found.push(alive());
    },
  });
  expect(found).toHaveLength(4);
  // The ids of one batch alone are some 30 KiB, and a hundred batches lie between.
  expect(found[3]! - found[1]!).toBeLessThan(500);
});
