import fc from 'fast-check';
import { BY_ASSIGNMENT_ONLY } from '../../model/catalog.js';
import type { World } from '../world.js';
import { commands } from './commands.js';
import { COURSES, Model } from './model.js';

/**
 * Checks that an adapter does what a naive model of it does, whatever is asked of it and in whatever order: fast-check makes up the
 * calls, and shortens those that show a difference. `parameters` are fast-check's own: how many runs, from which seed.
 * Every run has a fresh world, which is cleaned up after it. Rejects with the calls that show a difference.
 */
export async function checkAgainstModel(
  create: () => Promise<World>,
  parameters: ModelBasedParameters = {},
): Promise<void> {
  const property = fc.asyncProperty(commands, async (calls) => {
    const real = await create();
    try {
      await real.host.saveCourses(COURSES.map((id) => ({ id, enrolmentMethod: BY_ASSIGNMENT_ONLY })));
      const { revision } = await real.repositories.catalog.load();
      await fc.asyncModelRun(() => ({ model: new Model(revision), real }), calls);
    } finally {
      await real.cleanup?.();
    }
  });
  await fc.assert(property, parameters);
}

/** How many runs, from which seed, and where to begin in it: as fast-check prints them. */
export interface ModelBasedParameters {
  /** How many sequences of calls are tried. Default: that of fast-check, 100. */
  readonly numRuns?: number;
  /** From which seed. Default: another each time. */
  readonly seed?: number;
  /** Where a failure stands within its seed, as it was printed. */
  readonly path?: string;
}
