import type { CompiledCatalog } from '../catalog/compiled-catalog.js';
import { blockedId } from '../model/blocked.js';
import type { Explanation, Hold, Miss, Trace } from '../model/diff.js';
import type { SegmentId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import type { Operator } from '../model/rule.js';
import { hasAnother } from './failing.js';

/** Longer conditions are left to the traces. */
const LONGEST = 300;

/** Tells an explanation in one English paragraph. */
export function explanationText(
  matcher: CompiledCatalog,
  state: LearnerState,
  explained: Omit<Explanation, 'text'>,
): string {
  const { learnerId, courseId, holds, misses, individual, blocked } = explained;
  const course = matcher.catalog.courses.find(({ id }) => id === courseId);
  const standing = standingOf(matcher, state, explained);
  const sentences = [
    `Learner ${quote(learnerId)} ${explained.enrolled ? 'is' : 'is not'} enrolled on course ${quote(course?.title ?? courseId)}.`,
    ...SENTENCES[standing],
  ];
  if (individual) sentences.push('An individual enrolment holds them on it, which smart enrolment never touches.');
  const frozen = new Set(blocked.map(blockedId));
  for (const hold of holds) sentences.push(holdText(hold, standing === 'frozen' || frozen.has(hold.linkId), standing));
  for (const miss of misses) sentences.push(missText(miss, standing));
  if (!explained.enrolled && !misses.length && !blocked.length)
    sentences.push('No link to the course could enrol them.');
  for (const one of blocked) {
    if ('linkId' in one) sentences.push(`Link ${quote(one.linkId)} is frozen: ${one.reason}`);
    else if (one.kind === 'invalid-learner')
      sentences.push(`The learner's row is malformed, so nothing changes for them: ${one.reason}`);
  }
  if (holds.length > 0) sentences.push(remedyText(explained, standing));
  return sentences.join(' ');
}

/** How rules apply to a learner: as to everybody, or not. */
type Standing = 'ordinary' | 'vanished' | 'frozen' | 'outside';

const SENTENCES: { readonly [Each in Standing]: readonly string[] } = {
  ordinary: [],
  vanished: ['The host has no learner of this id, who is outside every audience.'],
  frozen: ['The learner is frozen, keeps what they hold and gains nothing.'],
  outside: ['The learner is inactive, and so outside every audience.'],
};

function standingOf(
  matcher: CompiledCatalog,
  { learner }: LearnerState,
  { blocked }: Omit<Explanation, 'text'>,
): Standing {
  if (!learner) return 'vanished';
  if (blocked.some(({ kind }) => kind === 'invalid-learner')) return 'frozen';
  if (learner.active !== false) return 'ordinary';
  return matcher.inactive === 'freeze' ? 'frozen' : 'outside';
}

function holdText({ linkId, link, segment, trace }: Hold, frozen: boolean, standing: Standing): string {
  const ends = frozen ? 'it stays while this is frozen' : 'the next look at the learner releases them';
  if (!link) return `Link ${quote(linkId)} still holds them on it although the link is gone: ${ends}.`;
  const by = `Link ${quote(linkId)} holds them on it, for segment ${quote(segment?.title ?? link.segmentId)}`;
  if (standing === 'vanished' || standing === 'outside') return `${by}: ${ends}.`;
  if (!trace) return `${by}.`;
  if (!trace.holds) return `${by}, although the learner is not in its audience: ${ends}.`;
  return `${by}: ${because(trace)}.`;
}

function remedyText(
  { holds, individual, unenrol: { remedies } }: Omit<Explanation, 'text'>,
  standing: Standing,
): string {
  const canLeave = (id: SegmentId) =>
    remedies.some((remedy) => remedy.type === 'leave-segment' && remedy.segmentId === id);
  const ways = holds.flatMap(({ link, segment }) => {
    if (!link) return [];
    const unlink = `remove link ${quote(link.id)}, which unenrols its whole segment`;
    if (!canLeave(link.segmentId)) return unlink;
    return `take the learner out of segment ${quote(segment?.title ?? link.segmentId)}, or ${unlink}`;
  });
  const rule = 'Nobody can be unenrolled one by one from a smart enrolment';
  const also = individual ? '; the individual enrolment would still hold them' : '';
  const first =
    standing === 'frozen' ? 'first to thaw the learner, by mending their row or activating them' : undefined;
  if (ways.length === 0) return first ? `${rule}; what ends it is ${first}${also}.` : `${rule}.`;
  const all = ways.length === 1 ? `to ${ways[0]}` : `to let go of all that holds it: ${ways.join('; and ')}`;
  return `${rule}; what ends it is ${first ? `${first}, and then ` : ''}${all}${also}.`;
}

function because(trace: Trace): string {
  if ('all' in trace) return trace.all.map(because).join(', and ');
  if ('placed' in trace) {
    if (trace.placed || !trace.rule) return 'the learner was placed in it by hand';
    return `the profile satisfies ${conditions(trace.rule)}`;
  }
  return `the profile satisfies ${conditions(trace)}`;
}

function missText({ link, segment, trace, failing }: Miss, standing: Standing): string {
  const by = `Link ${quote(link.id)}, for segment ${quote(segment.title)}, does not hold them on it`;
  if (failing.length > 0) {
    const other = hasAnother(trace) ? ', or to satisfy its rules in another way' : '';
    return `${by}: the learner would need ${limited(failing.map(need).join(' and '), 'to satisfy its rules')}${other}.`;
  }
  const when = standing === 'ordinary' ? 'the next look at the learner enrols them' : 'it would if they were active';
  return `${by}, although its rules are satisfied: ${when}.`;
}

function need(trace: Trace): string {
  if ('placed' in trace) return `to be placed in ${quote(trace.segment)}`;
  return limited(words(trace), 'to satisfy a long condition');
}

function conditions(trace: Trace): string {
  return limited(words(trace), 'its rule');
}

function limited(text: string, otherwise: string): string {
  return text.length > LONGEST ? otherwise : text;
}

/** Writes a rule's tree out, or as much of it as tells that it is too long. */
function words(trace: Trace): string {
  if ('all' in trace) return joined(trace.all, ' and ');
  if ('any' in trace) return trace.any.length ? joined(trace.any, ' or ') : 'a rule that matches nobody';
  if ('not' in trace) return `not (${words(trace.not)})`;
  if ('everyone' in trace) return 'the rule for everyone';
  if ('segment' in trace) return `membership of ${quote(trace.segment)}`;
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

function joined(traces: readonly Trace[], word: string): string {
  let text = '';
  for (const inner of traces) {
    if (text.length > LONGEST) break;
    const part = words(inner);
    text += (text && word) + ('all' in inner || 'any' in inner ? `(${part})` : part);
  }
  return text;
}

function quote(id: string): string {
  return JSON.stringify(id);
}
