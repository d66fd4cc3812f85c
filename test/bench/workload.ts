import type { Catalog, Link, Segment } from '../../src/model/catalog.js';
import type { Field, Learner } from '../../src/model/learner.js';
import type { Rule } from '../../src/model/rule.js';
import { all, any, field, inSegment } from '../../src/rules/build.js';

/** A small deterministic generator (mulberry32): the same seed gives the same workload everywhere. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }
}

export const FIELDS: readonly Field[] = [
  { id: 'department', type: 'text' },
  { id: 'role', type: 'text' },
  { id: 'site', type: 'text' },
  { id: 'country', type: 'text' },
  { id: 'level', type: 'number' },
  { id: 'hired', type: 'date' },
  { id: 'skills', type: 'text' },
  { id: 'contractor', type: 'boolean' },
];

const names = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix} ${i}`);
const DEPARTMENTS = names('Department', 40);
const ROLES = names('Role', 120);
const SITES = names('Site', 80);
const COUNTRIES = names('Country', 25);
const SKILLS = names('Skill', 60);

/** One learner of the workload: roles go with departments and countries with sites; the rest is independent. */
export function learnerOf(index: number, seed = 1): Learner {
  const chance = new Chance(seed * 1_000_003 + index);
  const department = chance.below(DEPARTMENTS.length);
  const site = chance.below(SITES.length);
  const skills = Array.from({ length: chance.below(4) }, () => chance.pick(SKILLS));
  const hired = `${2005 + chance.below(20)}-${String(1 + chance.below(12)).padStart(2, '0')}-${String(1 + chance.below(28)).padStart(2, '0')}`;
  return {
    id: `learner-${String(index).padStart(8, '0')}`,
    profile: {
      department: DEPARTMENTS[department]!,
      role: ROLES[(department * 3 + chance.below(3)) % ROLES.length]!,
      site: SITES[site]!,
      country: COUNTRIES[site % COUNTRIES.length]!,
      level: 1 + chance.below(10),
      hired,
      skills,
      contractor: chance.below(5) === 0,
    },
  };
}

function term(chance: Chance): Rule {
  switch (chance.below(9)) {
    case 0:
    case 1:
      return field('department').equals(chance.pick(DEPARTMENTS));
    case 2:
      return field('role').in([chance.pick(ROLES), chance.pick(ROLES), chance.pick(ROLES)]);
    case 3:
      return field('site').equals(chance.pick(SITES));
    case 4:
      return field('country').equals(chance.pick(COUNTRIES));
    case 5:
      return all(field('level').gte(chance.below(10)), field('department').equals(chance.pick(DEPARTMENTS)));
    case 6:
      return all(field('hired').lt(`${2005 + chance.below(20)}-01-01`), field('site').equals(chance.pick(SITES)));
    case 7:
      return field('skills').equals(chance.pick(SKILLS));
    default:
      return all(field('role').contains(String(chance.below(120))), field('country').equals(chance.pick(COUNTRIES)));
  }
}

function ruleOf(chance: Chance, before: readonly Segment[]): Rule {
  const terms = Array.from({ length: 1 + chance.below(3) }, () => term(chance));
  if (before.length > 10 && chance.below(12) === 0) terms.push(inSegment(chance.pick(before).id));
  if (terms.length === 1) return terms[0]!;
  return chance.below(3) === 0 ? any(...terms) : all(terms[0]!, any(...terms.slice(1), field('level').gte(10)));
}

/** A catalog of this many segments and links, spread over half as many courses as there are segments and more. */
export function catalogOf(segmentCount: number, linkCount: number, seed = 2): Catalog {
  const chance = new Chance(seed);
  const segments: Segment[] = [];
  for (let i = 0; i < segmentCount; i++) {
    segments.push({ id: `segment-${i}`, title: `Segment ${i}`, rule: ruleOf(chance, segments) });
  }
  const courseCount = Math.max(1, Math.round(linkCount / 4));
  const courses = Array.from({ length: courseCount }, (_, i) => ({
    id: `course-${i}`,
    enrolmentMethod: 'by-assignment-only' as const,
  }));
  const links = Array.from(
    { length: linkCount },
    (_, i): Link => ({
      id: `link-${i}`,
      segmentId: segments[i % segmentCount]!.id,
      // No two links of a segment share a course.
      courseId: courses[(i + Math.floor(i / segmentCount) * 37) % courseCount]!.id,
    }),
  );
  return { revision: 1, fields: FIELDS, courses, segments, links, unsettled: [] };
}
