import type { Learner, Profile } from '../../../src/core.js';
import { Chance } from './chance.js';
import { COUNTRIES, CRAFTS, DEPARTMENTS, GRADES, ROLES, SITES, SKILLS } from './fields.js';

/** Options of a generated population. */
export interface Population {
  readonly seed?: number;
  /** Whether roles depend on departments and countries on sites, as in reality (default), or all fields are independent. */
  readonly correlated?: boolean;
}

/** The id of the learner with this index; ids sort in the order of the indexes. */
export function learnerId(index: number): string {
  return `learner-${String(index).padStart(8, '0')}`;
}

/** The index in a learner's id. */
export function learnerIndex(id: string): number {
  return Number(id.slice('learner-'.length));
}

/** One learner of the workload, generated from the index alone. */
export function learnerOf(index: number, { seed = 1, correlated = true }: Population = {}): Learner {
  const chance = new Chance(seed * 1_000_003 + index);
  const department = chance.below(DEPARTMENTS.length);
  const site = chance.below(SITES.length);
  const craft = correlated ? (department * 3 + chance.below(3)) % CRAFTS.length : chance.below(CRAFTS.length);
  const country = correlated ? site % COUNTRIES.length : chance.below(COUNTRIES.length);
  const profile: Profile = {
    department: DEPARTMENTS[department]!,
    role: ROLES[craft]![chance.below(GRADES.length)]!,
    site: SITES[site]!,
    country: COUNTRIES[country]!,
    level: 1 + chance.below(10),
    hired: dateOf(chance),
    skills: Array.from({ length: chance.below(4) }, () => chance.pick(SKILLS)),
    contractor: chance.below(4) === 0,
  };
  return { id: learnerId(index), profile };
}

/** The same learner after their `move`th move: another department and role, one level up. */
export function movedLearner(index: number, move = 1): Learner {
  const { id, profile } = learnerOf(index);
  const { department, role } = learnerOf(index, { seed: 1 + move }).profile;
  return { id, profile: { ...profile, department, role, level: 1 + (((profile.level as number) + move) % 10) } };
}

function dateOf(chance: Chance): string {
  const [year, month, day] = [2005 + chance.below(20), 1 + chance.below(12), 1 + chance.below(28)];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
