import type { Course, Edit, Link, LinkPatch, Segment, SegmentPatch, Unsettled } from '../../model/catalog.js';
import type { LearnerDiff } from '../../model/diff.js';
import type { Assignment, Field, Learner, TrainingRecord } from '../../model/learner.js';
import { canonical } from '../../text/canonical.js';
import type { Facts } from '../model.js';
import type { UnreadableRow } from '../unreadable.js';
import type { HostStep } from './step.js';
import { Unheard } from './unheard.js';

/** What one learner holds, according to the ledger. */
export interface Account {
  /** Assignments by {@link keyOf}. */
  readonly held: Map<string, Assignment>;
  readonly individual: Set<string>;
  readonly training: Map<string, TrainingRecord['status']>;
  readonly archived: string[];
  /** When the host last changed the learner's enrolment or training, by course. */
  readonly touched: Map<string, number>;
}

/** A key for an assignment of one learner: its course and link. */
export function keyOf({ courseId, linkId }: Assignment): string {
  return JSON.stringify([courseId, linkId]);
}

/** The expected state of the store. It is updated from the host's steps, the committed edits and the written diffs. */
export class Ledger implements Facts {
  fields: readonly Field[] = [];
  readonly courses = new Map<string, Course>();
  readonly segments = new Map<string, Segment>();
  readonly links = new Map<string, Link>();
  readonly learners = new Map<string, Learner>();
  readonly unheard = new Unheard();
  /** The work of edits whose commit has begun, by operation. */
  readonly works = new Map<string, Unsettled>();
  /** The operations whose commit is known to have succeeded. */
  readonly committed = new Set<string>();
  /** The learners with a row that cannot be read now. */
  readonly unreadable = new Map<string, UnreadableRow>();
  readonly #accounts = new Map<string, Account>();
  readonly #changed = new Map<string, number>();
  readonly #evaluated = new Map<string, number>();
  /** Edits whose commit has begun and not ended: they may or may not be in force. */
  readonly #committing = new Set<readonly Edit[]>();
  #everythingChanged = 0;
  #clock = 0;

  constructor(readonly inactive: 'freeze' | 'unenrol') {}

  /** Advances the clock, and returns the new time. */
  now(): number {
    return ++this.#clock;
  }

  account(learnerId: string): Account {
    let found = this.#accounts.get(learnerId);
    if (!found) {
      found = { held: new Map(), individual: new Set(), training: new Map(), archived: [], touched: new Map() };
      this.#accounts.set(learnerId, found);
    }
    return found;
  }

  /** All learners who exist or have an account. */
  ids(): string[] {
    return [...new Set([...this.learners.keys(), ...this.#accounts.keys()])].sort();
  }

  /** Applies a step of the host; returns whether it changed anything. */
  act(step: HostStep): boolean {
    const before = canonical(this.#concerned(step));
    this.#do(step);
    return canonical(this.#concerned(step)) !== before;
  }

  /** Records that a step of the host has begun: until it ends, its effect may or may not be stored. */
  begin(step: HostStep): void {
    if ('courseId' in step && 'learnerId' in step)
      this.account(step.learnerId).touched.set(step.courseId, Number.POSITIVE_INFINITY);
  }

  /** Applies a diff that a transaction wrote. */
  write({ learnerId, assigned, released, enrolled, unenrolled }: LearnerDiff): void {
    const { held, training, archived } = this.account(learnerId);
    for (const one of assigned)
      held.set(keyOf(one), { courseId: one.courseId, linkId: one.linkId, segmentId: one.segmentId });
    for (const one of released) held.delete(keyOf(one));
    for (const one of enrolled) if (one.training === 'start') training.set(one.courseId, 'in-progress');
    for (const one of unenrolled)
      if (one.training === 'archive' && training.delete(one.courseId)) archived.push(one.courseId);
  }

  committing(edits: readonly Edit[]): () => void {
    this.#committing.add(edits);
    return () => void this.#committing.delete(edits);
  }

  /** Applies edits that were committed. */
  commit(edits: readonly Edit[]): void {
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
  found(): string[] {
    return this.ids().filter((id) => this.learners.has(id) || this.account(id).held.size > 0);
  }

  /** Records that the library has evaluated these learners on all courses, starting at this time. Default: all learners. */
  evaluated(since: number, ids: readonly string[] = this.ids()): void {
    for (const id of ids) this.#evaluated.set(id, Math.max(since, this.#evaluated.get(id) ?? 0));
  }

  /** Records that an operation set learners aside: they are up to date again only after another operation evaluates them. */
  setAside(ids: readonly string[]): void {
    const now = this.now();
    for (const id of ids) this.#changed.set(id, now);
  }

  /** Whether the learner is readable, and was evaluated since their facts, the courses or the fields last changed. */
  isUpToDate(id: string): boolean {
    if (this.unreadable.has(id)) return false;
    return (this.#evaluated.get(id) ?? 0) > Math.max(this.#changed.get(id) ?? 0, this.#everythingChanged);
  }

  #concerned(step: HostStep): unknown {
    if (step.do === 'save') return step.learners.map(({ id }) => this.learners.get(id));
    if (step.do === 'delete') return step.ids.map((id) => this.learners.get(id));
    if (step.do === 'fields') return this.fields;
    if (step.do === 'method') return this.courses.get(step.courseId);
    if (step.do === 'spoil' || step.do === 'repair') return this.unreadable.get(step.learnerId);
    const { individual, training } = this.account(step.learnerId);
    return [individual.has(step.courseId), training.get(step.courseId)];
  }

  #do(step: HostStep): void {
    const now = this.now();
    switch (step.do) {
      case 'save':
        for (const learner of step.learners) this.learners.set(learner.id, learner);
        for (const { id } of step.learners) this.#changed.set(id, now);
        return;
      case 'delete':
        for (const id of step.ids) this.learners.delete(id);
        for (const id of step.ids) this.#changed.set(id, now);
        return;
      case 'method':
        this.courses.set(step.courseId, { id: step.courseId, enrolmentMethod: step.method });
        this.#everythingChanged = now;
        return;
      case 'fields':
        this.fields = step.fields;
        this.#everythingChanged = now;
        return;
      case 'train':
        this.account(step.learnerId).training.set(step.courseId, step.status);
        this.account(step.learnerId).touched.set(step.courseId, now);
        return;
      case 'spoil':
        this.unreadable.set(step.learnerId, step.row);
        return;
      case 'repair':
        this.unreadable.delete(step.learnerId);
        this.#changed.set(step.learnerId, now);
        return;
      default: {
        const { individual, touched } = this.account(step.learnerId);
        touched.set(step.courseId, now);
        if (step.do === 'enrol') individual.add(step.courseId);
        else individual.delete(step.courseId);
      }
    }
  }
}
