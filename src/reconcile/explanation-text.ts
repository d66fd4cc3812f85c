import type { Matcher } from '../catalog/matcher.js';
import type { Explanation, Hold, Miss, Trace } from '../model/diff.js';
import type { LearnerState } from '../model/learner.js';

/** Longer conditions are left to the traces. */
const LONGEST = 300;

/** Tells an explanation in one English paragraph. */
export function explanationText(matcher: Matcher, state: LearnerState, explained: Omit<Explanation, 'text'>): string {
  const { learnerId, courseId, holds, misses, individual, blocked } = explained;
  const course = matcher.catalog.courses.find(({ id }) => id === courseId);
  const who = `Learner ${quote(learnerId)}`;
  const what = course?.title ? `course ${quote(course.title)}` : `course ${quote(courseId)}`;
  const sentences = [`${who} ${explained.enrolled ? 'is' : 'is not'} enrolled on ${what}.`];
  if (!state.learner) sentences.push('The host has no learner of this id.');
  else if (state.learner.active === false) {
    const policy =
      matcher.inactive === 'freeze' ? 'keep what they hold and gain nothing' : 'are outside every audience';
    sentences.push(`The learner is inactive, and inactive learners ${policy}.`);
  }
  if (individual) sentences.push('An individual enrolment holds them on it, which smart enrolment never touches.');
  sentences.push(...holds.map(holdText), ...misses.map(missText));
  if (!explained.enrolled && !misses.length && !blocked.length)
    sentences.push('No link to the course could enrol them.');
  sentences.push(
    ...blocked.map(({ reason, id, kind }) =>
      kind.endsWith('link') ? `Link ${quote(id)} is frozen: ${reason}` : reason,
    ),
  );
  if (holds.length > 0) sentences.push(remedyText(explained));
  return sentences.join(' ');
}

function holdText({ linkId, link, segment, trace }: Hold): string {
  if (!link)
    return `Link ${quote(linkId)} still holds them on it although the link is gone: the next look at the learner releases it.`;
  const by = `Link ${quote(linkId)} holds them on it, for segment ${quote(segment?.title ?? link.segmentId)}`;
  if (!trace) return `${by}.`;
  if (!trace.holds)
    return `${by}, although the learner is no longer in its audience: the next look at the learner settles it.`;
  return `${by}: ${because(trace)}.`;
}

function remedyText({ holds, individual, unenrol: { remedies } }: Omit<Explanation, 'text'>): string {
  const leaving = new Set(remedies.flatMap((remedy) => (remedy.type === 'leave-segment' ? remedy.segmentId : [])));
  const ways = holds.flatMap(({ link }) => {
    if (!link) return [];
    const unlink = `remove link ${quote(link.id)}, which unenrols its whole segment`;
    return leaving.has(link.segmentId)
      ? `take the learner out of segment ${quote(link.segmentId)}, or ${unlink}`
      : unlink;
  });
  const rule = 'Nobody can be unenrolled one by one from a smart enrolment';
  if (ways.length === 0) return `${rule}.`;
  const also = individual ? '; the individual enrolment would still hold them' : '';
  if (ways.length === 1) return `${rule}; what ends it is to ${ways[0]}${also}.`;
  return `${rule}; what ends it is to let go of all that holds it: ${ways.join('; and ')}${also}.`;
}

function because(trace: Trace): string {
  if ('all' in trace) return trace.all.map(because).join(', and ');
  if ('placed' in trace) {
    if (trace.placed) return 'the learner was placed in it by hand';
    return trace.rule ? `the profile satisfies ${conditions(trace.rule)}` : 'the learner belongs to it';
  }
  return `the profile satisfies ${conditions(trace)}`;
}

function missText({ link, segment, failing }: Miss): string {
  const by = `Link ${quote(link.id)}, for segment ${quote(segment.title)},`;
  if (failing.length === 0)
    return `${by} does not hold them on it although its rules are satisfied: the next look at an active learner settles it.`;
  return `${by} does not hold them on it: the learner would need ${limited(failing.map(need).join(' and '), 'to satisfy its rules')}.`;
}

function need(trace: Trace): string {
  if ('placed' in trace) return `to be placed in ${quote(trace.segment)}`;
  return conditions(trace);
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
  return `${quote(trace.field)} ${trace.op} ${JSON.stringify(trace.value)}`;
}

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
