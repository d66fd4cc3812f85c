import type { LearnerId } from '../model/ids.js';
import type { WhatIf } from '../model/options.js';
import { readIds } from './ids.js';
import type { Issues } from './issues.js';
import { readLearners } from './learner.js';
import { onlyKeys } from './only-keys.js';
import { at } from './place.js';

const KEYS: readonly string[] = ['learners', 'deleted'] satisfies readonly (keyof WhatIf)[];

/** Copies the assumptions of a preview of learners, or adds their issues. */
export function readWhatIf(value: unknown, issues: Issues): Required<WhatIf> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    issues.wrongType('{ learners?: learners, deleted?: ids }', value, undefined);
    return undefined;
  }
  onlyKeys(value, KEYS, undefined, issues);
  const { learners: given = [], deleted: ids = [] } = value as { readonly [Key in keyof WhatIf]: unknown };
  const learners = readLearners(given, at(undefined, 'learners'), issues);
  const deleted = readIds(ids, at(undefined, 'deleted'), issues);
  if (!learners || !deleted) return undefined;
  const stored = new Set<LearnerId>(learners.map(({ id }) => id));
  for (const [i, id] of deleted.entries())
    if (stored.has(id)) issues.add('duplicate', at(at(undefined, 'deleted'), i), 'this learner is also in "learners"');
  return { learners, deleted };
}
