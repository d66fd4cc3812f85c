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
      return `These segments would refer to each other in a circle: ${listed(error.details.segmentIds.map(segment))}.`;
    case 'course_not_by_assignment':
      return `${listed(error.details.courses.map(({ courseId }) => course(courseId)))}: only courses whose enrolment method is “By assignment only” can be linked.`;
    case 'duplicate_link':
      return 'One of these courses is linked to this segment already, in the same way.';
    case 'unknown_link':
      return 'That link is gone: somebody has removed it meanwhile.';
    case 'unknown_segment':
      return 'That segment is gone: somebody has deleted it meanwhile.';
    case 'unknown_course':
      return `There is no course ${listed(error.details.courseIds)}.`;
    case 'catalog_conflict':
      return 'Others were changing the segments at the same moment. Nothing was done; try again.';
    case 'plan_stale':
      return 'Things have changed since the preview. Nothing was done.';
    case 'removal_limit': {
      const over = error.details.exceeded.map(({ limit, found, allowed }) => {
        return `${found} ${limit === 'archives' ? 'records archived' : 'enrolments ended'}, where ${allowed} pass unasked`;
      });
      // The number grew while the operation ran.
      if (error.details.fingerprint === undefined) {
        return `It stopped in between, before it would have meant ${over.join(' and ')}. What was done stands; the next edit finishes the rest.`;
      }
      return `This would mean ${over.join(' and ')}. Nothing was done.`;
    }
    case 'some_failed': {
      const { failed, outcome } = error.details;
      const failures = failed.length === 1 ? '1 person' : `${failed.length} people`;
      return `Done, but for ${failures}, whose enrolments could not be stored: ${listed(failed.map(({ learnerId }) => learnerId))}. The next reconcile tries again; ${outcome.summary.learners} others were changed.`;
    }
    case 'work_outstanding':
      return `An earlier edit of ${listed(error.details.courses.map(course))} is not finished yet. Nothing was done; try again in a few minutes.`;
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
