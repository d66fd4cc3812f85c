import fc from 'fast-check';
import { BY_ASSIGNMENT_ONLY } from '../../model/catalog.js';
import type { World } from '../world.js';
import { commands } from './commands.js';
import { COURSES, Model } from './model.js';

/**
 * Checks an adapter against a naive model: fast-check generates sequences of calls, and shrinks a failing one.
 * `parameters` are passed to fast-check. Every run uses a fresh world, and cleans it up afterwards.
 * Rejects with the shortest failing sequence of calls.
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

/** Parameters of fast-check, as it prints them after a failure. */
export interface ModelBasedParameters {
  /** The number of sequences to try. Defaults to fast-check's 100. */
  readonly numRuns?: number;
  /** The seed. Default: a new one each time. */
  readonly seed?: number;
  /** The path to a failure from its seed, as fast-check printed it. */
  readonly path?: string;
}
