// A host's program, compiled against the packed types as an ES module, as CommonJS, and for a bundler.
import {
  createSmartEnrolments,
  field,
  isSmartEnrolmentsError,
  type LearnerId,
  type LinkId,
  linkCourses,
  type Outcome,
  type Repositories,
  type Rule,
  type Segment,
} from 'smart-enrolments';
import { compile, diff, type Matcher, matches } from 'smart-enrolments/core';
import { createMemoryRepositories } from 'smart-enrolments/memory';
import { createSqlRepositories, type SqlDriver, type SqlHost } from 'smart-enrolments/sql';
import { type Case, repositoriesContract, type World } from 'smart-enrolments/testkit';
import { checkAgainstModel } from 'smart-enrolments/testkit/model-based';

const rule: Rule = field('site').equals('Bristol');

export async function link(): Promise<Outcome> {
  const repositories = createMemoryRepositories({
    courses: [{ id: 'fire-safety', enrolmentMethod: 'by-assignment-only' }],
    learners: [{ id: 'ada', profile: { site: 'Bristol' } }],
  });
  const outcome = await createSmartEnrolments(repositories).apply([
    { type: 'saveSegment', segment: { id: 'bristol', title: 'Bristol', rule } },
    ...linkCourses('bristol', ['fire-safety']),
  ]);
  const state = await repositories.host.state('ada');
  const held: readonly string[] = state.assignments.map(({ courseId }) => courseId);
  const asked: boolean = matches(rule, { id: 'ada', profile: { site: held[0] ?? null } });
  return asked ? outcome : { ...outcome, revision: outcome.revision + 1 };
}

export function limits(error: unknown): number {
  if (!isSmartEnrolmentsError(error, 'removal_limit')) return 0;
  return error.details.exceeded.length;
}

export function text(error: unknown): string {
  if (!isSmartEnrolmentsError(error)) return '';
  switch (error.code) {
    case 'unknown_link':
      return error.details.linkIds.join(', ');
    case 'plan_stale':
      return error.details.changed;
    default:
      return error.message;
  }
}

// Types of one subpath are those of every other.
export async function differing(repositories: Repositories, ids: readonly LearnerId[]): Promise<readonly LinkId[]> {
  const matcher: Matcher = compile(await repositories.catalog.load());
  const { host } = createMemoryRepositories();
  const { diffs } = diff(matcher, await Promise.all(ids.map((id) => host.state(id))));
  return diffs.flatMap(({ assigned }) => assigned.map(({ linkId }) => linkId));
}

// @ts-expect-error a segment has no courses of its own
export const misfit: Segment = { id: 'bristol', title: 'Bristol', courses: [] };

export function onSql(driver: SqlDriver, host: SqlHost) {
  return createSmartEnrolments(createSqlRepositories({ driver, host }));
}

export async function proven(create: () => Promise<World>): Promise<readonly Case[]> {
  await checkAgainstModel(create, { numRuns: 10 });
  return repositoriesContract({ create });
}
