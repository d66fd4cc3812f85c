import { blockedId } from '../../../src/catalog/blocked.js';
import {
  compile,
  diff,
  type Field,
  type Learner,
  type LearnerState,
  type Rule,
  type UnreadableLearner,
} from '../../../src/core.js';
import { FIELD } from './people-table.js';

export type Read = Learner | UnreadableLearner;

/** The core's result for the same learners, evaluated one batch at a time without any store. */
export class CoreAnswer {
  /** Learners who are blocked whatever the rule: unreadable, or with a value of the wrong type for its field. */
  readonly blocked: ReadonlySet<string>;
  readonly #readable: readonly Learner[];
  /** Blocked learners whose row was read, without the value of the wrong type. */
  readonly #withoutValue: readonly Learner[];
  readonly #unreadable: readonly string[];

  constructor(
    read: readonly Read[],
    readonly fields: readonly Field[] | undefined,
  ) {
    const isRead = (learner: Read): learner is Learner => !('unreadable' in learner) && learner.profile !== null;
    const learners = read.filter(isRead);
    this.#unreadable = read.filter((learner) => !isRead(learner)).map(({ id }) => id);
    const malformed = this.#evaluate({ field: FIELD, op: 'blank' }, learners).blocked;
    this.#readable = learners.filter(({ id }) => !malformed.has(id));
    this.#withoutValue = learners
      .filter(({ id }) => malformed.has(id))
      .map((learner) => ({ ...learner, profile: { ...learner.profile, [FIELD]: null } }));
    this.blocked = new Set([...this.#unreadable, ...malformed]);
  }

  /** The learners who match and may be enrolled. */
  matching(rule: Rule): ReadonlySet<string> {
    return this.#evaluate(rule, this.#readable).matching;
  }

  /** The learners that a hint with this rule must not exclude. */
  mustBeFound(rule: Rule): ReadonlySet<string> {
    return new Set([...this.matching(rule), ...this.mayMatch(rule)]);
  }

  /** The blocked learners who could match the rule, depending on their value. */
  mayMatch(rule: Rule): ReadonlySet<string> {
    const may = this.#evaluate(unlessExcluded(rule, true), this.#withoutValue).matching;
    return new Set([...this.#unreadable, ...may]);
  }

  #evaluate(rule: Rule, learners: readonly Learner[]): { matching: ReadonlySet<string>; blocked: ReadonlySet<string> } {
    const matcher = compile({
      ...{ revision: 0, unsettled: [], ...(this.fields && { fields: this.fields }) },
      courses: [{ id: 'c', enrolmentMethod: 'by-assignment-only' }],
      segments: [{ id: 's', title: 's', rule }],
      links: [{ id: 'l', segmentId: 's', courseId: 'c' }],
    });
    const states = learners.map((learner): LearnerState => ({ ...NOTHING, learnerId: learner.id, learner }));
    const { diffs, blocked } = diff(matcher, states);
    return {
      matching: new Set(diffs.map(({ learnerId }) => learnerId)),
      blocked: new Set(blocked.filter(({ kind }) => kind === 'invalid-learner').map(blockedId)),
    };
  }
}

const NOTHING = { assignments: [], individual: [], training: [] };

/** Replaces every condition on the messy field by a constant that makes the rule match, if any constant does. */
function unlessExcluded(rule: Rule, wanted: boolean): Rule {
  if ('all' in rule) return { all: rule.all.map((inner) => unlessExcluded(inner, wanted)) };
  if ('any' in rule) return { any: rule.any.map((inner) => unlessExcluded(inner, wanted)) };
  if ('not' in rule) return { not: unlessExcluded(rule.not, !wanted) };
  if ('field' in rule && rule.field === FIELD) return wanted ? { everyone: true } : { any: [] };
  return rule;
}
