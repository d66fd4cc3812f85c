import type { Trace } from '../../model/diff.js';

/**
 * Returns the smallest set of failing parts that would all have to hold for the trace to hold; empty if it holds.
 * A trace that occurs in several places, such as that of a segment, is evaluated once.
 */
export function failing(trace: Trace): readonly Trace[] {
  const parts = new Set<Trace>();
  collect(trace, parts, new Set(), new Map());
  return [...parts];
}

/** Returns whether another set of parts would do as well, because one of several alternatives is enough. */
export function hasAnother(trace: Trace, visited: Set<Trace> = new Set()): boolean {
  if (trace.holds || visited.has(trace)) return false;
  visited.add(trace);
  if ('any' in trace) {
    const ways = trace.any.filter((inner) => !isHopeless(inner));
    return ways.length > 1 || ways.some((inner) => hasAnother(inner, visited));
  }
  if ('all' in trace) return trace.all.some((inner) => hasAnother(inner, visited));
  return 'rule' in trace && trace.rule !== undefined && hasAnother(trace.rule, visited);
}

/** Returns whether the trace cannot hold for any learner. */
function isHopeless(trace: Trace): boolean {
  if ('any' in trace) return trace.any.every(isHopeless);
  return 'all' in trace && trace.all.some(isHopeless);
}

function collect(trace: Trace, parts: Set<Trace>, visited: Set<Trace>, counts: Map<Trace, number>): void {
  if (trace.holds || visited.has(trace)) return;
  visited.add(trace);
  if ('all' in trace) for (const inner of trace.all) collect(inner, parts, visited, counts);
  else if ('any' in trace && trace.any.length > 0) {
    const smallest = trace.any.reduce((best, inner) => (count(inner, counts) < count(best, counts) ? inner : best));
    collect(smallest, parts, visited, counts);
  } else if ('rule' in trace && trace.rule) collect(trace.rule, parts, visited, counts);
  else parts.add(trace);
}

/** Returns how many parts fail; a part that occurs in several places counts in each. */
function count(trace: Trace, counts: Map<Trace, number>): number {
  if (trace.holds) return 0;
  let parts = counts.get(trace);
  if (parts === undefined) {
    if ('all' in trace) parts = trace.all.reduce((sum, inner) => sum + count(inner, counts), 0);
    else if ('any' in trace && trace.any.length > 0)
      parts = Math.min(...trace.any.map((inner) => count(inner, counts)));
    else parts = 'rule' in trace && trace.rule ? count(trace.rule, counts) : 1;
    counts.set(trace, parts);
  }
  return parts;
}
