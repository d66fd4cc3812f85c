import { describe, test } from 'vitest';

/** Adds a skipped test that reports why a suite cannot run. */
export function skipped(name: string, why: string): void {
  describe(name, () => {
    test.skip(why, () => undefined);
  });
}
