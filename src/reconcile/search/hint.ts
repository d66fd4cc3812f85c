import type { Matcher } from '../../catalog/matcher.js';
import type { LinkId, SegmentId } from '../../model/ids.js';
import type { Rule } from '../../model/rule.js';
import type { Matching } from '../../repositories/repositories.js';
import { references } from '../../rules/references.js';
import { openLinks } from './audience.js';

/** The number of rule parts above which a hint is not worth sending. */
const LARGEST_HINT = 1_000;

/**
 * Returns the hint for a store that searches for the links' audience: a superset of it, with the segments that rules refer to inlined.
 * Undefined if there is no audience because every link is deleted or frozen.
 */
export function matchingOf(matcher: Matcher, links: readonly LinkId[]): Matching | undefined {
  const open = openLinks(matcher, links);
  if (open.length === 0) return undefined;
  const hint = new Hint(matcher);
  const rules = new Map<string, Rule>();
  for (const { link } of open) {
    const segment: Rule = { segment: link.segmentId };
    const key = JSON.stringify([link.segmentId, link.rule ?? null]);
    if (!rules.has(key)) rules.set(key, hint.supersetOf(link.rule ? { all: [segment, link.rule] } : segment));
  }
  const rule: Rule = rules.size === 1 ? [...rules.values()][0]! : { any: [...rules.values()] };
  return { rule: hint.size > LARGEST_HINT ? { everyone: true } : rule, placedIn: [...hint.placedIn] };
}

const NO_LEARNER: Rule = { any: [] };

/**
 * Inlines segments. If the hint becomes too large, the caller asks for everyone instead. Hand-placed members are asked for beside the rule,
 * so the superset of a segment is its rule alone. Under a `not` they would have to be excluded, which a hint cannot express.
 */
class Hint {
  readonly placedIn = new Set<SegmentId>();
  readonly #rules: ReadonlyMap<SegmentId, Rule | undefined>;
  size = 0;

  constructor(matcher: Matcher) {
    this.#rules = new Map(matcher.catalog.segments.map(({ id, rule }) => [id, rule]));
  }

  /** Returns a rule that, together with `placedIn`, matches at least the learners that this rule matches. */
  supersetOf(rule: Rule): Rule {
    if (++this.size > LARGEST_HINT) return rule;
    if ('all' in rule) return { all: rule.all.map((inner) => this.supersetOf(inner)) };
    if ('any' in rule) return { any: rule.any.map((inner) => this.supersetOf(inner)) };
    if ('not' in rule) return { not: this.subsetOf(rule.not) };
    if (!('segment' in rule)) return rule;
    this.placedIn.add(rule.segment);
    const own = this.#rules.get(rule.segment);
    return own ? this.supersetOf(own) : NO_LEARNER;
  }

  /** Returns a rule that matches at most the learners that this rule matches. */
  subsetOf(rule: Rule): Rule {
    if (++this.size > LARGEST_HINT) return rule;
    if ('all' in rule) return { all: rule.all.map((inner) => this.subsetOf(inner)) };
    if ('any' in rule) return { any: rule.any.map((inner) => this.subsetOf(inner)) };
    if ('not' in rule) return references(rule).size === 0 ? rule : NO_LEARNER;
    if (!('segment' in rule)) return rule;
    const own = this.#rules.get(rule.segment);
    return own ? this.subsetOf(own) : NO_LEARNER;
  }
}
