import type { CatalogChange, Unsettled } from '../model/catalog.js';
import type { Operation } from '../model/operation.js';
import type { CommitOptions, Repositories } from '../repositories/repositories.js';
import type { CaseWorld } from './contract-case.js';

/** Saves learners with empty profiles, and courses with enrolment by assignment only, at the host. */
export async function seedHost(
  { host }: Pick<CaseWorld, 'host'>,
  { learners = [], courses = [] }: { readonly learners?: readonly string[]; readonly courses?: readonly string[] },
): Promise<void> {
  if (courses.length > 0) await host.saveCourses(courses.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })));
  if (learners.length > 0) await host.saveLearners(learners.map((id) => ({ id, profile: {} })));
}

/** An operation whose commit creates this revision. */
export function operationAt(revision: number): Operation {
  return { id: `operation ${revision}`, kind: 'apply', at: '2026-03-01T09:00:00.000Z', revision };
}

/** Options of a commit that expects this revision and leaves this work; by default, work without links. */
export function expecting(revision: number, work: Partial<Unsettled> = {}): CommitOptions {
  const unsettled: Unsettled = {
    ...{ operation: operationAt(revision + 1), links: [], courses: [], removedLinks: [] },
    ranges: [{ pass: 'holders' }, { pass: 'audience' }],
    ...work,
  };
  return { expected: { revision }, unsettled };
}

/** Commits this change on the current revision, and returns the work that it left. */
export async function commitChange(
  { catalog }: Repositories,
  change: Partial<CatalogChange>,
  work: Partial<Unsettled> = {},
): Promise<Unsettled> {
  const { revision } = await catalog.load();
  const options = expecting(revision, work);
  await catalog.commit(changeOf(change), options);
  return options.unsettled;
}

/** A change with only these parts. */
export function changeOf(change: Partial<CatalogChange>): CatalogChange {
  return { saveSegments: [], deleteSegments: [], saveLinks: [], deleteLinks: [], ...change };
}

/** Numbered ids, all of the same length. */
export function numbered(count: number, prefix = 'l'): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(6, '0')}`);
}
