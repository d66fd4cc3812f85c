import { getOrCreate } from '../collections/get-or-create.js';
import type { CourseId } from '../model/ids.js';
import type { Program } from '../rules/program.js';
import { type Slice, slice } from '../rules/slice.js';
import type { Slot } from '../rules/step.js';
import type { MatchedCourse, MatchedLink } from './matched-link.js';

/** The links in force that a diff evaluates, grouped by audience, and the part of the program that decides them. */
export interface View {
  /** The courses in scope; undefined means all. */
  readonly courses: ReadonlySet<CourseId> | undefined;
  readonly slice: Slice;
  /** The slots of the audiences, each once. */
  readonly audiences: Int32Array;
  /** The links of each audience, one audience after another. */
  readonly links: Int32Array;
  /** The index in `links` at which each audience begins; the last entry is the length of `links`. */
  readonly firsts: Int32Array;
  /** For each link of the matcher, the index of its audience; meaningful only for links in the view. */
  readonly audienceAt: Int32Array;
}

/** Creates the view of all links, or of the links on some courses. The types of all declared fields are checked in every view. */
function viewOf(
  program: Program,
  links: readonly MatchedLink[],
  matched: ReadonlyMap<CourseId, MatchedCourse>,
  courses: ReadonlySet<CourseId> | undefined,
): View {
  const ranges = courses
    ? [...courses].flatMap((courseId) => matched.get(courseId) ?? []).sort((a, b) => a.from - b.from)
    : [{ from: 0, to: links.length }];
  const byAudience = new Map<Slot, number[]>();
  for (const { from, to } of ranges) {
    for (let link = from; link < to; link++) {
      const { frozen, audience } = links[link]!;
      if (!frozen) getOrCreate(byAudience, audience!, () => []).push(link);
    }
  }
  const lists = [...byAudience.values()];
  const audienceAt = new Int32Array(links.length);
  for (const [audience, list] of lists.entries()) for (const link of list) audienceAt[link] = audience;
  return {
    courses,
    slice: slice(program, byAudience.keys(), 'all'),
    audiences: Int32Array.from(byAudience.keys()),
    links: Int32Array.from(lists.flat()),
    firsts: startsOf(lists),
    audienceAt,
  };
}

/** Returns the index at which each list begins in their concatenation; the last entry is its length. */
function startsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  for (const [i, { length }] of lists.entries()) starts[i + 1] = starts[i]! + length;
  return starts;
}

/** The views of one compiled catalog. Consecutive batches ask for the same courses, so the last view is cached. */
export class Views {
  readonly whole: View;
  readonly #make: (courses: ReadonlySet<CourseId>) => View;
  #last: { readonly courses: readonly CourseId[]; readonly view: View } | undefined;

  constructor(program: Program, links: readonly MatchedLink[], matched: ReadonlyMap<CourseId, MatchedCourse>) {
    this.whole = viewOf(program, links, matched, undefined);
    this.#make = (courses) => viewOf(program, links, matched, courses);
  }

  /** Returns the view of these courses. */
  of(courses: readonly CourseId[]): View {
    const last = this.#last;
    if (last && last.courses.length === courses.length && last.courses.every((id, i) => id === courses[i])) {
      return last.view;
    }
    const view = this.#make(new Set(courses));
    this.#last = { courses: [...courses], view };
    return view;
  }
}
