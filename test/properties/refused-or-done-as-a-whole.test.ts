import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Catalog, type Edit, evolve, isSmartEnrolmentsError, type Link, type Rule } from '../../src/core.js';
import { edits, segmentIds, setups } from '../model/arbitraries.js';
import { linkAfter, segmentAfter } from '../model/patched.js';
import { COURSES, FIELDS } from '../model/pools.js';
import { runs } from '../model/runs.js';

interface Judged {
  readonly codes: ReadonlySet<string>;
  readonly segments: ReadonlyMap<string, { readonly rule?: Rule }>;
  readonly links: ReadonlyMap<string, Link>;
}

const text = (value: unknown) => JSON.stringify(value) ?? '';
const mentioned = (rule: unknown): string[] => {
  if (typeof rule !== 'object' || rule === null) return [];
  return 'segment' in rule ? [rule.segment as string] : Object.values(rule).flatMap(mentioned);
};

/** All reasons to refuse a list of edits, and its outcome (semantics §5). */
function judge(before: Catalog, list: readonly Edit[]): Judged {
  const codes = new Set<string>();
  const standing = (id: string) => before.links.find((link) => link.id === id);
  const segments = new Map(before.segments.map((segment) => [segment.id, segment]));
  const links = new Map(before.links.map((link) => [link.id, link]));
  for (const edit of list) {
    if (edit.type === 'saveSegment') {
      const old = segments.get(edit.segment.id);
      if (!old && edit.segment.rule === undefined) codes.add('invalid_input');
      segments.set(edit.segment.id, segmentAfter(old, edit.segment));
    } else if (edit.type === 'deleteSegment') segments.delete(edit.segmentId) || codes.add('unknown_segment');
    else if (edit.type === 'unlink') links.delete(edit.linkId) || codes.add('unknown_link');
    else {
      const { id, segmentId, courseId } = edit.link;
      for (const old of [links.get(id), standing(id)]) {
        if (old && (old.segmentId !== segmentId || old.courseId !== courseId)) codes.add('duplicate_link');
      }
      links.set(id, linkAfter(links.get(id), edit.link));
    }
  }
  const refs = (id: string) => mentioned(segments.get(id)?.rule);
  const used = [...links.values()].flatMap(({ segmentId, rule }) => [segmentId, ...mentioned(rule)]);
  for (const id of [...used, ...[...segments.keys()].flatMap(refs)]) {
    if (!segments.has(id)) for (const code of ['unknown_segment', 'segment_in_use']) codes.add(code);
  }
  for (const id of segments.keys()) {
    const reached = new Set(refs(id));
    for (const one of reached) for (const next of refs(one)) reached.add(next);
    if (reached.has(id)) codes.add('rule_cycle');
  }
  const same = (a: Link, b: Link) =>
    text([a.segmentId, a.courseId, a.rule]) === text([b.segmentId, b.courseId, b.rule]);
  for (const link of links.values()) {
    const old = standing(link.id);
    if (old && same(old, link)) continue;
    const course = before.courses.find(({ id }) => id === link.courseId);
    if (!old && !course) codes.add('unknown_course');
    if (!old && course && course.enrolmentMethod !== 'by-assignment-only') codes.add('course_not_by_assignment');
    if ([...links.values()].some((other) => other.id !== link.id && same(other, link))) codes.add('duplicate_link');
  }
  return { codes, segments, links };
}

/** Sometimes a segment that refers to any other one, so that cycles occur. */
const circling = fc
  .tuple(segmentIds, segmentIds)
  .map(([id, segment]): Edit => ({ type: 'saveSegment', segment: { id, title: 't', rule: { any: [{ segment }] } } }));
const lists = fc.array(fc.oneof({ weight: 6, arbitrary: edits }, { weight: 1, arbitrary: circling }), {
  minLength: 1,
  maxLength: 5,
});
const methods = fc.tuple(
  ...COURSES.map(() => fc.constantFrom('by-assignment-only', 'by-assignment-only', 'open', undefined)),
);

it('refused or done as a whole: a list of edits reaches its outcome, or is refused for a reason that applies to the outcome', () => {
  fc.assert(
    fc.property(setups, methods, lists, (setup, later, list) => {
      const courses = COURSES.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' }));
      const empty: Catalog = { revision: 3, fields: FIELDS, courses, segments: [], links: [], unsettled: [] };
      const changed = courses.flatMap((course, i) => (later[i] ? [{ ...course, enrolmentMethod: later[i] }] : []));
      const before: Catalog = { ...evolve(empty, setup), courses: changed };
      const copy = structuredClone(before);
      const { codes, segments, links } = judge(before, list);
      let after: Catalog | undefined;
      try {
        after = evolve(before, list);
      } catch (error) {
        if (!isSmartEnrolmentsError(error)) throw error;
        expect([...codes]).toContain(error.code);
      }
      expect(before).toEqual(copy);
      if (!after) return;
      expect([...codes]).toEqual([]);
      const ordered = (items: Iterable<object>) => [...items].map(text).sort();
      expect(ordered(after.segments)).toEqual(ordered(segments.values() as Iterable<object>));
      expect(ordered(after.links)).toEqual(ordered(links.values()));
    }),
    runs(300),
  );
});
