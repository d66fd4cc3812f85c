import type { Course, Edit, Link, LinkPatch, Segment, SegmentPatch, Unsettled } from '../../model/catalog.js';
import type { LearnerDiff } from '../../model/diff.js';
import type { Assignment, Field, Learner, TrainingRecord } from '../../model/learner.js';
import { canonical } from '../../text/canonical.js';
import type { ModelState } from '../expected-assignments.js';
import type { UnreadableRow } from '../unreadable.js';
import { PendingCommits } from './pending-commits.js';
import type { HostStep } from './step.js';

/** What one learner holds, according to the expected state. */
export interface ExpectedHoldings {
  /** Assignments by {@link keyOf}. */
  readonly held: Map<string, Assignment>;
  readonly individual: Set<string>;
  readonly training: Map<string, TrainingRecord['status']>;
  readonly archived: string[];
  /** When the host last changed the learner's enrolment or training, by course. */
  readonly changedByHost: Map<string, number>;
}

/** A commit of edits that has begun. */
interface EditCommit {
  /** The work that the commit leaves. */
  readonly work: Unsettled;
  /** Whether the commit is known to have succeeded. */
  isDone: boolean;
}

/** A key for an assignment of one learner: its course and link. */
export function keyOf({ courseId, linkId }: Assignment): string {
  return JSON.stringify([courseId, linkId]);
}

/** The expected state of the store. It is updated from the host's steps, the committed edits and the written diffs. */
export class ExpectedState implements ModelState {
  fields: readonly Field[] = [];
  readonly courses = new Map<string, Course>();
  readonly segments = new Map<string, Segment>();
  readonly links = new Map<string, Link>();
  readonly learners = new Map<string, Learner>();
  readonly pendingCommits = new PendingCommits();
  /** The commits of edits that have begun, by operation. */
  readonly commits = new Map<string, EditCommit>();
  /** The learners with a row that cannot be read now. */
  readonly unreadable = new Map<string, UnreadableRow>();
  readonly #holdings = new Map<string, ExpectedHoldings>();
  readonly #changedAt = new Map<string, number>();
  readonly #evaluatedAt = new Map<string, number>();
  /** Edits whose commit has begun and not ended: they may or may not be in force. */
  readonly #committing = new Set<readonly Edit[]>();
  #allChangedAt = 0;
  #clock = 0;

  constructor(readonly inactive: 'freeze' | 'unenrol') {}

  /** Advances the clock, and returns the new time. */
  now(): number {
    return ++this.#clock;
  }

  holdingsOf(learnerId: string): ExpectedHoldings {
    let found = this.#holdings.get(learnerId);
    if (!found) {
      found = { held: new Map(), individual: new Set(), training: new Map(), archived: [], changedByHost: new Map() };
      this.#holdings.set(learnerId, found);
    }
    return found;
  }

  /** All learners who exist or have expected holdings. */
  ids(): string[] {
    return [...new Set([...this.learners.keys(), ...this.#holdings.keys()])].sort();
  }

  /** Applies a step of the host; returns whether it changed anything. */
  applyHostStep(step: HostStep): boolean {
    const before = canonical(this.#affectedBy(step));
    this.#apply(step);
    return canonical(this.#affectedBy(step)) !== before;
  }

  /** Records that a step of the host has begun: until it ends, its effect may or may not be stored. */
  beginHostStep(step: HostStep): void {
    if ('courseId' in step && 'learnerId' in step)
      this.holdingsOf(step.learnerId).changedByHost.set(step.courseId, Number.POSITIVE_INFINITY);
  }

  /** Applies a diff that a transaction wrote. */
  applyDiff({ learnerId, assigned, released, enrolled, unenrolled }: LearnerDiff): void {
    const { held, training, archived } = this.holdingsOf(learnerId);
    for (const one of assigned)
      held.set(keyOf(one), { courseId: one.courseId, linkId: one.linkId, segmentId: one.segmentId });
    for (const one of released) held.delete(keyOf(one));
    for (const one of enrolled) if (one.training === 'start') training.set(one.courseId, 'in-progress');
    for (const one of unenrolled)
      if (one.training === 'archive' && training.delete(one.courseId)) archived.push(one.courseId);
  }

  beginCommit(edits: readonly Edit[]): () => void {
    this.#committing.add(edits);
    return () => void this.#committing.delete(edits);
  }

  /** Applies edits that were committed. */
  applyEdits(edits: readonly Edit[]): void {
    for (const edit of edits) {
      if (edit.type === 'saveSegment') this.segments.set(edit.segment.id, this.#segmentAfter(edit.segment));
      else if (edit.type === 'deleteSegment') this.segments.delete(edit.segmentId);
      else if (edit.type === 'link') this.links.set(edit.link.id, this.#linkAfter(edit.link));
      else this.links.delete(edit.linkId);
    }
  }

  #segmentAfter({ id, title, rule }: SegmentPatch): Segment {
    const old = this.segments.get(id);
    const now = rule === undefined ? old?.rule : (rule ?? undefined);
    return { id, title: title ?? old?.title ?? id, ...(now && { rule: now }) };
  }

  #linkAfter({ id, segmentId, courseId, rule, data }: LinkPatch): Link {
    const old = this.links.get(id);
    const now = { rule: rule === undefined ? old?.rule : rule, data: data === undefined ? old?.data : data };
    return { id, segmentId, courseId, ...(now.rule && { rule: now.rule }), ...(now.data && { data: now.data }) };
  }

  /** Whether the assignment's link no longer exists; undefined while a commit may be changing that. */
  isUnlinked({ courseId, linkId }: Assignment): boolean | undefined {
    for (const edits of this.#committing) {
      if (
        edits.some((edit) => (edit.type === 'unlink' ? edit.linkId : edit.type === 'link' && edit.link.id) === linkId)
      ) {
        return undefined;
      }
    }
    return this.links.get(linkId)?.courseId !== courseId;
  }

  /**
   * The learners that a walk through the store finds: those who exist and those who hold something. A deleted learner is not yet among
   * them while an edit, with facts that it read earlier, is about to assign them something.
   */
  walkedIds(): string[] {
    return this.ids().filter((id) => this.learners.has(id) || this.holdingsOf(id).held.size > 0);
  }

  /** Records that the library has evaluated these learners on all courses, starting at this time. Default: all learners. */
  recordEvaluated(since: number, ids: readonly string[] = this.ids()): void {
    for (const id of ids) this.#evaluatedAt.set(id, Math.max(since, this.#evaluatedAt.get(id) ?? 0));
  }

  /** Records that an operation set learners aside: they are up to date again only after another operation evaluates them. */
  recordSetAside(ids: readonly string[]): void {
    const now = this.now();
    for (const id of ids) this.#changedAt.set(id, now);
  }

  /** Whether the learner is readable, and was evaluated since their facts, the courses or the fields last changed. */
  isUpToDate(id: string): boolean {
    if (this.unreadable.has(id)) return false;
    return (this.#evaluatedAt.get(id) ?? 0) > Math.max(this.#changedAt.get(id) ?? 0, this.#allChangedAt);
  }

  #affectedBy(step: HostStep): unknown {
    if (step.do === 'save') return step.learners.map(({ id }) => this.learners.get(id));
    if (step.do === 'delete') return step.ids.map((id) => this.learners.get(id));
    if (step.do === 'fields') return this.fields;
    if (step.do === 'method') return this.courses.get(step.courseId);
    if (step.do === 'spoil' || step.do === 'repair') return this.unreadable.get(step.learnerId);
    const { individual, training } = this.holdingsOf(step.learnerId);
    return [individual.has(step.courseId), training.get(step.courseId)];
  }

  #apply(step: HostStep): void {
    const now = this.now();
    switch (step.do) {
      case 'save':
        for (const learner of step.learners) this.learners.set(learner.id, learner);
        for (const { id } of step.learners) this.#changedAt.set(id, now);
        return;
      case 'delete':
        for (const id of step.ids) this.learners.delete(id);
        for (const id of step.ids) this.#changedAt.set(id, now);
        return;
      case 'method':
        this.courses.set(step.courseId, { id: step.courseId, enrolmentMethod: step.method });
        this.#allChangedAt = now;
        return;
      case 'fields':
        this.fields = step.fields;
        this.#allChangedAt = now;
        return;
      case 'train':
        this.holdingsOf(step.learnerId).training.set(step.courseId, step.status);
        this.holdingsOf(step.learnerId).changedByHost.set(step.courseId, now);
        return;
      case 'spoil':
        this.unreadable.set(step.learnerId, step.row);
        return;
      case 'repair':
        this.unreadable.delete(step.learnerId);
        this.#changedAt.set(step.learnerId, now);
        return;
      default: {
        const { individual, changedByHost } = this.holdingsOf(step.learnerId);
        changedByHost.set(step.courseId, now);
        if (step.do === 'enrol') individual.add(step.courseId);
        else individual.delete(step.courseId);
      }
    }
  }
}
