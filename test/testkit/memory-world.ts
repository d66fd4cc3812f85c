import { createMemoryRepositories } from '../../src/memory/index.js';
import type { World } from '../../src/testkit/index.js';

/** A world of memory repositories: every client shares them, as it would share a store. */
export async function memoryWorld(): Promise<World> {
  const { host, ...repositories } = createMemoryRepositories();
  const world: World = { repositories, host, reopen: async () => world };
  return world;
}
