import { entry } from '../model/entry.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';

/** The numbers under which assignments are stored, as far as they are known: of the store, or of a transaction over it. */
export class Pairs {
  readonly #below: Pairs | undefined;
  /** By number: quicker than a map, for every number that anybody holds is looked up here. */
  readonly #byNumber: Assignment[] = [];
  readonly #numbers = new Map<CourseId, Map<LinkId, number>>();

  constructor(below?: Pairs) {
    this.#below = below;
  }

  pair(number: number): Assignment | undefined {
    return this.#byNumber[number] ?? this.#below?.pair(number);
  }

  number({ courseId, linkId }: Assignment): number | undefined {
    return this.#numbers.get(courseId)?.get(linkId) ?? this.#below?.number({ courseId, linkId });
  }

  /** The numbers of all pairs on these courses. */
  numbersOn(courses: readonly CourseId[]): Set<number> {
    const numbers = this.#below?.numbersOn(courses) ?? new Set();
    for (const course of courses) for (const number of this.#numbers.get(course)?.values() ?? []) numbers.add(number);
    return numbers;
  }

  add(number: number, { courseId, linkId }: Assignment): void {
    this.#byNumber[number] = Object.freeze({ courseId, linkId });
    entry(this.#numbers, courseId, () => new Map<LinkId, number>()).set(linkId, number);
  }

  /** What a transaction came to know is known beneath it once it has ended well: of one that was undone the numbers are given again. */
  commit(): void {
    this.#byNumber.forEach((pair, number) => {
      this.#below?.add(number, pair);
    });
  }
}
