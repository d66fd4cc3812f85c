import type { Matcher } from '../catalog/matcher.js';
import { SmartEnrolmentsError } from '../errors.js';
import { aligned } from '../model/aligned.js';
import type { Catalog } from '../model/catalog.js';
import type { Blocked, LearnerDiff } from '../model/diff.js';
import type { CourseId, LearnerId, LinkId } from '../model/ids.js';
import type { Holdings, Learner, LearnerState, UnreadableHoldings, UnreadableLearner } from '../model/learner.js';
import type { Operation } from '../model/operation.js';
import { diff } from '../reconcile/diff.js';
import type { Repositories } from '../repositories/repositories.js';
import type { Group } from './walk.js';

/** What a walk evaluates of each learner. */
export interface Scope {
  /** Only these courses. */
  readonly courses?: readonly CourseId[];
  /** The links that an edit affects: a learner of the audience pass who holds one of them is counted in the other. */
  readonly links?: readonly LinkId[];
  /** The edit's operation, whose revision the catalog must have reached. */
  readonly operation?: Operation;
}

/** What evaluating some learners found. */
export interface Look {
  readonly states: readonly LearnerState[];
  readonly diffs: readonly LearnerDiff[];
  readonly blocked: readonly Blocked[];
}

const NOTHING: Omit<Holdings, 'learnerId'> = { assignments: [], individual: [], training: [] };

/** Reads who these learners are, unless the walk has, and what they hold; in the order of the ids. */
export async function readStates(
  { learners, enrolments }: Repositories,
  group: Group,
  courses?: readonly CourseId[],
): Promise<readonly LearnerState[]> {
  const { ids } = group;
  if (ids.length === 0) return [];
  const people = aligned(ids, group.learners ?? (await learners.get(ids)), ({ id }) => id, unreadableTwice);
  const holdings = aligned(ids, await enrolments.read(ids, courses && { courses }), ({ learnerId }) => learnerId);
  return ids.map((learnerId, i) => stateOf(learnerId, people[i], holdings[i] ?? NOTHING));
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

/** Nobody can tell which of two rows is right. */
function unreadableTwice({ id }: Learner | UnreadableLearner): UnreadableLearner {
  return { id, unreadable: 'The store returned this learner more than once.' };
}

/** Says what changes for these learners. */
export function look(matcher: Matcher, states: readonly LearnerState[], { courses }: Scope): Look {
  return { states, ...diff(matcher, states, courses && { courses }) };
}

/** Loads the catalog; refuses one from before the edit that is being settled, which would undo it. */
export async function loadCatalog({ catalog }: Repositories, { operation }: Scope): Promise<Catalog> {
  const revision = operation?.revision ?? 0;
  const loaded = await catalog.load();
  if (loaded.revision >= revision) return loaded;
  const promise = `It answers what was committed: revision ${revision}, not ${loaded.revision}.`;
  throw new SmartEnrolmentsError('contract_broken', { method: 'catalog.load', promise });
}

/**
 * Returns the states that belong to this pass: learners who hold one of the links that an edit concerns, or who do not. What an unreadable
 * learner holds is not known, so they belong to both passes; see {@link Meetings}.
 */
export function metIn({ range }: Group, states: readonly LearnerState[], { links }: Scope): readonly LearnerState[] {
  if (!range || !links) return states;
  const concerned = new Set<LinkId>(links);
  const isHolder = ({ assignments }: LearnerState) => assignments.some(({ linkId }) => concerned.has(linkId));
  return states.filter((state) => state.unreadable !== undefined || isHolder(state) === (range.pass === 'holders'));
}

/** Reports an unreadable learner once, although both passes of an edit may meet them. */
export class Meetings {
  readonly #unreadable = new Set<LearnerId>();

  /** Returns these states without the unreadable learners whom an earlier call returned. */
  first(states: readonly LearnerState[]): readonly LearnerState[] {
    if (states.every(({ unreadable }) => unreadable === undefined)) return states;
    return states.filter(({ learnerId, unreadable }) => {
      if (unreadable === undefined) return true;
      const isFirst = !this.#unreadable.has(learnerId);
      this.#unreadable.add(learnerId);
      return isFirst;
    });
  }
}

/** Returns what blocks these learners, and frozen links. */
export function blockedAmong(met: readonly LearnerState[], { states, blocked }: Look): readonly Blocked[] {
  if (met.length === states.length) return blocked;
  const ids = new Set(met.map(({ learnerId }) => learnerId));
  return blocked.filter((one) => 'linkId' in one || ids.has(one.learnerId));
}
