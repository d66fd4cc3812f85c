import type { Trace } from '../model/diff.js';

/** The fewest parts of a trace that would all have to turn out otherwise for it to hold; none where it does. */
export function failing(trace: Trace): readonly Trace[] {
  return least(trace, new Map());
}

/** A segment's trace may stand in many places: it is judged once. */
function least(trace: Trace, known: Map<Trace, readonly Trace[]>): readonly Trace[] {
  if (trace.holds) return [];
  let parts = known.get(trace);
  if (!parts) {
    parts = partsOf(trace, known);
    known.set(trace, parts);
  }
  return parts;
}

function partsOf(trace: Trace, known: Map<Trace, readonly Trace[]>): readonly Trace[] {
  if ('all' in trace) return [...new Set(trace.all.flatMap((inner) => least(inner, known)))];
  if ('any' in trace && trace.any.length > 0) {
    return trace.any
      .map((inner) => least(inner, known))
      .reduce((best, parts) => (parts.length < best.length ? parts : best));
  }
  if ('rule' in trace && trace.rule) return least(trace.rule, known);
  return [trace];
}
