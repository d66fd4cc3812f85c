import { createMemoryRepositories } from '../../src/memory/index.js';
import type { World } from '../../src/testkit/index.js';
import { StoredRows } from './stored-rows.js';

/** A world of memory repositories, which all clients share as they would share a store. */
export async function memoryWorld(): Promise<World> {
  const { host, ...repositories } = createMemoryRepositories();
  const rows = new StoredRows();
  const world: World = { repositories: rows.over(repositories), host, reopen: async () => world, ...rows.methods };
  return world;
}
