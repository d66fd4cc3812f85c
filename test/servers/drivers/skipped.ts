import { describe, test } from 'vitest';

/** Stands where a suite cannot run, and says why. */
export function skipped(name: string, why: string): void {
  describe(name, () => {
    test.skip(why, () => undefined);
  });
}
