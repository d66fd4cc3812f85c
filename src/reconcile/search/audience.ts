import { type CompiledCatalog, compiledOf } from '../../catalog/compiled-catalog.js';
import type { MatchedLink } from '../../catalog/matched-link.js';
import type { Matcher } from '../../catalog/matcher.js';
import type { LearnerId, LinkId } from '../../model/ids.js';
import type { Learner } from '../../model/learner.js';
import { evaluate, mayHoldAt } from '../../rules/evaluate.js';
import { slice } from '../../rules/slice.js';

/**
 * Returns a function that picks the learners who are, or may be, in the audience of one of these links. A learner may be in it if a field
 * that decides is malformed, or if they are inactive and inactive learners are frozen. Deleted and frozen links have no audience here.
 */
export function audienceOf(
  matcher: Matcher,
  links: readonly LinkId[],
): (learners: readonly Learner[]) => readonly LearnerId[] {
  const compiled = compiledOf(matcher);
  const slots = [...new Set(openLinks(matcher, links).map(({ audience }) => audience!))];
  const needed = slice(compiled.program, slots, 'none');
  return (learners) => {
    const evaluation = evaluate(needed, learners);
    return mayHoldAt(evaluation, slots, learners.length)
      .filter((row) => !isOutsideAudiences(learners[row]!, compiled) || evaluation.invalid.has(row))
      .map((row) => learners[row]!.id);
  };
}

/** Returns whether a learner is outside every audience, whatever rules ask: they are inactive, and inactive learners are unenrolled. */
export function isOutsideAudiences({ active }: Learner, { inactive }: Pick<CompiledCatalog, 'inactive'>): boolean {
  return active === false && inactive === 'unenrol';
}

/** Returns the links that are in force. */
export function openLinks(matcher: Matcher, links: readonly LinkId[]): MatchedLink[] {
  const compiled = compiledOf(matcher);
  return links.flatMap((id) => {
    const link = compiled.links[compiled.linkIndex.get(id) ?? -1];
    return link && !link.frozen ? link : [];
  });
}
