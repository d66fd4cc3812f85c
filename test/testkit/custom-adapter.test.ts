import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { Host } from '../../examples/custom-adapter/host.js';
import { createRepositories } from '../../examples/custom-adapter/repositories.js';
import { Store } from '../../examples/custom-adapter/store.js';
import { describeContract, repositoriesContract, simulate, type World } from '../../src/testkit/index.js';
import { checkAgainstModel } from '../../src/testkit/model-based/index.js';

/** A log in its own folder. One process has it open, and all clients share that process. */
async function world(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'custom-adapter-'));
  const store = await Store.open(join(folder, 'lms.log'));
  const client: World = { repositories: createRepositories(store), host: new Host(store), reopen: async () => client };
  return {
    ...client,
    async cleanup() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describeContract('the custom adapter', repositoriesContract({ create: world, timeout: 60_000 }), { describe, it });

it('the custom adapter survives a simulation', async () => {
  await simulate({ create: world, seed: 20_260_101, steps: 300 });
});

it('the custom adapter behaves like the naive model', async () => {
  await checkAgainstModel(world, { numRuns: 20 });
});
