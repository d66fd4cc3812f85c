import { test } from 'vitest';

/** A case for some wrappers; for others it does not exist, rather than being skipped. */
export function testIf(holds: boolean): (name: string, run: () => Promise<void>) => void {
  return (name, run) => {
    if (holds) test(name, run);
  };
}
