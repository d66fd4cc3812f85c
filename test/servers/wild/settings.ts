const { WILD_SEED = '20261128', WILD_RUNS = '50' } = process.env;

/** The seed of all rules. */
export const SEED = Number(WILD_SEED);

/** How many rules run for each pair of a column kind and an operator class. */
export const RUNS = Number(WILD_RUNS);

/** How many more of them run over tables with more values than the library lists. */
export const RUNS_OVER_MANY = Math.ceil(RUNS / 10);

/** How many rules run through the whole engine for each kind. */
export const APPLIED = Math.ceil(RUNS / 12);

/** A campaign takes longer than a minute. */
export const TIMEOUT = 60_000 * Math.ceil(RUNS / 50);

/** A seed derived from text. */
export function seedOf(text: string): number {
  let mixed = 0;
  for (let i = 0; i < text.length; i++) mixed = (Math.imul(mixed, 31) + text.charCodeAt(i)) | 0;
  return mixed;
}
