import { getOrCreate } from '../collections/get-or-create.js';
import type { Segment } from '../model/catalog.js';
import type { Trace } from '../model/diff.js';
import type { FieldId, SegmentId } from '../model/ids.js';
import type { FieldType, Learner, Scalar } from '../model/learner.js';
import type { Condition, Rule } from '../model/rule.js';
import { satisfies, testOf } from './condition.js';
import { type Comparable, comparable, type FieldTypes, isBlank } from './value.js';

/** Evaluates rules for one learner recursively and records which parts hold; each segment once. */
export class Tracer {
  readonly #traces = new Map<SegmentId, Trace>();
  readonly #placed: ReadonlySet<SegmentId>;
  /** Caches: a field's values that are not blank, and its comparable values by type. */
  readonly #filledValues = new Map<FieldId, readonly Scalar[]>();
  readonly #comparables = new Map<FieldId, Map<FieldType, readonly Comparable[]>>();

  constructor(
    readonly learner: Learner,
    readonly types: FieldTypes,
    readonly segments: ReadonlyMap<SegmentId, Segment>,
  ) {
    this.#placed = new Set(learner.segments);
  }

  /** Traces a rule that can be evaluated; its segments must not form a cycle. */
  trace(rule: Rule): Trace {
    if ('all' in rule) {
      const all = rule.all.map((inner) => this.trace(inner));
      return { holds: all.every(({ holds }) => holds), all };
    }
    if ('any' in rule) {
      const any = rule.any.map((inner) => this.trace(inner));
      return { holds: any.some(({ holds }) => holds), any };
    }
    if ('not' in rule) {
      const not = this.trace(rule.not);
      return { holds: !not.holds, not };
    }
    if ('everyone' in rule) return { holds: true, everyone: true };
    if ('segment' in rule) return this.segment(rule.segment);
    return this.#condition(rule);
  }

  /** Traces whether the learner belongs to a segment. */
  segment(id: SegmentId): Trace {
    const known = this.#traces.get(id);
    if (known) return known;
    const own = this.segments.get(id)?.rule;
    const placed = this.#placed.has(id);
    const rule = own && this.trace(own);
    const trace = { holds: placed || (rule?.holds ?? false), segment: id, placed, ...(rule && { rule }) };
    this.#traces.set(id, trace);
    return trace;
  }

  #condition(condition: Condition): Trace {
    const { field, op } = condition;
    const blank = this.#filled(field).length === 0;
    if (condition.op === 'blank') return { holds: blank, field, op, blank };
    const test = testOf(condition, this.types);
    const holds = this.#comparable(field, test.type).some((value) => satisfies(test, value));
    return { holds, field, op, value: condition.value, blank };
  }

  #filled(field: FieldId): readonly Scalar[] {
    return getOrCreate(this.#filledValues, field, () => {
      const value = Object.hasOwn(this.learner.profile, field) ? this.learner.profile[field] : undefined;
      return (Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]).filter((one) => !isBlank(one));
    });
  }

  #comparable(field: FieldId, type: FieldType): readonly Comparable[] {
    const byType = getOrCreate(this.#comparables, field, () => new Map<FieldType, readonly Comparable[]>());
    return getOrCreate(byType, type, () =>
      this.#filled(field).flatMap((value) => {
        const fit = comparable(type, value);
        return fit === undefined ? [] : fit;
      }),
    );
  }
}

/**
 * Copies a trace as plain data. Each segment's rule is written out at the first occurrence of the segment and left out after that;
 * otherwise segments that refer to segments could double the size at every level.
 */
export function writtenOut(trace: Trace, written = new Set<SegmentId>()): Trace {
  if ('all' in trace) return { ...trace, all: trace.all.map((inner) => writtenOut(inner, written)) };
  if ('any' in trace) return { ...trace, any: trace.any.map((inner) => writtenOut(inner, written)) };
  if ('not' in trace) return { ...trace, not: writtenOut(trace.not, written) };
  if (!('rule' in trace) || !trace.rule) return trace;
  const { rule, ...short } = trace;
  if (written.has(trace.segment)) return short;
  written.add(trace.segment);
  return { ...short, rule: writtenOut(rule, written) };
}
