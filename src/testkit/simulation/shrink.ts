/** The maximum number of shorter histories to try. */
const ATTEMPTS = 400;

/** Removes steps from a failing list as long as it still fails; returns the shortest list found, with its error. */
export async function shrink<Step>(
  steps: readonly Step[],
  error: unknown,
  fails: (steps: readonly Step[]) => Promise<unknown>,
): Promise<{ readonly steps: readonly Step[]; readonly error: unknown }> {
  let best = { steps, error };
  let attempts = 0;
  let size = steps.length;
  for (let shorter = false; size > 1 || shorter; ) {
    size = Math.ceil(size / 2);
    shorter = false;
    for (let from = 0; from < best.steps.length && attempts < ATTEMPTS; attempts++) {
      const fewer = [...best.steps.slice(0, from), ...best.steps.slice(from + size)];
      const again = fewer.length > 0 ? await fails(fewer) : undefined;
      if (again === undefined) from += size;
      else {
        best = { steps: fewer, error: again };
        shorter = true;
      }
    }
  }
  return best;
}
