import { blockedId, isBlockedLink } from '../../catalog/blocked.js';
import { courseNamed } from '../../catalog/compile.js';
import { ruleOf } from '../../catalog/compile-segments.js';
import type { CompiledCatalog } from '../../catalog/compiled-catalog.js';
import type { Explanation, Hold, Miss, Trace } from '../../model/diff.js';
import type { CourseId, LinkId, SegmentId } from '../../model/ids.js';
import type { LearnerState } from '../../model/learner.js';
import type { Operator } from '../../model/rule.js';
import { isOutsideAudiences } from '../search/audience.js';
import { hasAnother } from './failing.js';

/** Conditions longer than this are left out of the text; the traces have them. */
const LONGEST = 300;

/** Returns an explanation as one English paragraph. It names segments and courses by their titles, and no link ids. */
export function explanationText(
  matcher: CompiledCatalog,
  state: LearnerState,
  explained: Omit<Explanation, 'text'>,
): string {
  const { learnerId, courseId, holds, misses, individual, blocked } = explained;
  const names = new Names(matcher);
  const status = statusOf(matcher, state, explained);
  const frozen = new Set(blocked.map(blockedId));
  const sentences = new Set([
    `Learner ${quote(learnerId)} ${explained.enrolled ? 'is' : 'is not'} enrolled on course ${names.course(courseId)}.`,
    ...SENTENCES[status],
  ]);
  if (individual) sentences.add('They have an individual enrolment, which smart enrolments never change.');
  for (const hold of holds) sentences.add(holdText(hold, status, frozen.has(hold.linkId), names));
  for (const miss of misses) sentences.add(missText(miss, status, names));
  if (!explained.enrolled && !misses.length && !blocked.length)
    sentences.add('No segment that is linked to the course can enrol them.');
  for (const one of blocked) {
    if (isBlockedLink(one)) sentences.add(`${names.link(one.linkId)} is frozen: ${names.reason(one.reason, courseId)}`);
    else if (one.kind === 'invalid-learner')
      sentences.add(`The learner's row is malformed, so nothing changes for them: ${one.reason}`);
  }
  if (holds.length > 0) sentences.add(remedyText(explained, status, names));
  return [...sentences].join(' ');
}

/** Returns names for a text: titles, or the id of a segment or course that does not exist or has no title. */
class Names {
  constructor(readonly matcher: CompiledCatalog) {}

  course(courseId: CourseId): string {
    return quote(this.matcher.catalog.courses.find(({ id }) => id === courseId)?.title ?? courseId);
  }

  segment(segmentId: SegmentId): string {
    return quote(this.matcher.segments.of.get(segmentId)?.title ?? segmentId);
  }

  link(linkId: LinkId): string {
    const { links, linkIndex } = this.matcher;
    return `The link from segment ${this.segment(links[linkIndex.get(linkId)!]!.link.segmentId)}`;
  }

  /** Replaces the id that the reason for a frozen link begins with by the title. */
  reason(reason: string, courseId: CourseId): string {
    const { segments, courses } = this.matcher.catalog;
    const subjects = [
      ...courses.filter(({ id }) => id === courseId).map(({ id, title = id }) => [courseNamed(id), courseNamed(title)]),
      ...segments.map(({ id, title }) => [ruleOf(id), ruleOf(title)]),
    ];
    const subject = subjects.find(([withId]) => reason.startsWith(`${withId} `));
    return subject ? subject[1] + reason.slice(subject[0]!.length) : reason;
  }
}

/** How rules apply to a learner: `ordinary`, or not at all. */
type Status = 'ordinary' | 'vanished' | 'frozen' | 'outside';

const SENTENCES: { readonly [Each in Status]: readonly string[] } = {
  ordinary: [],
  vanished: ['The host has no learner with this id, so they are outside every audience.'],
  frozen: ['The learner is frozen: they keep what they hold and gain nothing.'],
  outside: ['The learner is inactive and therefore outside every audience.'],
};

function statusOf(matcher: CompiledCatalog, { learner }: LearnerState, { blocked }: Omit<Explanation, 'text'>): Status {
  if (!learner) return 'vanished';
  if (blocked.some(({ kind }) => kind === 'invalid-learner')) return 'frozen';
  if (isOutsideAudiences(learner, matcher)) return 'outside';
  return learner.active === false ? 'frozen' : 'ordinary';
}

function holdText({ link, trace }: Hold, status: Status, frozenLink: boolean, names: Names): string {
  const frozen = frozenLink ? 'link' : status === 'frozen' ? 'learner' : undefined;
  const ends = frozen ? `this stays while the ${frozen} is frozen` : 'the next evaluation of the learner ends this';
  if (!link) return `They are still enrolled through a link that was deleted: ${ends}.`;
  const segment = `through segment ${names.segment(link.segmentId)}`;
  if (status === 'vanished' || status === 'outside') return `They are still enrolled ${segment}: ${ends}.`;
  if (!trace) return `They are enrolled ${segment}.`;
  if (!trace.holds) return `They are still enrolled ${segment}, although they are not in its audience: ${ends}.`;
  return `They are enrolled ${segment}: ${because(trace, names)}.`;
}

function remedyText(
  { holds, individual, unenrol: { remedies } }: Omit<Explanation, 'text'>,
  status: Status,
  names: Names,
): string {
  const canLeave = (id: SegmentId) =>
    remedies.some((remedy) => remedy.type === 'leave-segment' && remedy.segmentId === id);
  const ways = new Set<string>();
  for (const { link } of holds) {
    if (!link) continue;
    const segment = names.segment(link.segmentId);
    const unlink = `unlink the course from segment ${segment}, which unenrols the whole segment`;
    ways.add(canLeave(link.segmentId) ? `take the learner out of segment ${segment}, or ${unlink}` : unlink);
  }
  const steps = status === 'frozen' ? ["first correct the learner's data or activate the learner"] : [];
  if (ways.size === 1) steps.push(...ways);
  else if (ways.size > 1) steps.push(`do all of these: ${[...ways].join('; and ')}`);
  const rule = 'A single learner cannot be unenrolled from a smart enrolment.';
  if (steps.length === 0) return rule;
  return `${rule} To end it, ${steps.join(', then ')}${individual ? '; the individual enrolment remains' : ''}.`;
}

function because(trace: Trace, names: Names): string {
  if ('all' in trace) return trace.all.map((inner) => because(inner, names)).join(', and ');
  if (!('placed' in trace)) return `the profile satisfies ${conditions(trace, names)}`;
  if (trace.placed || !trace.rule) return 'the learner was placed in it by hand';
  return `the profile satisfies ${conditions(trace.rule, names)}`;
}

function missText({ link, trace, failing }: Miss, status: Status, names: Names): string {
  const segment = `Segment ${names.segment(link.segmentId)}`;
  if (failing.length > 0) {
    const other = hasAnother(trace) ? ', or satisfy its rules in another way' : '';
    return `${segment} does not enrol them: they would have to ${needs(failing, names)}${other}.`;
  }
  const when =
    status === 'ordinary' ? 'the next evaluation of the learner enrols them' : 'it would if they were active';
  return `${segment} does not enrol them, although they satisfy its rules: ${when}.`;
}

/** Returns what a learner would have to do, `LONGEST` characters of conditions at most. */
function needs(failing: readonly Trace[], names: Names): string {
  const segments = failing.flatMap((part) => ('placed' in part ? names.segment(part.segment) : []));
  const rules = failing.flatMap((part) => ('placed' in part ? [] : limited(words(part, names), 'a long condition')));
  if ([...segments, ...rules].join(' and ').length > LONGEST) return 'satisfy its rules';
  const parts = segments.map((segment) => `be placed in segment ${segment}`);
  if (rules.length > 0) parts.push(`satisfy ${rules.join(' and ')}`);
  return parts.join(' and ');
}

function conditions(trace: Trace, names: Names): string {
  return limited(words(trace, names), 'its rule');
}

function limited(text: string, otherwise: string): string {
  return text.length > LONGEST ? otherwise : text;
}

/** Returns a rule's tree in words. A text longer than `LONGEST` may be cut: it is not shown. */
function words(trace: Trace, names: Names): string {
  if ('all' in trace) return joined(trace.all, ' and ', names);
  if ('any' in trace) return trace.any.length ? joined(trace.any, ' or ', names) : 'a rule that matches no learner';
  if ('not' in trace) return `not (${words(trace.not, names)})`;
  if ('everyone' in trace) return 'the rule for everyone';
  if ('segment' in trace) return `membership of segment ${names.segment(trace.segment)}`;
  if (trace.op === 'blank') return `${quote(trace.field)} being blank`;
  return `${quote(trace.field)} ${VERBS[trace.op]} ${JSON.stringify(trace.value)}`;
}

const VERBS: { readonly [Op in Exclude<Operator, 'blank'>]: string } = {
  equals: 'equals',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  in: 'in',
  lt: 'below',
  lte: 'at most',
  gt: 'above',
  gte: 'at least',
};

function joined(traces: readonly Trace[], word: string, names: Names): string {
  let text = '';
  for (const inner of traces) {
    if (text.length > LONGEST) break;
    const part = words(inner, names);
    text += (text && word) + ('all' in inner || 'any' in inner ? `(${part})` : part);
  }
  return text;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
