import type { Matcher } from '../catalog/matcher.js';
import type { LinkId, SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';
import type { Matching } from '../repositories/repositories.js';
import { references } from '../rules/references.js';
import { openLinks } from './audience.js';

/** A hint that would be larger than this is not worth sending. */
const LARGEST_HINT = 1_000;

/**
 * What to ask a store for to find the links' audience: a superset of it, with the segments that rules refer to written out.
 * Undefined where there is nobody to find, since every one of the links is gone or frozen.
 */
export function matchingOf(matcher: Matcher, links: readonly LinkId[]): Matching | undefined {
  const open = openLinks(matcher, links);
  if (open.length === 0) return undefined;
  const hint = new Hint(matcher);
  const rules = new Map<string, Rule>();
  for (const { link } of open) {
    const segment: Rule = { segment: link.segmentId };
    const key = JSON.stringify([link.segmentId, link.rule ?? null]);
    if (!rules.has(key)) rules.set(key, hint.above(link.rule ? { all: [segment, link.rule] } : segment));
  }
  const rule: Rule = rules.size === 1 ? [...rules.values()][0]! : { any: [...rules.values()] };
  return { rule: hint.size > LARGEST_HINT ? { everyone: true } : rule, placedIn: [...hint.placedIn] };
}

const NOBODY: Rule = { any: [] };

/**
 * Writes segments out, as long as the hint is not too large: then everyone is asked for instead. Who is placed by hand is asked
 * for beside the rule, so what stands above a segment leaves it out; under a `not` it would have to be taken away, which no hint
 * can say.
 */
class Hint {
  readonly placedIn = new Set<SegmentId>();
  readonly #rules: ReadonlyMap<SegmentId, Rule | undefined>;
  size = 0;

  constructor(matcher: Matcher) {
    this.#rules = new Map(matcher.catalog.segments.map(({ id, rule }) => [id, rule]));
  }

  /** A rule that, with those placed, matches at least whom this one does. */
  above(rule: Rule): Rule {
    if (++this.size > LARGEST_HINT) return rule;
    if ('all' in rule) return { all: rule.all.map((inner) => this.above(inner)) };
    if ('any' in rule) return { any: rule.any.map((inner) => this.above(inner)) };
    if ('not' in rule) return { not: this.below(rule.not) };
    if (!('segment' in rule)) return rule;
    this.placedIn.add(rule.segment);
    const own = this.#rules.get(rule.segment);
    return own ? this.above(own) : NOBODY;
  }

  /** A rule that matches at most whom this one does. */
  below(rule: Rule): Rule {
    if (++this.size > LARGEST_HINT) return rule;
    if ('all' in rule) return { all: rule.all.map((inner) => this.below(inner)) };
    if ('any' in rule) return { any: rule.any.map((inner) => this.below(inner)) };
    if ('not' in rule) return references(rule).size === 0 ? rule : NOBODY;
    if (!('segment' in rule)) return rule;
    const own = this.#rules.get(rule.segment);
    return own ? this.below(own) : NOBODY;
  }
}
