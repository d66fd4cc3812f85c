import type { Field } from '../../../src/core.js';

/** The profile fields of the workload. */
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

const named = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix} ${i}`);

export const DEPARTMENTS = named('Department', 40);
export const SITES = named('Site', 80);
export const COUNTRIES = named('Country', 25);
export const SKILLS = named('Skill', 60);
export const GRADES = ['Junior', 'Certified', 'Senior', 'Lead'];
/** No craft contains another one, so that `contains` matches exactly one. */
export const CRAFTS = Array.from({ length: 60 }, (_, i) => `craft ${String.fromCharCode(97 + (i % 26))}${i + 10}`);
/** Every grade with every craft: 240 roles. */
export const ROLES = CRAFTS.map((craft) => GRADES.map((grade) => `${grade} ${craft}`));
