import type { FieldType, Learner, Profile } from '../../src/model/learner.js';
import type { Rule } from '../../src/model/rule.js';
import { evaluate, holdsAt } from '../../src/rules/evaluate.js';
import { Program } from '../../src/rules/program.js';
import { slice } from '../../src/rules/slice.js';
import { Tracer } from '../../src/rules/trace.js';

/** Asks a rule of a profile by columns and recursively, which have to agree. */
export function holds(rule: Rule, profile: Profile, types?: ReadonlyMap<string, FieldType>): boolean {
  const learner: Learner = { id: 'a', profile };
  const program = new Program(types);
  const slot = program.compile(rule, (id) => program.placed(id));
  const evaluation = evaluate(slice(program, [slot], 'all'), [learner]);
  const [fault] = evaluation.invalid.values();
  if (fault !== undefined) throw new Error(fault);
  const byColumns = holdsAt(evaluation, slot, 0);
  const traced = new Tracer(learner, types, new Map()).trace(rule).holds;
  if (traced !== byColumns) throw new Error(`By columns ${byColumns}, recursively ${traced}.`);
  return byColumns;
}
