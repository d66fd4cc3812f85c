import type { Field, Learner } from '../model/learner.js';
import type { Matching } from '../repositories/repositories.js';
import { checkRule } from '../rules/check.js';
import { evaluate, mayHoldAt } from '../rules/evaluate.js';
import { Program } from '../rules/program.js';
import { references } from '../rules/references.js';
import { slice } from '../rules/slice.js';
import { fieldTypes } from '../rules/value.js';

/** Filters a batch of learners. */
export type Filter = (learners: readonly Learner[]) => readonly Learner[];

/**
 * Returns a filter that drops learners who certainly do not match. A malformed learner may match; so may every learner if the rule cannot
 * be evaluated or names a segment.
 */
export function mayMatch({ rule, placedIn }: Matching, fields: readonly Field[] | undefined): Filter {
  const program = new Program(fieldTypes(fields));
  if (references(rule).size > 0 || checkRule(rule, program.types).length > 0) return (learners) => learners;
  const placed = placedIn.map((segmentId) => program.placed(segmentId));
  const wanted = program.or([program.compile(rule, (segmentId) => program.placed(segmentId)), ...placed]);
  const part = slice(program, [wanted], 'none');
  return (learners) => {
    const rows = mayHoldAt(evaluate(part, learners), [wanted], learners.length);
    return rows.map((row) => learners[row]!);
  };
}
