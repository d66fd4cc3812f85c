import { getOrCreate } from '../collections/get-or-create.js';
import type { Segment } from '../model/catalog.js';
import type { SegmentId } from '../model/ids.js';
import { references } from '../rules/references.js';

/** Segments in topological order, each after the segments that its rule refers to; and the segments without such an order. */
export interface SegmentOrder {
  readonly ordered: readonly Segment[];
  /** For each segment, the length of its longest chain of references, including itself. */
  readonly depths: ReadonlyMap<SegmentId, number>;
  /** Segments on a cycle, or that refer to one. */
  readonly circular: readonly Segment[];
}

/** Orders segments so that each follows the segments that it refers to. References to segments that do not exist are ignored. */
export function orderSegments(segments: readonly Segment[]): SegmentOrder {
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  const users = usersOf([...byId.values()]);
  const waiting = new Map<SegmentId, number>();
  for (const { id, rule } of byId.values())
    waiting.set(id, [...references(rule)].filter((used) => byId.has(used)).length);
  const ordered = [...byId.values()].filter((segment) => waiting.get(segment.id) === 0);
  const depths = new Map(ordered.map(({ id }) => [id, 1]));
  for (const segment of ordered) {
    const depth = depths.get(segment.id)! + 1;
    for (const user of users.get(segment.id) ?? []) {
      depths.set(user.id, Math.max(depth, depths.get(user.id) ?? 0));
      const left = waiting.get(user.id)! - 1;
      waiting.set(user.id, left);
      if (left === 0) ordered.push(user);
    }
  }
  return { ordered, depths, circular: [...byId.values()].filter((segment) => waiting.get(segment.id)! > 0) };
}

/** Follows references from one of the circular segments until one repeats; returns the cycle, in order of reference. */
export function findCycle(circular: readonly Segment[], start: Segment): readonly SegmentId[] {
  const byId = new Map(circular.map((segment) => [segment.id, segment]));
  const path: SegmentId[] = [];
  const position = new Map<SegmentId, number>();
  let at = start;
  while (!position.has(at.id)) {
    position.set(at.id, path.length);
    path.push(at.id);
    const next = [...references(at.rule)].find((id) => byId.has(id));
    at = byId.get(next!)!;
  }
  return path.slice(position.get(at.id));
}

/** Returns these segments and all that refer to them, directly or through others. */
export function withDependents(ids: Iterable<SegmentId>, segments: readonly Segment[]): ReadonlySet<SegmentId> {
  const users = usersOf(segments);
  const reached = new Set(ids);
  for (const id of reached) for (const user of users.get(id) ?? []) reached.add(user.id);
  return reached;
}

/** Returns for each segment, whether it exists or not, the segments whose rules refer to it. */
function usersOf(segments: readonly Segment[]): ReadonlyMap<SegmentId, readonly Segment[]> {
  const users = new Map<SegmentId, Segment[]>();
  for (const segment of segments) {
    for (const id of references(segment.rule)) getOrCreate(users, id, () => []).push(segment);
  }
  return users;
}
