import fc from 'fast-check';
import type { Course, Edit, Json, Link, LinkPatch, Segment, SegmentPatch } from '../../src/model/catalog.js';
import type { Field, FieldType, Learner, Profile, Scalar } from '../../src/model/learner.js';
import type { Condition, Rule } from '../../src/model/rule.js';
import { BLANKS, COURSES, FIELDS, LEARNERS, LINKS, MISFITS, SEGMENTS, VALUES } from './pools.js';

/** How wild what is generated may be. */
export interface Wildness {
  /** Text, numbers and dates that are equal or different only by the rules of folding and time. */
  readonly traps?: boolean;
  /** Learners whose row does not fit the declared fields. */
  readonly invalid?: boolean;
  /** Learners who are inactive. */
  readonly inactive?: boolean;
}

export const learnerIds = fc.constantFrom(...LEARNERS);
export const segmentIds = fc.constantFrom(...SEGMENTS);
export const courseIds = fc.constantFrom(...COURSES);
const linkIds = fc.constantFrom(...LINKS);
/** Courses that most links share. */
const LINKED = 3;
/** Courses, those that most links share more often than not. */
export const busyCourseIds = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...COURSES.slice(0, LINKED)) },
  { weight: 1, arbitrary: courseIds },
);

/** A value of this type that is not blank. */
function values(type: FieldType, { traps }: Wildness = {}): fc.Arbitrary<string | number | boolean> {
  const pool = VALUES[type];
  return fc.constantFrom<string | number | boolean>(...pool.few, ...(traps ? pool.traps : []));
}

/** What one field may be filled with: a value, blank, or a list of both. */
function fillings(type: FieldType, wild: Wildness): fc.Arbitrary<Scalar | readonly Scalar[]> {
  const one = values(type, wild);
  return fc.oneof(
    { weight: 12, arbitrary: one },
    { weight: 4, arbitrary: fc.array(fc.oneof(one, fc.constantFrom<Scalar>(null, '', ' ')), { maxLength: 3 }) },
    { weight: 2, arbitrary: fc.constantFrom(...BLANKS) },
    ...(wild.invalid ? [{ weight: 1, arbitrary: fc.constantFrom<Scalar>(...MISFITS, 7, true) }] : []),
  );
}

/** Profiles over these fields; a field may be missing, and an undeclared one may be present. */
export function profiles(fields: readonly Field[], wild: Wildness = {}): fc.Arbitrary<Profile> {
  const filled = fields.map(({ id, type }) =>
    fc.option(
      fillings(type, wild).map((value) => [id, value] as const),
      { nil: undefined, freq: 3 },
    ),
  );
  const undeclared = fc.option(fc.constant(['not declared', 1] as const), { nil: undefined });
  return fc
    .tuple(...filled, undeclared)
    .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== undefined)));
}

/** Learners of these ids, or of any. */
export function learners(
  wild: Wildness = {},
  ids: fc.Arbitrary<string> = learnerIds,
  fields = FIELDS,
): fc.Arbitrary<Learner> {
  return fc.record(
    {
      id: ids,
      profile: profiles(fields, wild),
      segments: fc.uniqueArray(segmentIds, { maxLength: 2 }),
      active: wild.inactive ? fc.constantFrom(true, true, true, false) : fc.constant(true),
    },
    { requiredKeys: ['id', 'profile'] },
  );
}

/** Conditions that fit these fields. */
export function conditions(fields: readonly Field[], wild: Wildness = {}): fc.Arbitrary<Condition> {
  return fc.constantFrom(...fields).chain(({ id: field, type }) => {
    const value = values(type, wild);
    const text = type === 'text';
    const some = fc.array(value, { minLength: 1, maxLength: 3 });
    const choices: fc.Arbitrary<unknown>[] = [
      fc.record({ field: fc.constant(field), op: fc.constant('equals'), value }),
      fc.record({ field: fc.constant(field), op: fc.constant('blank') }),
    ];
    if (type !== 'boolean') choices.push(fc.record({ field: fc.constant(field), op: fc.constant('in'), value: some }));
    if (type === 'number' || type === 'date')
      choices.push(fc.record({ field: fc.constant(field), op: fc.constantFrom('lt', 'lte', 'gt', 'gte'), value }));
    if (text) {
      const piece = fc.oneof(
        fc.constantFrom('b', 'I', 'bristol', ' S', 'ss', '0', 'σ', 'e', '-', '\u2010f', 's\u200bt'),
        value.filter((x) => x !== '\ud83d'),
      );
      choices.push(
        fc.record({
          field: fc.constant(field),
          op: fc.constantFrom('contains', 'startsWith', 'endsWith'),
          value: piece,
        }),
      );
    }
    return fc.oneof(...choices) as fc.Arbitrary<Condition>;
  });
}

/** Rules over these fields that refer to these segments, four deep at most. */
export function rules(
  refs: readonly string[],
  fields: readonly Field[] = FIELDS,
  wild: Wildness = {},
): fc.Arbitrary<Rule> {
  const leaves: fc.WeightedArbitrary<Rule>[] = [
    { weight: 6, arbitrary: conditions(fields, wild) },
    { weight: 1, arbitrary: fc.constant({ everyone: true }) },
  ];
  if (refs.length > 0) leaves.push({ weight: 2, arbitrary: fc.record({ segment: fc.constantFrom(...refs) }) });
  const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      ...leaves,
      { weight: 2, arbitrary: fc.record({ all: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }) },
      { weight: 2, arbitrary: fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }) },
      { weight: 2, arbitrary: fc.record({ not: tie('rule') }) },
    ),
  }));
  return rule;
}

/** Segments whose rules refer only to those before them in the pool, so that most lists of edits are accepted. */
export function segments(ids: fc.Arbitrary<string> = segmentIds, wild: Wildness = {}): fc.Arbitrary<Segment> {
  return ids.chain((id) => {
    const narrow = rules(SEGMENTS.slice(0, SEGMENTS.indexOf(id)), FIELDS, wild);
    const rule = fc.oneof(
      { weight: 1, arbitrary: fc.constant<Rule>({ everyone: true }) },
      { weight: 4, arbitrary: narrow },
    );
    return fc.record(
      { id: fc.constant(id), title: fc.constantFrom('t', 'T'), rule },
      { requiredKeys: ['id', 'title'] },
    );
  });
}

/** Links of these ids, most of them between the segment and the course that go with the id, so that few clash and many share a course. */
function links(ids: fc.Arbitrary<string> = linkIds, clashing = true): fc.Arbitrary<Link> {
  return ids.chain((id) => {
    const own = LINKS.indexOf(id);
    const mostly = (one: string, other: fc.Arbitrary<string>) =>
      fc.oneof({ weight: 15, arbitrary: fc.constant(one) }, { weight: clashing ? 1 : 0, arbitrary: other });
    const ends = {
      id: fc.constant(id),
      segmentId: mostly(SEGMENTS[own % SEGMENTS.length]!, segmentIds),
      courseId: mostly(COURSES[own % LINKED]!, courseIds),
    };
    const narrowed = fc.record({ ...ends, rule: rules(SEGMENTS) });
    return fc.oneof({ weight: 2, arbitrary: fc.record(ends) }, { weight: 1, arbitrary: narrowed });
  });
}

/** Courses, most of them by assignment only. */
export const courses: fc.Arbitrary<Course> = fc.record({
  id: courseIds,
  enrolmentMethod: fc.oneof(
    { weight: 3, arbitrary: fc.constant('by-assignment-only') },
    { weight: 1, arbitrary: fc.constantFrom('open', '', 'BY-ASSIGNMENT-ONLY') },
  ),
});

/** The keys that an edit gives of a segment or link: all, all but the rule or the data, or one of them cleared. */
function patches<Whole extends Segment | Link>(whole: fc.Arbitrary<Whole>): fc.Arbitrary<SegmentPatch & LinkPatch> {
  const patch = fc.constantFrom(
    'whole',
    'whole',
    'whole',
    'without rule',
    'no rule',
    'without title',
    'data',
    'no data',
  );
  return fc.tuple(whole, patch, fc.jsonValue({ maxDepth: 1 })).map(([{ rule = null, ...rest }, how, json]) => {
    const { title, ...untitled } = rest as { title?: string };
    const isLink = title === undefined;
    const all = { ...rest, rule };
    if (how === 'without rule') return rest;
    if (how === 'no rule') return { ...rest, rule: null };
    if (how === 'without title') return { ...untitled, rule };
    if (how === 'data' && isLink) return { ...all, data: { json: json as Json } };
    return how === 'no data' && isLink ? { ...all, data: null } : all;
  }) as fc.Arbitrary<SegmentPatch & LinkPatch>;
}

/** Edits that may or may not be acceptable; most are. */
export const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: patches(segments()).map((segment): Edit => ({ type: 'saveSegment', segment })) },
  { weight: 1, arbitrary: segmentIds.map((segmentId): Edit => ({ type: 'deleteSegment', segmentId })) },
  { weight: 9, arbitrary: patches(links()).map((link): Edit => ({ type: 'link', link })) },
  { weight: 6, arbitrary: linkIds.map((linkId): Edit => ({ type: 'unlink', linkId })) },
);

/** Edits that build a catalog from nothing: every segment of the pool, and links that do not clash. */
export const setups: fc.Arbitrary<readonly Edit[]> = fc
  .tuple(
    fc.tuple(...SEGMENTS.map((id) => segments(fc.constant(id)))),
    fc.uniqueArray(links(linkIds, false), {
      minLength: 1,
      maxLength: LINKS.length,
      size: 'max',
      selector: ({ id }) => id,
    }),
  )
  .map(([saved, linked]) => [
    ...saved.map((segment): Edit => ({ type: 'saveSegment', segment: { rule: null, ...segment } })),
    ...linked.map((link): Edit => ({ type: 'link', link })),
  ]);
