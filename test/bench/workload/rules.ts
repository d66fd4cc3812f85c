import { all, any, field, inSegment, not, type Rule, type Segment } from '../../../src/core.js';
import type { Chance } from './chance.js';
import { COUNTRIES, CRAFTS, DEPARTMENTS, GRADES, ROLES, SITES, SKILLS } from './fields.js';

/** The rule of one segment: one to three terms with all operators that admins use; a term may refer to an earlier segment. */
export function ruleOf(chance: Chance, before: readonly Segment[]): Rule {
  const nested = before.length > 10 && chance.below(12) === 0;
  const first = nested ? inSegment(chance.pick(before).id) : narrow(chance);
  switch (chance.below(8)) {
    case 0:
      return first;
    case 1:
      return any(first, all(narrow(chance), wide(chance)));
    case 2:
    case 3:
      return all(first, any(narrow(chance), wide(chance)));
    case 4:
      return all(first, not(wide(chance)));
    case 5:
      return all(first, wide(chance));
    default:
      return all(first, wide(chance), wide(chance));
  }
}

/** A term that few people satisfy. */
function narrow(chance: Chance): Rule {
  switch (chance.below(7)) {
    case 0:
      return field('department').equals(chance.pick(DEPARTMENTS));
    case 1:
      return field('site').equals(chance.pick(SITES));
    case 2:
      return field('country').equals(chance.pick(COUNTRIES));
    case 3:
      return field('skills').equals(chance.pick(SKILLS));
    case 4:
      return field('role').contains(chance.pick(CRAFTS));
    case 5:
      return field('role').in([chance.pick(ROLES)[0]!, chance.pick(ROLES)[1]!, chance.pick(ROLES)[2]!]);
    default:
      return field('role').equals(chance.pick(chance.pick(ROLES)));
  }
}

/** A term that many people satisfy. */
function wide(chance: Chance): Rule {
  const year = 2006 + chance.below(18);
  switch (chance.below(6)) {
    case 0:
      return field('level').gte(1 + chance.below(10));
    case 1:
      return field('level').lt(2 + chance.below(9));
    case 2:
      return field('hired').lt(`${year}-01-01`);
    case 3:
      return field('hired').gte(`${year}-07-01`);
    case 4:
      return field('role').startsWith(chance.pick(GRADES));
    default:
      return field('contractor').equals(chance.below(2) === 0);
  }
}
