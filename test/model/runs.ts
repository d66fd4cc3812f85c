import fc from 'fast-check';

/** So many cases by default, and in proportion more in a campaign (`FC_RUNS` is for a property of 100). */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: Math.max(1, Math.round((count * (fc.readConfigureGlobal().numRuns ?? 100)) / 100)) };
}
