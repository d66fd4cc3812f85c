import { entry } from '../model/entry.js';
import type { CourseId } from '../model/ids.js';
import type { Program, Slot } from '../rules/program.js';
import { type Slice, slice } from '../rules/slice.js';
import type { MatchedCourse, MatchedLink } from './compiled-catalog.js';

/** The links in force that a diff looks at, grouped by audience, and the part of the program that decides them. */
export interface View {
  /** Undefined: all of them. */
  readonly courses: ReadonlySet<CourseId> | undefined;
  readonly slice: Slice;
  /** The slots of the audiences, each once. */
  readonly audiences: Int32Array;
  /** The links of each audience: of the first, then of the next. */
  readonly links: Int32Array;
  /** Where in that list each audience begins; at the end, its length. */
  readonly firsts: Int32Array;
  /** For each link of the matcher that is looked at its audience, by index. */
  readonly audienceAt: Int32Array;
}

/** Makes the view of all links, or of those on some courses. Every declared field is judged, whatever is looked at. */
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
      if (!frozen) entry(byAudience, audience!, () => []).push(link);
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

/** Where each list begins if they stand one after another; at the end, where the last one ends. */
function startsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  for (const [i, { length }] of lists.entries()) starts[i + 1] = starts[i]! + length;
  return starts;
}

/** The views of one compiled catalog. Batch after batch asks for the same courses, so the last view of some is kept. */
export class Views {
  readonly whole: View;
  readonly #make: (courses: ReadonlySet<CourseId>) => View;
  #last: { readonly courses: readonly CourseId[]; readonly view: View } | undefined;

  constructor(program: Program, links: readonly MatchedLink[], matched: ReadonlyMap<CourseId, MatchedCourse>) {
    this.whole = viewOf(program, links, matched, undefined);
    this.#make = (courses) => viewOf(program, links, matched, courses);
  }

  /** The view of these courses. */
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
