import type { Repositories, Rule } from '../../../src/index.js';
import { checkRule } from '../../../src/rules/check.js';
import { fieldTypes } from '../../../src/rules/value.js';
import { Random } from '../../../src/testkit/random.js';
import type { OperatorClass } from './column-kind.js';
import type { CoreAnswer } from './core-answer.js';
import type { Narrowed } from './counts.js';
import type { PeopleTable } from './people-table.js';
import type { RuleGenerator } from './rule-generator.js';
import { SEED, seedOf } from './settings.js';
import { walk } from './walk.js';

/** A rule with a wrong result, and the differences. */
export interface WrongAnswer {
  readonly sort: 'read' | 'found' | 'applied' | 'blocked' | 'rejected';
  readonly rule?: Rule;
  readonly fault: string;
}

/** Rules of one operator class that can be evaluated, the same for the same seed. */
export function* rulesOf(
  generator: RuleGenerator,
  operators: OperatorClass,
  fields: CoreAnswer['fields'],
  count: number,
  story: string,
): Generator<Rule> {
  const random = new Random(SEED, seedOf(`${generator.kind.name} ${operators} ${story}`));
  for (let made = 0; made < count; ) {
    const rule = generator.rule(operators, random);
    if (checkRule(rule, fieldTypes(fields)).length > 0) continue;
    made++;
    yield rule;
  }
}

/** Compares the learners that the store finds for a rule with those that the core finds. */
export async function checkNarrowing(
  repositories: Repositories,
  core: CoreAnswer,
  { stored }: PeopleTable,
  rule: Rule,
  page: { readonly limit: number; readonly idsOnly: boolean },
): Promise<Narrowed | WrongAnswer> {
  const must = core.mustBeFound(rule);
  let found: ReadonlySet<string>;
  try {
    found = new Set((await walk(repositories, { ...page, matching: { rule, placedIn: [] } })).map(({ id }) => id));
  } catch (error) {
    return { sort: 'rejected', rule, fault: `the walk fails: ${String(error)}` };
  }
  const missing = [...must].filter((id) => !found.has(id));
  if (missing.length > 0) {
    const some = missing
      .slice(0, 3)
      .map((id) => `${JSON.stringify(stored.get(id)!.stored)}${core.blocked.has(id) ? ' (blocked)' : ''}`);
    return {
      sort: 'found',
      rule,
      fault: `leaves out ${missing.length} of ${must.size} learners, stored ${some.join(', ')}`,
    };
  }
  return { candidates: stored.size - must.size, excluded: stored.size - found.size };
}
