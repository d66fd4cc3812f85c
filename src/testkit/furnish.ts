import type { CatalogChange, Unsettled } from '../model/catalog.js';
import type { Repositories } from '../repositories/repositories.js';
import type { Stage } from './promise.js';

/** Puts learners with empty profiles, and courses by assignment only, at the host. */
export async function furnish(
  { host }: Pick<Stage, 'host'>,
  { learners = [], courses = [] }: { readonly learners?: readonly string[]; readonly courses?: readonly string[] },
): Promise<void> {
  if (courses.length > 0) await host.saveCourses(courses.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })));
  if (learners.length > 0) await host.saveLearners(learners.map((id) => ({ id, profile: {} })));
}

/** Work that concerns nobody. */
export const NO_WORK: Unsettled = { links: [], courses: [], pass: 'holders' };

/** Commits this change on whatever stands, leaves this work, and answers the revision. */
export async function committing(
  { catalog }: Repositories,
  change: Partial<CatalogChange>,
  unsettled: Unsettled = NO_WORK,
): Promise<number> {
  const { revision: expected } = await catalog.load();
  return catalog.commit(changing(change), { expected, unsettled });
}

/** A change with these parts, and nothing else. */
export function changing(change: Partial<CatalogChange>): CatalogChange {
  return { saveSegments: [], deleteSegments: [], saveLinks: [], deleteLinks: [], ...change };
}

/** Ids with a number each, of one length. */
export function numbered(count: number, prefix = 'l'): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(6, '0')}`);
}
