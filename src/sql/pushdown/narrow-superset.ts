import type { Condition, Rule } from '../../model/rule.js';
import { type Fragment, joined, raw } from '../statement/fragment.js';

/**
 * The SQL conditions for a rule. Learners who match the rule satisfy `holds`, all others `fails`; some may satisfy both. Both are used only in
 * WHERE, joined by AND and OR, so NULL counts as false.
 */
export interface Superset {
  readonly holds: Fragment;
  readonly fails: Fragment;
}

export const TRUE: Fragment = raw('TRUE');
export const FALSE: Fragment = raw('FALSE');
/** The superset of a condition that the database cannot decide. */
export const UNDECIDED: Superset = { holds: TRUE, fails: TRUE };

/** The superset of an exact condition: `fails` is true of every row of which it is not true. */
export function exactly(holds: Fragment): Superset {
  if (holds === FALSE) return { holds, fails: TRUE };
  return { holds, fails: isNotTrue(holds) };
}

/** The opposite of a condition that may be NULL. */
export function isNotTrue(condition: Fragment): Fragment {
  return joined([raw('(('), condition, raw(') IS NOT TRUE)')], '');
}

/** The superset of a rule, from those of its conditions. A `not` swaps the two sides, so SQL never negates a superset. */
export function supersetOf(rule: Rule, ofCondition: (condition: Condition) => Superset): Superset {
  if ('all' in rule || 'any' in rule) {
    const isAll = 'all' in rule;
    const parts = (isAll ? rule.all : rule.any).map((part) => supersetOf(part, ofCondition));
    // An empty list matches no learner, whether `all` or `any`.
    if (parts.length === 0) return { holds: FALSE, fails: TRUE };
    const [holds, fails] = [parts.map((part) => part.holds), parts.map((part) => part.fails)];
    return isAll ? { holds: every(holds), fails: some(fails) } : { holds: some(holds), fails: every(fails) };
  }
  if ('not' in rule) {
    const { holds, fails } = supersetOf(rule.not, ofCondition);
    return { holds: fails, fails: holds };
  }
  if ('everyone' in rule) return { holds: TRUE, fails: FALSE };
  return 'field' in rule ? ofCondition(rule) : UNDECIDED;
}

/** A condition that all of these are true. */
export function every(conditions: readonly Fragment[]): Fragment {
  return combined(conditions, ' AND ', TRUE, FALSE);
}

/** A condition that one of these is true. */
export function some(conditions: readonly Fragment[]): Fragment {
  return combined(conditions, ' OR ', FALSE, TRUE);
}

function combined(conditions: readonly Fragment[], word: string, neutral: Fragment, decisive: Fragment): Fragment {
  if (conditions.includes(decisive)) return decisive;
  const rest = conditions.filter((condition) => condition !== neutral);
  if (rest.length <= 1) return rest[0] ?? neutral;
  return joined([raw('('), joined(rest, word), raw(')')], '');
}
