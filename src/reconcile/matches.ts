import { compileSegments } from '../catalog/compile-segments.js';
import { type InputIssue, SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { Catalog } from '../model/catalog.js';
import type { Learner } from '../model/learner.js';
import type { Rule } from '../model/rule.js';
import { checkRule } from '../rules/check.js';
import { evaluate, holdsAt } from '../rules/evaluate.js';
import { Program } from '../rules/program.js';
import { references } from '../rules/references.js';
import { slice } from '../rules/slice.js';
import { fieldTypes } from '../rules/value.js';

/**
 * Returns whether a learner, active or not, satisfies a rule; fields and segments are looked up in the catalog.
 * @throws `invalid_input` for a rule that cannot be evaluated or a malformed learner, `unknown_segment` (semantics §7.1–§7.5).
 */
export function matches(
  rule: Rule,
  learner: Learner,
  catalog: Pick<Catalog, 'fields' | 'segments'> = { segments: [] },
): boolean {
  const program = new Program(fieldTypes(catalog.fields));
  const { slots, faults } = compileSegments(program, catalog.segments);
  refuse(checkRule(rule, program.types, ['rule']));
  const unusable = [...references(rule)].filter((id) => !slots.has(id));
  const unknown = unusable.filter((id) => !faults.has(id));
  if (unknown.length > 0) throw new SmartEnrolmentsError('unknown_segment', { segmentIds: unknown });
  refuse(unusable.map((id) => ({ code: 'value_misfit', path: ['rule'], message: faults.get(id)! })));
  const slot = program.compile(rule, (id) => slots.get(id)!);
  const evaluation = evaluate(slice(program, [slot], 'all'), [learner]);
  for (const message of evaluation.invalid.values()) refuse([{ code: 'wrong_type', path: ['learner'], message }]);
  return holdsAt(evaluation, slot, 0);
}

function refuse(issues: readonly InputIssue[]): void {
  if (issues.length > 0) throw new SmartEnrolmentsError('invalid_input', { issues });
}
