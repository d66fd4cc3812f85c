import { getOrCreate } from '../../collections/get-or-create.js';
import type { CourseId, LinkId } from '../../model/ids.js';
import type { Assignment } from '../../model/learner.js';

const NONE: readonly number[] = [];

/** The known numbers under which assignments are stored: those of the store, or those of a transaction over it. */
export class Pairs {
  readonly #below: Pairs | undefined;
  /** By number. An array is faster than a map, and every number that a learner holds is looked up here. */
  readonly #byNumber: Assignment[] = [];
  /** A link has one number on a course, and another for each previous segment under the same id. */
  readonly #numbers = new Map<CourseId, Map<LinkId, number[]>>();

  constructor(below?: Pairs) {
    this.#below = below;
  }

  pair(number: number): Assignment | undefined {
    return this.#byNumber[number] ?? this.#below?.pair(number);
  }

  number(pair: Assignment): number | undefined {
    const own = this.#own(pair).find((number) => this.#byNumber[number]!.segmentId === pair.segmentId);
    return own ?? this.#below?.number(pair);
  }

  /** The numbers of a link on a course, whatever the segment. */
  numbersOfLink(pair: Pick<Assignment, 'courseId' | 'linkId'>): readonly number[] {
    const [own, below] = [this.#own(pair), this.#below?.numbersOfLink(pair) ?? NONE];
    return own.length === 0 ? below : [...below, ...own];
  }

  /** The numbers of all pairs on these courses. */
  numbersOn(courses: readonly CourseId[]): Set<number> {
    const numbers = this.#below?.numbersOn(courses) ?? new Set();
    for (const course of courses)
      for (const list of this.#numbers.get(course)?.values() ?? []) for (const number of list) numbers.add(number);
    return numbers;
  }

  add(number: number, { courseId, linkId, segmentId }: Assignment): void {
    const isNew = this.#byNumber[number] === undefined;
    this.#byNumber[number] = Object.freeze({ courseId, linkId, segmentId });
    const links = getOrCreate(this.#numbers, courseId, () => new Map<LinkId, number[]>());
    if (isNew) getOrCreate(links, linkId, () => []).push(number);
  }

  /** Copies a committed transaction's numbers to the level below. A rolled-back transaction's numbers are discarded, and allocated again. */
  commit(): void {
    this.#byNumber.forEach((pair, number) => {
      this.#below?.add(number, pair);
    });
  }

  #own({ courseId, linkId }: Pick<Assignment, 'courseId' | 'linkId'>): readonly number[] {
    return this.#numbers.get(courseId)?.get(linkId) ?? NONE;
  }
}
