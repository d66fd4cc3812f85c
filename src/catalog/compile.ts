import { compareIds } from '../collections/order.js';
import { BY_ASSIGNMENT_ONLY, type Catalog, type Course, type Link } from '../model/catalog.js';
import type { Blocked } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import { Program } from '../rules/program.js';
import type { Slot } from '../rules/step.js';
import { fieldTypes } from '../rules/value.js';
import { compareBlocked } from './blocked.js';
import { type CompiledSegments, compileSegments, ruleFault } from './compile-segments.js';
import { type CompiledCatalog, compiledOf } from './compiled-catalog.js';
import type { BlockedLink, MatchedCourse, MatchedLink } from './matched-link.js';
import { isCompiled, type Matcher } from './matcher.js';
import { Views } from './view.js';
import { Workspace } from './workspace.js';

/** How to compile a catalog. */
export interface CompileOptions {
  /** How inactive learners are treated; defaults to `freeze` (semantics §6). */
  readonly inactive?: 'freeze' | 'unenrol';
  /**
   * An earlier compiled catalog: a segment that is the same object in both is not compiled again. This works if both catalogs declare fields
   * in the same list object. `previous` remains usable. Do not change lists and objects of catalogs in place.
   */
  readonly previous?: Matcher;
}

/**
 * Compiles a catalog for {@link diff} and {@link explain}; compile each catalog once. Links that cannot be evaluated are frozen and reported
 * as blocked (semantics §6).
 * @throws `invalid_input` if `catalog` is not a catalog, or `previous` is not what `compile` returned.
 */
export function compile(catalog: Catalog, options: CompileOptions = {}): Matcher {
  const earlier = options.previous && compiledOf(options.previous, 'previous');
  return compileFrom(
    catalog,
    options.inactive ?? 'freeze',
    earlier && canReuse(earlier, catalog) ? earlier : undefined,
  );
}

function compileFrom(
  catalog: Catalog,
  inactive: CompiledCatalog['inactive'],
  previous: CompiledCatalog | undefined,
): CompiledCatalog {
  const program = new Program(fieldTypes(catalog.fields), previous?.program);
  const segments = compileSegments(program, catalog.segments, previous?.segments);
  const courses = new Map(catalog.courses.map((course) => [course.id, course]));
  const blocked: BlockedLink[] = [];
  const sorted = [...catalog.links].sort((a, b) => compareIds(a.courseId, b.courseId) || compareIds(a.id, b.id));
  const links = sorted.map((link): MatchedLink => {
    const faults = [brokenLink(link, program, segments), inertLink(link, courses.get(link.courseId))].filter(
      (fault) => !!fault,
    );
    blocked.push(...faults.map((fault) => ({ courseId: link.courseId, blocked: fault })));
    return {
      link,
      audience: faults.some(({ kind }) => kind === 'broken-link') ? undefined : audienceOf(link, program, segments),
      frozen: faults.length > 0,
    };
  });
  const matched = coursesOf(links);
  return {
    [isCompiled]: true,
    catalog,
    inactive,
    program,
    views: new Views(program, links, matched),
    workspace: new Workspace(),
    links,
    pairs: links.map(({ link }) =>
      Object.freeze({ courseId: link.courseId, linkId: link.id, segmentId: link.segmentId }),
    ),
    linkIndex: new Map(links.map(({ link }, index) => [link.id, index])),
    courses: matched,
    courseAt: links.map(({ link }) => matched.get(link.courseId)!),
    courseEnds: Int32Array.from(links, ({ link }) => matched.get(link.courseId)!.to),
    segments,
    firstSize: previous?.firstSize ?? program.size,
    blocked: blocked.sort((a, b) => compareBlocked(a.blocked, b.blocked)),
  };
}

/**
 * Returns whether compiling can extend an earlier program. The declared fields must be the same; without declared fields, the program would
 * keep checking fields that no rule names any more. The program must not be more than twice as large as when it was compiled from scratch.
 */
function canReuse({ catalog: { fields }, program, firstSize }: CompiledCatalog, catalog: Catalog): boolean {
  return fields !== undefined && fields === catalog.fields && program.size <= 2 * firstSize;
}

function audienceOf(link: Link, program: Program, { slots }: CompiledSegments): Slot {
  const segment = slots.get(link.segmentId)!;
  return link.rule ? program.and([segment, program.compile(link.rule, (id) => slots.get(id)!)]) : segment;
}

function brokenLink(link: Link, program: Program, segments: CompiledSegments): Blocked | undefined {
  const { id, segmentId, rule } = link;
  const reason =
    ruleFault({ segment: segmentId }, program, segments, 'The link') ??
    (rule && ruleFault(rule, program, segments, "The link's rule"));
  return reason === undefined ? undefined : { kind: 'broken-link', linkId: id, reason };
}

function inertLink({ id, courseId }: Link, course: Course | undefined): Blocked | undefined {
  if (course?.enrolmentMethod === BY_ASSIGNMENT_ONLY) return undefined;
  const reason = course
    ? `${courseNamed(courseId)} has the enrolment method ${JSON.stringify(course.enrolmentMethod)} instead of "by-assignment-only".`
    : `${courseNamed(courseId)} no longer exists.`;
  return { kind: 'inert-link', linkId: id, reason };
}

/** The subject of a sentence on a course; reasons for inert links begin with it. */
export function courseNamed(name: string): string {
  return `Course ${JSON.stringify(name)}`;
}

function coursesOf(links: readonly MatchedLink[]): ReadonlyMap<CourseId, MatchedCourse> {
  const courses = new Map<CourseId, MatchedCourse>();
  for (let from = 0; from < links.length; ) {
    const { courseId } = links[from]!.link;
    let to = from + 1;
    while (to < links.length && links[to]!.link.courseId === courseId) to++;
    const start = Object.freeze({ courseId, training: 'start' } as const);
    const resume = Object.freeze({ courseId, training: 'resume' } as const);
    courses.set(courseId, { courseId, from, to, start, resume });
    from = to;
  }
  return courses;
}
