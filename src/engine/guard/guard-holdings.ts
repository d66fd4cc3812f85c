import type { Assignment, Holdings, TrainingRecord, UnreadableHoldings } from '../../model/learner.js';
import { broken } from './guard-failure.js';
import { isAmong } from './guard-learners.js';

const METHOD = 'enrolments.read';

/** Checks what `enrolments.read` returned. Sorted rows, in the order of the ids, are checked without a look-up. */
export function checkHoldings(
  ids: readonly string[],
  courses: readonly string[] | undefined,
  result: readonly (Holdings | UnreadableHoldings)[],
): void {
  if (!Array.isArray(result)) throw broken(METHOD, 'It returns an array of what learners hold.');
  const found = Array.from(result, (row: Holdings | UnreadableHoldings | null | undefined) => {
    if (typeof row?.learnerId !== 'string') throw broken(METHOD, 'It returns rows whose learnerId is a string.');
    return row.learnerId;
  });
  if (!isAmong(found, ids)) throw broken(METHOD, 'It returns only the requested learners, each once.');
  const requested = courses && new Set(courses);
  for (const row of result) {
    if ('unreadable' in row) continue;
    const { assignments, individual, training } = row;
    if (!Array.isArray(assignments) || !Array.isArray(individual) || !Array.isArray(training)) {
      throw broken(METHOD, 'It returns rows with arrays of assignments, individual enrolments and training records.');
    }
    checkAssignments(assignments, requested);
    for (const courseId of individual) checkCourse(courseId, requested);
    checkTraining(training, requested);
  }
}

function checkCourse(courseId: unknown, requested: ReadonlySet<string> | undefined): void {
  if (typeof courseId !== 'string') throw broken(METHOD, 'It returns course ids that are strings.');
  if (requested && !requested.has(courseId)) throw broken(METHOD, 'It returns only the requested courses.');
}

function checkAssignments(assignments: readonly Assignment[], requested: ReadonlySet<string> | undefined): void {
  let sorted = true;
  let before: Assignment | undefined;
  for (const assignment of assignments as readonly (Assignment | null | undefined)[]) {
    if (!assignment) throw broken(METHOD, 'It returns assignments that are objects.');
    checkCourse(assignment.courseId, requested);
    if (typeof assignment.linkId !== 'string') throw broken(METHOD, 'It returns link ids that are strings.');
    if (typeof assignment.segmentId !== 'string')
      throw broken(METHOD, 'It returns each assignment with the segmentId that was written with it.');
    sorted &&= !before || follows(before, assignment);
    before = assignment;
  }
  if (!sorted && repeatsAssignment(assignments)) throw broken(METHOD, 'It returns no assignment twice.');
}

function follows(before: Assignment, after: Assignment): boolean {
  if (before.courseId === after.courseId) return before.linkId < after.linkId;
  return before.courseId < after.courseId;
}

function repeatsAssignment(assignments: readonly Assignment[]): boolean {
  // Usually each link occurs once, which is quicker to check than that each pair does.
  const seen = new Set<string>();
  for (const { linkId } of assignments) seen.add(linkId);
  if (seen.size === assignments.length) return false;
  const courses = new Map<string, Set<string>>();
  for (const { courseId, linkId } of assignments) {
    const links = courses.get(courseId);
    if (!links) courses.set(courseId, new Set([linkId]));
    else if (links.has(linkId)) return true;
    else links.add(linkId);
  }
  return false;
}

function checkTraining(training: readonly TrainingRecord[], requested: ReadonlySet<string> | undefined): void {
  for (const record of training as readonly (TrainingRecord | null | undefined)[]) {
    if (!record) throw broken(METHOD, 'It returns training records that are objects.');
    const { courseId, status } = record;
    checkCourse(courseId, requested);
    if (status !== 'in-progress' && status !== 'completed') {
      throw broken(METHOD, 'It returns training records that are "in-progress" or "completed".');
    }
  }
}
