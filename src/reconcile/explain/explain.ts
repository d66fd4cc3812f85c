import { type CompiledCatalog, compiledOf } from '../../catalog/compiled-catalog.js';
import type { MatchedLink } from '../../catalog/matched-link.js';
import type { Matcher } from '../../catalog/matcher.js';
import { compareIds } from '../../collections/order.js';
import type { Segment } from '../../model/catalog.js';
import type { Explanation, Hold, Miss, Remedy, Trace } from '../../model/diff.js';
import type { CourseId, SegmentId } from '../../model/ids.js';
import type { LearnerState } from '../../model/learner.js';
import { Tracer, writtenOut } from '../../rules/trace.js';
import { diff } from '../diff.js';
import { isOutsideAudiences } from '../search/audience.js';
import { explanationText } from './explanation-text.js';
import { failing } from './failing.js';

/**
 * Returns why a learner is, or is not, enrolled on a course, what holds them, what fails, and what would end it (semantics §5).
 * Traces are evaluated recursively, for this learner alone; they show what the rules ask, never the profile's values.
 * @throws `invalid_input` for a matcher that `compile` did not return.
 */
export function explain(matcher: Matcher, state: LearnerState, courseId: CourseId): Explanation {
  const { learnerId } = state;
  const compiled = compiledOf(matcher);
  const segments = new Map(matcher.catalog.segments.map((segment) => [segment.id, segment]));
  const { blocked } = diff(matcher, [state], { courses: [courseId] });
  const tracer = traceable(state, blocked) && new Tracer(state.learner!, compiled.program.types, segments);
  const holds = holdsOf(compiled, state, courseId, segments, tracer || undefined);
  const individual = state.individual.includes(courseId);
  const explained: Omit<Explanation, 'text'> = {
    learnerId,
    courseId,
    enrolled: individual || holds.length > 0,
    individual,
    holds,
    misses: tracer ? missesOf(compiled, holds, courseId, segments, tracer) : [],
    blocked,
    unenrol: { allowed: individual && holds.length === 0, remedies: remediesOf(compiled, state, holds, individual) },
  };
  return { ...explained, text: explanationText(compiled, state, explained) };
}

/** A learner who does not exist, or whose row is malformed, has no traces. */
function traceable(state: LearnerState, blocked: Explanation['blocked']): boolean {
  return state.learner !== undefined && !blocked.some(({ kind }) => kind === 'invalid-learner');
}

function holdsOf(
  matcher: CompiledCatalog,
  state: LearnerState,
  courseId: CourseId,
  segments: ReadonlyMap<SegmentId, Segment>,
  tracer: Tracer | undefined,
): readonly Hold[] {
  const held = state.assignments.filter((assignment) => assignment.courseId === courseId);
  return held
    .map(({ linkId }): Hold => {
      const matched = matcher.links[matcher.linkIndex.get(linkId) ?? -1];
      if (matched?.link.courseId !== courseId) return { linkId };
      const segment = segments.get(matched.link.segmentId);
      const trace = tracer && matched.audience !== undefined ? traceOf(matched, tracer) : undefined;
      return { linkId, link: matched.link, ...(segment && { segment }), ...(trace && { trace: writtenOut(trace) }) };
    })
    .sort((a, b) => compareIds(a.linkId, b.linkId));
}

function missesOf(
  matcher: CompiledCatalog,
  holds: readonly Hold[],
  courseId: CourseId,
  segments: ReadonlyMap<SegmentId, Segment>,
  tracer: Tracer,
): readonly Miss[] {
  const { from, to } = matcher.courses.get(courseId) ?? { from: 0, to: 0 };
  const holding = new Set(holds.map(({ linkId }) => linkId));
  return matcher.links
    .slice(from, to)
    .filter(({ link, frozen }) => !frozen && !holding.has(link.id))
    .map((matched) => {
      const trace = traceOf(matched, tracer);
      return {
        link: matched.link,
        segment: segments.get(matched.link.segmentId)!,
        trace: writtenOut(trace),
        failing: failing(trace).map((part) => writtenOut(part)),
      };
    });
}

function traceOf({ link }: MatchedLink, tracer: Tracer): Trace {
  const segment = tracer.segment(link.segmentId);
  if (!link.rule) return segment;
  const rule = tracer.trace(link.rule);
  return { holds: segment.holds && rule.holds, all: [segment, rule] };
}

/** Leaving a segment helps only members, and not on a frozen link. Unlinking always helps. */
function remediesOf(
  matcher: CompiledCatalog,
  state: LearnerState,
  holds: readonly Hold[],
  individual: boolean,
): readonly Remedy[] {
  const leave = new Set<SegmentId>();
  const unlink: Remedy[] = [];
  for (const { link, trace } of holds) {
    if (!link) continue;
    const { frozen } = matcher.links[matcher.linkIndex.get(link.id)!]!;
    if (!frozen && trace?.holds && !isOutsideAudiences(state.learner!, matcher)) leave.add(link.segmentId);
    unlink.push({ type: 'unlink', linkId: link.id });
  }
  return [
    ...[...leave].map((segmentId): Remedy => ({ type: 'leave-segment', segmentId })),
    ...unlink,
    ...(individual ? [{ type: 'individual' } as const] : []),
  ];
}
