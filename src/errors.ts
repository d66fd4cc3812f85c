import { causeText } from './model/cause-text.js';
import type { Outcome } from './model/diff.js';
import type { CourseId, Fingerprint, LearnerId, LinkId, SegmentId } from './model/ids.js';
import { list, SHOWN, shorten } from './model/shown.js';

/** One thing wrong with an input, and where. */
export interface InputIssue {
  /** What kind of thing is wrong. */
  readonly code:
    | 'wrong_type'
    | 'unknown_key'
    | 'too_deep'
    | 'too_wide'
    | 'too_long'
    | 'blank_value'
    | 'empty_all'
    | 'unknown_field'
    | 'operator_misfit'
    | 'value_misfit'
    | 'duplicate';
  /** Keys and indexes from the argument to the value. */
  readonly path: readonly (string | number)[];
  /** One English sentence; never a profile value. */
  readonly message: string;
}

/** A removal limit, and what an operation would have removed. */
export interface LimitExceeded {
  /** Which limit of the options. */
  readonly limit: 'unenrolments' | 'archives';
  /** The highest count that passes unconfirmed. */
  readonly allowed: number;
  /** How many the operation would have removed. */
  readonly found: number;
}

/** What each error code says. */
export interface ErrorDetails {
  /** An argument is not what the operation takes. */
  invalid_input: {
    /** All that is wrong. */
    readonly issues: readonly InputIssue[];
  };
  /** On the outcome of the edits, segments that are referred to or deleted are not there (semantics §5). */
  unknown_segment: {
    /** The ids that name nothing. */
    readonly segmentIds: readonly SegmentId[];
  };
  /** Links name courses that `catalog.load()` does not answer. */
  unknown_course: {
    /** The ids that name nothing. */
    readonly courseIds: readonly CourseId[];
  };
  /** Links to be removed are not there. */
  unknown_link: {
    /** The ids that name nothing. */
    readonly linkIds: readonly LinkId[];
  };
  /** Only courses that are by assignment only can be linked. */
  course_not_by_assignment: {
    /** Each with the method that it has. */
    readonly courses: readonly {
      /** The course. */
      readonly courseId: CourseId;
      /** What stands where `by-assignment-only` should. */
      readonly enrolmentMethod: string;
    }[];
  };
  /** A segment, course and profile rule are linked once, and an id names one segment and course for good (semantics §5, §7.8). */
  duplicate_link: {
    /** Each with the link that stands. */
    readonly links: readonly {
      /** The link that was to be saved. */
      readonly linkId: LinkId;
      /** The link with the same segment, course and profile rule; or `linkId` itself, where it names another segment or course. */
      readonly existing: LinkId;
    }[];
  };
  /** Segments to be deleted are still referred to, on the outcome of the edits (semantics §5). */
  segment_in_use: {
    /** Each with who refers to it. */
    readonly segments: readonly {
      /** The segment that was to be deleted. */
      readonly segmentId: SegmentId;
      /** Links to it, or whose profile rule refers to it. */
      readonly links: readonly LinkId[];
      /** Segments whose rule refers to it. */
      readonly segments: readonly SegmentId[];
    }[];
  };
  /** Segments would refer to each other in a circle (semantics §7.7). */
  rule_cycle: {
    /** The segments, in order; the last refers to the first. */
    readonly segmentIds: readonly SegmentId[];
  };
  /** Somebody else committed meanwhile. */
  catalog_conflict: {
    /** The revision that the commit was to follow. */
    readonly expected: number;
    /** The revision that there was. */
    readonly found: number;
  };
  /** The catalog or the diff is no longer what was previewed. */
  plan_stale: {
    /** `catalog`: somebody edited. `diff`: learners, courses, fields or the plan itself changed. */
    readonly changed: 'catalog' | 'diff';
    /** The fingerprint of the plan that was given. */
    readonly planned: Fingerprint;
    /** The fingerprint of what the same edits would do now, where that was computed. */
    readonly found?: Fingerprint;
  };
  /** The operation would remove more than its limits allow (semantics §6). */
  removal_limit: {
    /** The operation to call again, with `confirm`. */
    readonly operation: 'apply' | 'settle' | 'learnersChanged' | 'reconcile';
    /** Each limit that was exceeded. */
    readonly exceeded: readonly LimitExceeded[];
    /** What to confirm to let it through. Absent: it grew while it ran, and stopped in between. */
    readonly fingerprint?: Fingerprint;
    /** What was confirmed, where that is not what the operation would do now. */
    readonly confirmed?: Fingerprint;
  };
  /** Some learners could not be settled; everyone else is, and the operation's work is recorded as done (semantics §6). */
  some_failed: {
    /** The learners who were set aside, by id, each once, with the error that stopped them. They are as they were before. */
    readonly failed: readonly {
      /** The learner. */
      readonly learnerId: LearnerId;
      /** What the operation on this learner alone was rejected with. */
      readonly error: unknown;
    }[];
    /** What was done for everyone else. */
    readonly outcome: Outcome;
  };
  /** An earlier edit left work on the same courses, which could not be settled; its error is the `cause` (semantics §6). */
  work_outstanding: {
    /** The revision of the earlier edit. */
    readonly revision: number;
    /** The courses of that work: edits on other courses are not affected. */
    readonly courses: readonly CourseId[];
  };
  /** A repository, or a callback, of the host threw; its error is the `cause`. */
  repository_failed: {
    /** Which: `learners.get`, `onDiff`, … */
    readonly method: string;
  };
  /** A repository answered what its interface promises it will not. */
  contract_broken: {
    /** Which: `learners.get`, … */
    readonly method: string;
    /** The promise that was broken, in one English sentence. */
    readonly promise: string;
  };
}

/** Names what went wrong. */
export type ErrorCode = keyof ErrorDetails;

const mark = Symbol.for('smart-enrolments.error');

/** The one error class: its `code` says what went wrong, its `details` say with which ids. */
export class SmartEnrolmentsError<Code extends ErrorCode = ErrorCode> extends Error {
  /** Always `SmartEnrolmentsError`. */
  override readonly name = 'SmartEnrolmentsError';
  /** What went wrong. */
  readonly code: Code;
  /** With which ids: the shape is that of the code. */
  readonly details: ErrorDetails[Code];

  /** Makes one, with the message of its code. A host does so for `catalog_conflict` alone. */
  constructor(code: Code, details: ErrorDetails[Code], options?: { cause?: unknown }) {
    super(messages[code](details, options?.cause), options);
    this.code = code;
    this.details = details;
    Object.defineProperty(this, mark, { value: true });
  }
}

/** Whether this is an error of this library, and of this code; true across copies of the library in one process. */
export function isSmartEnrolmentsError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is SmartEnrolmentsError<Code> {
  if (typeof error !== 'object' || error === null || !(mark in error)) return false;
  return code === undefined || (error as unknown as SmartEnrolmentsError).code === code;
}

/** After these nobody can tell what is stored. */
const WRITES = ['transaction', 'catalog.commit', 'catalog.settled', 'enrolments.write'];

function location(path: readonly (string | number)[]): string {
  const steps = path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${shorten(step)}`));
  return steps.join('') || 'the argument';
}

function excess({ limit, found, allowed }: LimitExceeded): string {
  return `${found} ${found === 1 ? limit.slice(0, -1) : limit} where ${allowed} ${allowed === 1 ? 'is' : 'are'} allowed`;
}

const messages: { readonly [Code in ErrorCode]: (details: ErrorDetails[Code], cause: unknown) => string } = {
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
        `A segment, course and profile rule are linked once: ${pairs.join(', ')}${more}. Leave the new one out, or unlink the old one.`,
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
  plan_stale: ({ changed }) =>
    changed === 'catalog'
      ? 'The catalog has changed since this plan was previewed. Nothing of it was done; preview the edits again.'
      : 'What it would do is no longer what was previewed: the learners, the courses or the plan itself have changed. Nothing of it was done; preview the edits again.',
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
  work_outstanding: ({ revision, courses }, cause) =>
    `Nothing was changed: the edit at revision ${revision} left work on ${courses.length === 1 ? 'course' : 'courses'} ${list(courses)} that cannot be settled${causeText(cause)} Fix the cause and call settle(), then apply this edit again. Edits on other courses are not affected.`,
  repository_failed: ({ method }, cause) =>
    `${method} failed${causeText(cause)} What was not committed is not changed; mend it and try again, or call settle() after an edit.`,
  contract_broken: ({ method, promise }) => {
    const state = WRITES.includes(method)
      ? 'What it was to write may be stored or not; mend the adapter, then call settle() and reconcile().'
      : 'Nothing of this batch was changed; mend the adapter, then run the operation again, or settle() after an edit.';
    return `${method} broke a promise of its interface: ${promise} ${state}`;
  },
};
