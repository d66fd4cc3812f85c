import type { Catalog, Segment } from '../model/catalog.js';
import type { SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';
import { checkRule } from '../rules/check.js';
import type { Program } from '../rules/program.js';
import { references } from '../rules/references.js';
import { NO_LEARNER, type Slot } from '../rules/step.js';
import { orderSegments } from './graph.js';

/** Compiled segments: a slot for each segment that can be evaluated, a sentence for each that cannot. */
export interface CompiledSegments {
  /** The segments that were compiled. */
  readonly of: ReadonlyMap<SegmentId, Segment>;
  readonly slots: ReadonlyMap<SegmentId, Slot>;
  readonly faults: ReadonlyMap<SegmentId, string>;
}

/**
 * Compiles every segment after the segments that it refers to. `known` are the segments of the program that this one continues: a segment
 * is not compiled again if it is the same object and refers only to unchanged segments.
 */
export function compileSegments(
  program: Program,
  segments: Catalog['segments'],
  known?: CompiledSegments,
): CompiledSegments {
  const of = new Map(segments.map((segment) => [segment.id, segment]));
  const slots = new Map<SegmentId, Slot>();
  const faults = new Map<SegmentId, string>();
  const { ordered, circular } = orderSegments(segments);
  for (const { id } of circular) faults.set(id, `${ruleOf(id)} is part of, or refers to, a cycle of segments.`);
  const unchanged = (id: SegmentId) =>
    known?.slots.get(id) === slots.get(id) && known?.faults.get(id) === faults.get(id);
  for (const segment of ordered) {
    const slot = known?.of.get(segment.id) === segment ? known.slots.get(segment.id) : undefined;
    if (slot !== undefined && [...references(segment.rule)].every(unchanged)) {
      slots.set(segment.id, slot);
      continue;
    }
    const fault = segment.rule && ruleFault(segment.rule, program, { of, slots, faults }, ruleOf(segment.id));
    if (fault) faults.set(segment.id, fault);
    else slots.set(segment.id, compileSegment(program, segment, slots));
  }
  return { of, slots, faults };
}

function compileSegment(program: Program, { id, rule }: Segment, slots: ReadonlyMap<SegmentId, Slot>): Slot {
  const byRule = rule ? program.compile(rule, (inner) => slots.get(inner)!) : NO_LEARNER;
  return program.or([byRule, program.placed(id)]);
}

/** Returns why a rule cannot be evaluated, as a sentence about `what`; undefined if it can. */
export function ruleFault(rule: Rule, program: Program, segments: CompiledSegments, what: string): string | undefined {
  const [issue] = checkRule(rule, program.types);
  if (issue) return `${what} cannot be evaluated: ${issue.message}.`;
  for (const id of references(rule)) {
    if (segments.slots.has(id)) continue;
    return segments.faults.get(id) ?? `${what} refers to segment ${JSON.stringify(id)}, which does not exist.`;
  }
  return undefined;
}

/** The subject of a sentence on a segment's rule; faults begin with it. */
export function ruleOf(segment: string): string {
  return `The rule of segment ${JSON.stringify(segment)}`;
}
