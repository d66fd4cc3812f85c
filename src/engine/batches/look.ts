import type { Matcher } from '../../catalog/matcher.js';
import { aligned } from '../../collections/aligned.js';
import { SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog } from '../../model/catalog.js';
import type { Blocked, LearnerDiff } from '../../model/diff.js';
import type { CourseId, LearnerId, LinkId } from '../../model/ids.js';
import type { Holdings, Learner, LearnerState, UnreadableHoldings, UnreadableLearner } from '../../model/learner.js';
import type { Operation } from '../../model/operation.js';
import { diff } from '../../reconcile/diff.js';
import type { Repositories } from '../../repositories/repositories.js';
import type { Group } from './walk.js';

/** The part of each learner's state that a walk evaluates. */
export interface Scope {
  /** Only these courses. */
  readonly courses?: readonly CourseId[];
  /** The links that an edit affects: a learner of the audience pass who holds one of them is counted in the holders pass. */
  readonly links?: readonly LinkId[];
  /** The edit's operation, whose revision the catalog must have reached. */
  readonly operation?: Operation;
}

/** The result of evaluating some learners. */
export interface Evaluation {
  readonly states: readonly LearnerState[];
  readonly diffs: readonly LearnerDiff[];
  readonly blocked: readonly Blocked[];
}

const NOTHING: Omit<Holdings, 'learnerId'> = { assignments: [], individual: [], training: [] };

/** Reads these learners, unless the walk has read them, and what they hold. Returns them in the order of the ids. */
export async function readStates(
  { learners, enrolments }: Repositories,
  group: Group,
  courses?: readonly CourseId[],
): Promise<readonly LearnerState[]> {
  const { ids } = group;
  if (ids.length === 0) return [];
  const found = aligned(ids, group.learners ?? (await learners.get(ids)), ({ id }) => id, unreadableTwice);
  const holdings = aligned(ids, await enrolments.read(ids, courses && { courses }), ({ learnerId }) => learnerId);
  return ids.map((learnerId, i) => stateOf(learnerId, found[i], holdings[i] ?? NOTHING));
}

function stateOf(
  learnerId: LearnerId,
  learner: Learner | UnreadableLearner | undefined,
  held: Omit<Holdings, 'learnerId'> | UnreadableHoldings,
): LearnerState {
  if ('unreadable' in held) return { learnerId, ...NOTHING, unreadable: held.unreadable };
  const { assignments, individual, training } = held;
  if (learner && 'unreadable' in learner)
    return { learnerId, assignments, individual, training, unreadable: learner.unreadable };
  return { learnerId, learner, assignments, individual, training };
}

/** Either of two rows may be the right one. */
function unreadableTwice({ id }: Learner | UnreadableLearner): UnreadableLearner {
  return { id, unreadable: 'The store returned this learner more than once.' };
}

/** Computes what changes for these learners. */
export function evaluate(matcher: Matcher, states: readonly LearnerState[], { courses }: Scope): Evaluation {
  return { states, ...diff(matcher, states, courses && { courses }) };
}

/** Loads the catalog. Rejects one that is older than the edit being settled, because it would undo the edit. */
export async function loadCatalog({ catalog }: Repositories, { operation }: Scope): Promise<Catalog> {
  const revision = operation?.revision ?? 0;
  const loaded = await catalog.load();
  if (loaded.revision >= revision) return loaded;
  const promise = `It returns the committed catalog: revision ${revision}, not ${loaded.revision}.`;
  throw new SmartEnrolmentsError('contract_broken', { method: 'catalog.load', promise });
}

/**
 * Returns the states that belong to this pass: learners who hold one of the links that an edit affects, or who do not. What an unreadable
 * learner holds is not known, so they belong to both passes; see {@link UnreadableOnce}.
 */
export function statesOfPass(
  { range }: Group,
  states: readonly LearnerState[],
  { links }: Scope,
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
export function blockedAmong(some: readonly LearnerState[], { states, blocked }: Evaluation): readonly Blocked[] {
  if (some.length === states.length) return blocked;
  const ids = new Set(some.map(({ learnerId }) => learnerId));
  return blocked.filter((one) => 'linkId' in one || ids.has(one.learnerId));
}
