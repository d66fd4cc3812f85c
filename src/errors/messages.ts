import type { LimitExceeded } from '../model/diff.js';
import { list, SHOWN, shorten } from '../text/shown.js';
import { causeText } from './cause-text.js';
import type { ErrorCode, ErrorDetails } from './details.js';

/** Methods that write: if one of them fails, what is stored is unknown. */
const WRITES = ['transaction', 'catalog.commit', 'catalog.settled', 'enrolments.write'];

function named(noun: string, ids: readonly string[]): string {
  return `${noun}${ids.length === 1 ? '' : 's'} ${list(ids)}`;
}

function pronoun(ids: readonly string[]): string {
  return ids.length === 1 ? 'it' : 'them';
}

function location(path: readonly (string | number)[]): string {
  const steps = path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${shorten(step)}`));
  return steps.join('') || 'the argument';
}

function excess(exceeded: readonly LimitExceeded[]): string {
  const removals = exceeded.map(({ limit, found }) => {
    const [verb, noun] = limit === 'archives' ? ['archive', 'training record'] : ['end', 'enrolment'];
    return `${verb} ${found} ${noun}${found === 1 ? '' : 's'}`;
  });
  const allowed = exceeded.map((limit) => limit.allowed).join(' and ');
  return `${removals.join(' and ')}; the ${exceeded.length === 1 ? 'limit is' : 'limits are'} ${allowed}`;
}

const STALE: { readonly [Changed in ErrorDetails['plan_stale']['changed']]: string } = {
  catalog: 'The plan is stale: the catalog was edited after the preview.',
  diff: 'The plan is stale: the learners, the courses, the fields or the plan itself have changed, so it would have another result than the preview.',
  format: 'The plan cannot be read: another version of the library made it, or it was changed.',
};

/** The message of each code. */
export const messages: { readonly [Code in ErrorCode]: (details: ErrorDetails[Code], cause: unknown) => string } = {
  invalid_input: ({ issues }) => {
    const shown = issues.slice(0, SHOWN).map((issue) => `\n- ${location(issue.path)}: ${issue.message}`);
    const more = issues.length > SHOWN ? `\n- and ${issues.length - SHOWN} more in details.issues` : '';
    return `Invalid input; nothing was changed:${shown.join('')}${more}`;
  },
  unknown_segment: ({ segmentIds }) =>
    `Unknown ${named('segment', segmentIds)}. Create ${pronoun(segmentIds)} first or in the same list of edits, or leave out the edits that name ${pronoun(segmentIds)}.`,
  unknown_course: ({ courseIds }) =>
    `Unknown ${named('course', courseIds)}. Only courses that catalog.load() returns can be linked; store ${pronoun(courseIds)} first.`,
  unknown_link: ({ linkIds }) =>
    `Unknown ${named('link', linkIds)}. Load the catalog again: ${linkIds.length === 1 ? 'the link' : 'the links'} may have been removed already.`,
  course_not_by_assignment: ({ courses }) => {
    const ids = courses.map(({ courseId }) => courseId);
    return `Cannot link ${named('course', ids)}: the enrolment method is not "by-assignment-only". Change the method first.`;
  },
  duplicate_link: ({ links }) => {
    const shown = links.slice(0, SHOWN).map(({ linkId, existing }) => {
      const why =
        linkId === existing
          ? 'another segment or course has a link of this id'
          : `same segment, course and rule as ${list([existing])}`;
      return `${list([linkId])} (${why})`;
    });
    const more = links.length > SHOWN ? ` and ${links.length - SHOWN} more` : '';
    const fixes = [
      links.some(({ linkId, existing }) => linkId === existing) && 'choose an id that is free',
      links.some(({ linkId, existing }) => linkId !== existing) &&
        'leave out the new link, or unlink the old one in the same list of edits, which ends no enrolment and archives no training record',
    ].filter((fix) => fix !== false);
    return `Duplicate ${links.length === 1 ? 'link' : 'links'}: ${shown.join(', ')}${more}. To fix this, ${fixes.join('; or ')}.`;
  },
  segment_in_use: ({ segments }) => {
    const uses = segments.slice(0, SHOWN).map(({ segmentId, links, segments: users }) => {
      const by = [
        links.length > 0 && named('link', links),
        users.length > 0 && `the rules of ${named('segment', users)}`,
      ];
      return `${list([segmentId])} (used by ${by.filter(Boolean).join(' and ')})`;
    });
    return `Cannot delete ${segments.length === 1 ? 'segment' : 'segments'} ${uses.join(', ')}. Remove the links and edit the rules first, or in the same list of edits.`;
  },
  rule_cycle: ({ segmentIds }) =>
    `The rules of these segments form a cycle: ${list([...segmentIds, ...segmentIds.slice(0, 1)])}. Remove one of the references.`,
  catalog_conflict: ({ expected, found }) =>
    `Catalog conflict: expected revision ${expected}, found ${found}. Another commit changed the catalog. Nothing was changed; load the catalog again and retry.`,
  plan_stale: ({ changed }) => `${STALE[changed]} Nothing was changed; preview the edits again.`,
  removal_limit: ({ operation, exceeded, fingerprint, confirmed }) => {
    if (fingerprint !== undefined) {
      const other =
        confirmed === undefined
          ? ''
          : `The confirmed fingerprint ${list([confirmed])} does not match what ${operation} would do now. `;
      return `${operation} would ${excess(exceeded)}. ${other}Nothing was changed; if this is intended, call ${operation} with confirm: ${JSON.stringify(fingerprint)}.`;
    }
    const next =
      operation === 'apply' || operation === 'settle'
        ? 'call settle() to continue'
        : `call ${operation} again to continue`;
    return `${operation} stopped: with its next batch it would ${excess(exceeded)}. Data has changed since the check. Earlier batches are committed; ${next}.`;
  },
  some_failed: ({ failed }) =>
    `Could not settle ${failed.length === 1 ? '1 learner' : `${failed.length} learners`}: ${list(failed.map(({ learnerId }) => learnerId))}. Nothing was changed for them, and all other learners are settled. Fix the errors in details.failed, then call learnersChanged with its learner ids.`,
  work_outstanding: ({ operation, courses }, cause) =>
    `Cannot apply edits on ${named('course', courses)}: an earlier edit (operation ${list([operation])}) left work there that cannot be settled${causeText(cause)} Nothing was changed. Fix the cause and call settle(), then apply this edit again. Edits on other courses are not affected.`,
  repository_failed: ({ method, inHostsTransaction }, cause) => {
    const advice = inHostsTransaction
      ? 'Roll back your transaction, and run it again once the cause is fixed.'
      : 'Only what was committed has changed; fix the cause and try again, or call settle() after an edit.';
    return `${method} failed${causeText(cause)} ${advice}`;
  },
  contract_broken: ({ method, promise }) => {
    const state = WRITES.includes(method)
      ? 'The write may or may not be stored; fix the adapter, then call settle() and reconcile().'
      : 'Nothing of this batch was changed; fix the adapter, then run the operation again, or call settle() after an edit.';
    return `${method} broke its contract: ${promise} ${state}`;
  },
};
