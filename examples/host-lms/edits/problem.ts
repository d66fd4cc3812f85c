import { isSmartEnrolmentsError } from 'smart-enrolments';
import type { Names } from '../rules/words.js';

type Titles = Names & { readonly courses: ReadonlyMap<string, string>; readonly links: ReadonlyMap<string, string> };

/** Returns one sentence, in the words of the pages, on why an edit was refused; rethrows errors that no user input caused. */
export function problemText(error: unknown, titles: Titles): string {
  if (!isSmartEnrolmentsError(error)) throw error;
  const course = (id: string) => titles.courses.get(id) ?? id;
  const segment = (id: string) => titles.segments.get(id) ?? id;
  switch (error.code) {
    case 'invalid_input':
      return error.details.issues.map(({ message }) => message).join(' ');
    case 'segment_in_use': {
      const uses = error.details.segments.flatMap(({ links, segments }) => [
        ...(links.length > 0
          ? [`courses are linked to it: ${listed(links.map((id) => titles.links.get(id) ?? id))}`]
          : []),
        ...(segments.length > 0 ? [`the rules of other segments name it: ${listed(segments.map(segment))}`] : []),
      ]);
      return `The segment cannot be deleted while ${uses.join(', and ')}. Remove these first.`;
    }
    case 'rule_cycle':
      return `These segments would refer to each other in a cycle: ${listed(error.details.segmentIds.map(segment))}.`;
    case 'course_not_by_assignment':
      return `${listed(error.details.courses.map(({ courseId }) => course(courseId)))}: only courses whose enrolment method is “By assignment only” can be linked.`;
    case 'duplicate_link':
      return 'One of these courses is already linked to this segment with the same rule.';
    case 'unknown_link':
      return 'This link no longer exists: another admin has removed it.';
    case 'unknown_segment':
      return 'This segment no longer exists: another admin has deleted it.';
    case 'unknown_course':
      return `There is no course ${listed(error.details.courseIds)}.`;
    case 'catalog_conflict':
      return 'Another admin changed the segments at the same time. Nothing was changed; try again.';
    case 'plan_stale':
      return 'The data has changed since the preview. Nothing was changed.';
    case 'removal_limit': {
      const over = error.details.exceeded.map(({ limit, found, allowed }) => {
        return `${limit === 'archives' ? 'archive' : 'end'} ${found} ${limit === 'archives' ? 'records' : 'enrolments'} (the limit is ${allowed})`;
      });
      // The number grew while the operation ran.
      if (error.details.fingerprint === undefined) {
        return `It stopped because it would ${over.join(' and ')}. Earlier changes are kept; the next edit finishes the rest.`;
      }
      return `This would ${over.join(' and ')}. Nothing was changed.`;
    }
    case 'some_failed': {
      const { failed, outcome } = error.details;
      const failures = failed.length === 1 ? '1 person' : `${failed.length} people`;
      return `Done, except for ${failures} whose enrolments could not be stored: ${listed(failed.map(({ learnerId }) => learnerId))}. The next reconcile retries them; ${outcome.summary.learners} others were changed.`;
    }
    case 'work_outstanding':
      return `An earlier edit of ${listed(error.details.courses.map(course))} is not finished yet. Nothing was changed; try again in a few minutes.`;
    case 'repository_failed':
    case 'contract_broken':
      throw error;
    default:
      return error satisfies never;
  }
}

function listed(items: readonly string[]): string {
  return items.map((item) => `“${item}”`).join(', ');
}
