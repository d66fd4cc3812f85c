import { causeText } from './cause-text.js';
import type { LimitExceeded } from './diff.js';
import type { ErrorCode, ErrorDetails } from './error-details.js';
import { list, SHOWN, shorten } from './shown.js';

/** After these nobody can tell what is stored. */
const WRITES = ['transaction', 'catalog.commit', 'catalog.settled', 'enrolments.write'];

function location(path: readonly (string | number)[]): string {
  const steps = path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${shorten(step)}`));
  return steps.join('') || 'the argument';
}

function excess({ limit, found, allowed }: LimitExceeded): string {
  return `${found} ${found === 1 ? limit.slice(0, -1) : limit} where ${allowed} ${allowed === 1 ? 'is' : 'are'} allowed`;
}

const STALE: { readonly [Changed in ErrorDetails['plan_stale']['changed']]: string } = {
  catalog: 'The catalog has changed since this plan was previewed.',
  diff: 'What it would do is no longer what was previewed: the learners, the courses or the plan itself have changed.',
  format: 'This plan cannot be read: another version of the library made it, or it was changed.',
};

/** The message of each code. */
export const messages: { readonly [Code in ErrorCode]: (details: ErrorDetails[Code], cause: unknown) => string } = {
  invalid_input: ({ issues }) => {
    const shown = issues.slice(0, SHOWN).map((issue) => `\n- ${location(issue.path)}: ${issue.message}`);
    const more = issues.length > SHOWN ? `\n- and ${issues.length - SHOWN} more in details.issues` : '';
    return `Nothing was done, because the input is not valid:${shown.join('')}${more}`;
  },
  unknown_segment: ({ segmentIds }) =>
    `No segment has the id ${list(segmentIds)}. One that is referred to is saved first, or in the same list of edits; one that is gone needs no deleting.`,
  unknown_course: ({ courseIds }) =>
    `No course has the id ${list(courseIds)}. Only courses that catalog.load() answers can be linked.`,
  unknown_link: ({ linkIds }) =>
    `No link has the id ${list(linkIds)}. It may have been removed already; load the catalog again.`,
  course_not_by_assignment: ({ courses }) =>
    `Only courses whose enrolment method is "by-assignment-only" can be linked; change the method of ${list(courses.map((c) => c.courseId))} first.`,
  duplicate_link: ({ links }) => {
    const taken = links.filter(({ linkId, existing }) => linkId === existing).map(({ linkId }) => linkId);
    const repeated = links.filter(({ linkId, existing }) => linkId !== existing);
    const pairs = repeated
      .slice(0, SHOWN)
      .map(({ linkId, existing }) => `${list([linkId])} repeats ${list([existing])}`);
    const more = repeated.length > SHOWN ? ` and ${repeated.length - SHOWN} more` : '';
    const parts = [
      taken.length > 0 && `The id ${list(taken)} names a link of another segment or course; use another id.`,
      repeated.length > 0 &&
        `A segment, course and rule are linked once: ${pairs.join(', ')}${more}. Leave the new one out, or unlink the old one in the same list of edits: then nobody is unenrolled and nothing is archived.`,
    ];
    return parts.filter(Boolean).join(' ');
  },
  segment_in_use: ({ segments }) => {
    const uses = segments.slice(0, SHOWN).map(({ segmentId, links, segments: users }) => {
      const by = [links.length ? `links ${list(links)}` : '', users.length ? `the rules of ${list(users)}` : ''];
      return `${list([segmentId])} (by ${by.filter(Boolean).join(' and ')})`;
    });
    return `A segment that is referred to cannot be deleted: ${uses.join('; ')}. Unlink the links and edit the rules first, or in the same list of edits.`;
  },
  rule_cycle: ({ segmentIds }) =>
    `The rules of these segments refer to each other in a circle: ${list([...segmentIds, ...segmentIds.slice(0, 1)])}. Remove one of the references.`,
  catalog_conflict: ({ expected, found }) =>
    `The catalog was at revision ${found} where ${expected} was expected: somebody else committed meanwhile. Try again on what stands now.`,
  plan_stale: ({ changed }) => `${STALE[changed]} Nothing of it was done; preview the edits again.`,
  removal_limit: ({ operation, exceeded, fingerprint, confirmed }) => {
    const over = exceeded.map(excess).join(' and ');
    if (fingerprint !== undefined) {
      const other =
        confirmed === undefined ? '' : `What was confirmed, ${list([confirmed])}, is not what it would do now. `;
      return `${operation} would mean ${over}. ${other}Nothing was done; if this is intended, call ${operation} with confirm: ${JSON.stringify(fingerprint)}.`;
    }
    return `${operation} stopped before a batch that would have meant ${over}: more than when it was checked. What was done stands; ${
      operation === 'apply' || operation === 'settle' ? 'settle() goes on with the rest' : 'run it again for the rest'
    }.`;
  },
  some_failed: ({ failed }) => {
    const learners = failed.length === 1 ? '1 learner' : `${failed.length} learners`;
    return `${learners} could not be settled: ${list(failed.map(({ learnerId }) => learnerId))}. Nothing of theirs was changed, and everyone else is settled. Fix what details.failed reports, then call learnersChanged with these ids.`;
  },
  work_outstanding: ({ operation, courses }, cause) =>
    `Nothing was changed: an earlier edit (operation ${list([operation])}) left work on ${courses.length === 1 ? 'course' : 'courses'} ${list(courses)} that cannot be settled${causeText(cause)} Fix the cause and call settle(), then apply this edit again. Edits on other courses are not affected.`,
  repository_failed: ({ method }, cause) =>
    `${method} failed${causeText(cause)} What was not committed is not changed; mend it and try again, or call settle() after an edit.`,
  contract_broken: ({ method, promise }) => {
    const state = WRITES.includes(method)
      ? 'What it was to write may be stored or not; mend the adapter, then call settle() and reconcile().'
      : 'Nothing of this batch was changed; mend the adapter, then run the operation again, or settle() after an edit.';
    return `${method} broke a promise of its interface: ${promise} ${state}`;
  },
};
