import type { ContractCase } from './contract-case.js';
import { withTimeLimit } from './time-limit.js';
import type { RowMethod, World } from './world.js';

/** Runs one case in a fresh world, which it always cleans up. Rejects with an error that names the promise. */
export async function runCase(create: () => Promise<World>, definition: ContractCase, timeout: number): Promise<void> {
  const worlds: World[] = [];
  const opened = async (opening: Promise<World>): Promise<World> => {
    const world = await opening;
    worlds.unshift(world);
    return world;
  };
  let broken: Error | undefined;
  try {
    await withTimeLimit(timeout, 'The case', async () => {
      const world = await withContext('create()', () => opened(create()));
      const { repositories, host } = world;
      const another = () => withContext('reopen()', () => opened(world.reopen()));
      await definition.check({ repositories, host, another, ...rowMethods(world) });
    });
  } catch (error) {
    broken = brokenPromise(definition, error);
  } finally {
    const unclean = await cleanUp(worlds, timeout).then(
      () => undefined,
      (error: unknown) => brokenPromise(definition, error),
    );
    broken ??= unclean;
  }
  if (broken) throw broken;
}

/** The row methods of a world; each throws if the world does not have it. */
function rowMethods(world: World): Required<Pick<World, RowMethod>> {
  const found = <Name extends RowMethod>(name: Name): NonNullable<World[Name]> => {
    const method = world[name];
    if (!method)
      throw new Error(
        `create() resolved with a world without ${name}. Implement ${name}, or remove it from the option "methods".`,
      );
    return method.bind(world) as NonNullable<World[Name]>;
  };
  return {
    makeUnreadable: async (id) => found('makeUnreadable')(id),
    makeHoldingsUnreadable: async (id) => found('makeHoldingsUnreadable')(id),
    addTraining: async (...record) => found('addTraining')(...record),
  };
}

/** Cleans up all worlds, the last one opened first, even if some fail. */
async function cleanUp(worlds: readonly World[], timeout: number): Promise<void> {
  const failed: unknown[] = [];
  for (const world of worlds) {
    const cleaned = withTimeLimit(timeout, 'cleanup()', async () => world.cleanup?.());
    await cleaned.catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw new Error(`cleanup() failed: ${messageOf(failed[0])}`, { cause: failed[0] });
}

async function withContext<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Error(`${what} failed: ${messageOf(cause)}`, { cause });
  }
}

function brokenPromise({ id, title }: ContractCase, cause: unknown): Error {
  return new Error(`The promise "${id}" is broken: ${title}\n${messageOf(cause)}`, { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
