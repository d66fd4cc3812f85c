import { isBlockedLink } from '../../catalog/blocked.js';
import type { Matcher } from '../../catalog/matcher.js';
import { aligned } from '../../collections/aligned.js';
import type { Blocked, LearnerDiff } from '../../model/diff.js';
import type { CourseId, LearnerId, LinkId } from '../../model/ids.js';
import type { Holdings, Learner, LearnerState, UnreadableHoldings, UnreadableLearner } from '../../model/learner.js';
import { diff } from '../../reconcile/diff.js';
import type { Repositories } from '../../repositories/repositories.js';
import type { Batch } from './walk.js';

/** What an operation covers. Absent: everything. */
export interface Coverage {
  /** Only these courses are evaluated. */
  readonly courses?: readonly CourseId[];
  /** The links that an edit affects: a learner of the audience pass who holds one of them is counted in the holders pass. */
  readonly links?: readonly LinkId[];
}

/** The result of evaluating some learners. */
export interface BatchEvaluation {
  readonly states: readonly LearnerState[];
  /** Those of the states that count in this pass. */
  readonly counted: readonly LearnerState[];
  readonly diffs: readonly LearnerDiff[];
  readonly blocked: readonly Blocked[];
}

const NOTHING: Omit<Holdings, 'learnerId'> = { assignments: [], individual: [], training: [] };

/** Reads these learners, unless the walk has read them, and what they hold. Returns them in the order of the ids. */
export async function readStates(
  { learners, enrolments }: Repositories,
  batch: Batch,
  { courses }: Coverage,
): Promise<readonly LearnerState[]> {
  const { ids } = batch;
  if (ids.length === 0) return [];
  const found = aligned(ids, batch.learners ?? (await learners.get(ids)), ({ id }) => id, unreadableTwice);
  const holdings = aligned(ids, await enrolments.read(ids, courses && { courses }), ({ learnerId }) => learnerId);
  return ids.map((learnerId, i) => stateOf(learnerId, found[i], holdings[i] ?? NOTHING));
}

function stateOf(
  learnerId: LearnerId,
  learner: Learner | UnreadableLearner | undefined,
  holdings: Omit<Holdings, 'learnerId'> | UnreadableHoldings,
): LearnerState {
  if ('unreadable' in holdings) return { learnerId, ...NOTHING, unreadable: holdings.unreadable };
  const { assignments, individual, training } = holdings;
  if (learner && 'unreadable' in learner)
    return { learnerId, assignments, individual, training, unreadable: learner.unreadable };
  return { learnerId, learner, assignments, individual, training };
}

/** Either of two rows may be the right one. */
function unreadableTwice({ id }: Learner | UnreadableLearner): UnreadableLearner {
  return { id, unreadable: 'The store returned this learner more than once.' };
}

/** Computes what changes for these learners. */
export function evaluateStates(
  matcher: Matcher,
  states: readonly LearnerState[],
  { courses }: Coverage,
  counted = states,
): BatchEvaluation {
  return { states, counted, ...diff(matcher, states, courses && { courses }) };
}

/** Returns the frozen links, which are reported even if no learner is evaluated. */
export function frozenLinks(matcher: Matcher, coverage: Coverage): readonly Blocked[] {
  return evaluateStates(matcher, [], coverage).blocked;
}

/**
 * Returns the states that belong to this pass: learners who hold one of the links that an edit affects, or who do not. What an unreadable
 * learner holds is not known, so they belong to both passes; see {@link UnreadableOnce}.
 */
export function statesOfPass(
  { range }: Batch,
  states: readonly LearnerState[],
  { links }: Coverage,
): readonly LearnerState[] {
  if (!range || !links) return states;
  const affected = new Set<LinkId>(links);
  const isHolder = ({ assignments }: LearnerState) => assignments.some(({ linkId }) => affected.has(linkId));
  return states.filter((state) => state.unreadable !== undefined || isHolder(state) === (range.pass === 'holders'));
}

/** Keeps each unreadable learner once, although both passes of an edit may evaluate them. */
export class UnreadableOnce {
  readonly #unreadable = new Set<LearnerId>();

  /** Returns these states without the unreadable learners that an earlier call returned. */
  firstOf(states: readonly LearnerState[]): readonly LearnerState[] {
    if (states.every(({ unreadable }) => unreadable === undefined)) return states;
    return states.filter(({ learnerId, unreadable }) => {
      if (unreadable === undefined) return true;
      const isFirst = !this.#unreadable.has(learnerId);
      this.#unreadable.add(learnerId);
      return isFirst;
    });
  }
}

/** Returns what blocks these learners, and the frozen links. */
export function blockedAmong(some: readonly LearnerState[], { states, blocked }: BatchEvaluation): readonly Blocked[] {
  if (some.length === states.length) return blocked;
  const ids = new Set(some.map(({ learnerId }) => learnerId));
  return blocked.filter((one) => isBlockedLink(one) || ids.has(one.learnerId));
}
