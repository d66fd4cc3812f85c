import type { Catalog, Segment } from '../model/catalog.js';
import type { SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';
import { checkRule } from '../rules/check.js';
import { NOBODY, type Program, type Slot } from '../rules/program.js';
import { references } from '../rules/references.js';
import { orderSegments } from './graph.js';

/** What compiling segments gives: a slot for each that can be evaluated, a sentence for each that cannot. */
export interface CompiledSegments {
  /** What was compiled. */
  readonly of: ReadonlyMap<SegmentId, Segment>;
  readonly slots: ReadonlyMap<SegmentId, Slot>;
  readonly faults: ReadonlyMap<SegmentId, string>;
}

/**
 * Compiles every segment after those it refers to. `known`: those compiled into the program that this one goes on from; of these the
 * same segment, where it refers to such only as have not changed, is not compiled again.
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
  for (const { id } of circular)
    faults.set(id, `The rule of segment ${JSON.stringify(id)} is on, or refers to, a circle of segments.`);
  const unchanged = (id: SegmentId) =>
    known?.slots.get(id) === slots.get(id) && known?.faults.get(id) === faults.get(id);
  for (const segment of ordered) {
    const slot = known?.of.get(segment.id) === segment ? known.slots.get(segment.id) : undefined;
    if (slot !== undefined && [...references(segment.rule)].every(unchanged)) {
      slots.set(segment.id, slot);
      continue;
    }
    const fault = segment.rule && ruleFault(segment.rule, program, { of, slots, faults }, ruleOf(segment));
    if (fault) faults.set(segment.id, fault);
    else slots.set(segment.id, compileSegment(program, segment, slots));
  }
  return { of, slots, faults };
}

function compileSegment(program: Program, { id, rule }: Segment, slots: ReadonlyMap<SegmentId, Slot>): Slot {
  const byRule = rule ? program.compile(rule, (inner) => slots.get(inner)!) : NOBODY;
  return program.or([byRule, program.placed(id)]);
}

/** Says in a sentence why a rule cannot be evaluated, or nothing. */
export function ruleFault(rule: Rule, program: Program, segments: CompiledSegments, what: string): string | undefined {
  const [issue] = checkRule(rule, program.types);
  if (issue) return `${what} cannot be evaluated: ${issue.message}.`;
  for (const id of references(rule)) {
    if (segments.slots.has(id)) continue;
    return segments.faults.get(id) ?? `${what} refers to segment ${JSON.stringify(id)}, which does not exist.`;
  }
  return undefined;
}

function ruleOf(segment: Segment): string {
  return `The rule of segment ${JSON.stringify(segment.id)}`;
}
