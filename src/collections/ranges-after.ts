import type { Unsettled, UnsettledRange } from '../model/catalog.js';

/** Returns the ranges once one of them, identified by its pass and `upTo`, is settled this far or is done; the same list if nothing changes. */
export function rangesAfter(
  ranges: Unsettled['ranges'],
  { pass, after, upTo }: UnsettledRange,
  done: boolean,
): Unsettled['ranges'] {
  const index = ranges.findIndex((range) => range.pass === pass && range.upTo === upTo);
  const known = ranges[index];
  if (!known || (!done && known.after === after)) return ranges;
  if (done) return ranges.toSpliced(index, 1);
  const { after: _, ...start } = known;
  return ranges.with(index, Object.freeze({ ...start, ...(after !== undefined && { after }) }));
}
