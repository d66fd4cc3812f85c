import type { Course, Edit, Link, Segment } from '../../src/model/catalog.js';
import type { Field, Learner } from '../../src/model/learner.js';
import type { Facts } from './oracle.js';
import { linkAfter, segmentAfter } from './patched.js';
import type { HostStep, Start, Step } from './steps.js';

/** The expected state after a history, kept beside the library: learners, catalog, and individual enrolments. */
export class World {
  fields: readonly Field[] | undefined;
  readonly inactive: Start['inactive'];
  readonly courses = new Map<string, Course>();
  readonly segments = new Map<string, Segment>();
  readonly links = new Map<string, Link>();
  readonly learners = new Map<string, Learner>();
  readonly individual = new Map<string, Set<string>>();

  constructor(start: Pick<Start, 'fields' | 'courses' | 'learners' | 'inactive'>) {
    this.fields = start.fields;
    this.inactive = start.inactive;
    for (const course of start.courses) this.courses.set(course.id, course);
    for (const learner of start.learners) this.learners.set(learner.id, learner);
  }

  /** The catalog and the policy, as the oracle takes them. */
  get facts(): Facts {
    const { fields, inactive, courses, segments, links } = this;
    const lists = { courses: [...courses.values()], segments: [...segments.values()], links: [...links.values()] };
    return { ...lists, inactive, ...(fields && { fields }) };
  }

  /** Takes over what an accepted step changed. */
  take(step: Step): void {
    if (step.do === 'apply') step.edits.forEach((edit) => void this.#edit(edit));
    else if (step.do !== 'notice' && step.do !== 'reconcile') this.#act(step);
  }

  #edit(edit: Edit): void {
    if (edit.type === 'saveSegment')
      this.segments.set(edit.segment.id, segmentAfter(this.segments.get(edit.segment.id), edit.segment));
    else if (edit.type === 'deleteSegment') this.segments.delete(edit.segmentId);
    else if (edit.type === 'link') this.links.set(edit.link.id, linkAfter(this.links.get(edit.link.id), edit.link));
    else this.links.delete(edit.linkId);
  }

  #act(step: HostStep): void {
    switch (step.do) {
      case 'save':
        for (const learner of step.learners) this.learners.set(learner.id, learner);
        return;
      case 'delete':
        for (const id of step.ids) this.learners.delete(id);
        return;
      case 'courses':
        for (const course of step.courses) this.courses.set(course.id, course);
        return;
      case 'drop courses':
        for (const id of step.ids) this.courses.delete(id);
        return;
      case 'fields':
        this.fields = step.fields;
        return;
      case 'enrol':
        this.individual.set(step.learnerId, new Set(this.individual.get(step.learnerId)).add(step.courseId));
        return;
      case 'unenrol':
        this.individual.get(step.learnerId)?.delete(step.courseId);
        return;
      case 'train':
        return;
      default:
        step satisfies never;
    }
  }
}
