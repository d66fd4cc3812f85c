import type { Segment } from '../model/catalog.js';
import type { Trace } from '../model/diff.js';
import type { SegmentId } from '../model/ids.js';
import type { Learner, Scalar } from '../model/learner.js';
import type { Condition, Rule } from '../model/rule.js';
import { satisfies, testOf } from './condition.js';
import { comparable, type FieldTypes, isBlank } from './value.js';

/** Evaluates rules for one learner recursively, keeping what held where; each segment once. */
export class Tracer {
  readonly #traces = new Map<SegmentId, Trace>();

  constructor(
    readonly learner: Learner,
    readonly types: FieldTypes,
    readonly segments: ReadonlyMap<SegmentId, Segment>,
  ) {}

  /** Traces a rule that can be evaluated, over segments that do not refer to each other in a circle. */
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
    const placed = this.learner.segments?.includes(id) ?? false;
    const rule = own && this.trace(own);
    const trace = { holds: placed || (rule?.holds ?? false), segment: id, placed, ...(rule && { rule }) };
    this.#traces.set(id, trace);
    return trace;
  }

  #condition(condition: Condition): Trace {
    const { field, op } = condition;
    const value = Object.hasOwn(this.learner.profile, field) ? this.learner.profile[field] : undefined;
    const values = (Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]).filter(
      (one) => !isBlank(one),
    );
    const blank = values.length === 0;
    if (condition.op === 'blank') return { holds: blank, field, op, blank };
    const test = testOf(condition, this.types);
    const holds = values.some((one) => {
      const fit = comparable(test.type, one);
      return fit !== undefined && satisfies(test, fit);
    });
    return { holds, field, op, value: condition.value, blank };
  }
}
