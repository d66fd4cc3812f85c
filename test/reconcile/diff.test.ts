import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import type { Enrolled, LearnerDiff, Released, Unenrolled } from '../../src/model/diff.js';
import type { Assignment } from '../../src/model/learner.js';
import { diff } from '../../src/reconcile/diff.js';
import { project } from '../../src/reconcile/project.js';
import { everyone, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { assignment as assignmentOf, type Parts, placed, stateOf } from './state-of.js';

const segments = [segment('s'), segment('t'), segment('u', field('x').equals(1))];
const matcher = compile(
  catalogOf({
    segments,
    links: [link('1', 's', 'c'), link('2', 't', 'c'), link('3', 't', 'd'), link('4', 'u', 'e', not(inSegment('s')))],
  }),
);
/** An assignment by a link of the catalog above, or by one of segment `s` that is gone. */
const assignment = (text: string): Assignment => {
  const { courseId, linkId } = assignmentOf(text);
  const standing = matcher.catalog.links.find(({ id, courseId: course }) => id === linkId && course === courseId);
  return { courseId, linkId, segmentId: standing?.segmentId ?? 's' };
};
const empty: Omit<LearnerDiff, 'learnerId'> = { assigned: [], released: [], enrolled: [], unenrolled: [], kept: [] };
const started = (courseId: string): Enrolled => ({ courseId, training: 'start' });
const left = (text: string): Released => ({ ...assignment(text), cause: 'left-segment' });
const unlinked = (text: string): Released => ({ ...assignment(text), cause: 'unlinked' });
const keep = (courseId: string): Unenrolled => ({ courseId, training: 'keep', cause: 'left-segment' });

describe('§2, §3 the changes of one learner', () => {
  it.each<[string, Parts, Partial<LearnerDiff> | undefined]>([
    ['there is no diff if everything is as it should be', { learner: placed('s'), held: ['c/1'] }, undefined],
    ['there is no diff for a learner in no audience', {}, undefined],
    [
      'joining an audience starts an enrolment',
      { learner: placed('s') },
      { assigned: [assignment('c/1')], enrolled: [started('c')] },
    ],
    ['leaving an audience ends an enrolment', { held: ['d/3'] }, { released: [left('d/3')], unenrolled: [keep('d')] }],
    [
      'several segments give the union of their courses',
      { learner: placed('t', 's') },
      {
        assigned: ['c/1', 'c/2', 'd/3'].map(assignment),
        enrolled: [started('c'), started('d')],
      },
    ],
    [
      'a second source changes assignments and nothing else',
      { learner: placed('s', 't'), held: ['c/1', 'd/3'] },
      { assigned: [assignment('c/2')] },
    ],
    [
      'losing one of two sources keeps the enrolment',
      { learner: placed('s'), held: ['c/1', 'c/2'] },
      { released: [left('c/2')], kept: [{ courseId: 'c', by: ['1'], individual: false }] },
    ],
    [
      'moving between two segments leaves no gap',
      { learner: placed('s'), held: ['c/2', 'd/3'] },
      {
        assigned: [assignment('c/1')],
        released: [left('c/2'), left('d/3')],
        unenrolled: [keep('d')],
        kept: [{ courseId: 'c', by: ['1'], individual: false }],
      },
    ],
    [
      'an enrolment ends once, with the last link that holds it',
      { held: ['c/1', 'c/2'] },
      { released: [left('c/1'), left('c/2')], unenrolled: [keep('c')] },
    ],
    [
      'a link that replaces a deleted link leaves no gap',
      { learner: placed('s'), held: ['c/gone'] },
      {
        assigned: [assignment('c/1')],
        released: [unlinked('c/gone')],
        kept: [{ courseId: 'c', by: ['1'], individual: false }],
      },
    ],
    [
      "a link's rule narrows the segment",
      { learner: { profile: { x: 1 } } },
      { assigned: [assignment('e/4')], enrolled: [started('e')] },
    ],
    [
      "a learner who does not satisfy the link's rule is not in the audience",
      { learner: { profile: { x: 1 }, segments: ['s'] }, held: ['c/1'] },
      undefined,
    ],
    ['§7.15 a placement in a segment that does not exist has no effect', { learner: placed('nowhere') }, undefined],
  ])('%s', (_, parts, expected) => {
    const { diffs, blocked } = diff(matcher, [stateOf('a', parts)]);
    expect(diffs).toEqual(expected ? [{ learnerId: 'a', ...empty, ...expected }] : []);
    expect(blocked).toEqual([]);
  });
});

describe('§5, §7.10 an individual enrolment', () => {
  it.each<[string, Parts, Partial<LearnerDiff> | undefined]>([
    ['an individual enrolment alone is never mentioned', { individual: ['c', 'z'] }, undefined],
    [
      'no enrolment starts if a link joins an individual enrolment',
      { learner: placed('s'), individual: ['c'] },
      { assigned: [assignment('c/1')] },
    ],
    [
      'an individual enrolment keeps a course that links release',
      { held: ['c/1'], individual: ['c'], training: ['c/completed'] },
      { released: [left('c/1')], kept: [{ courseId: 'c', by: [], individual: true }] },
    ],
    [
      'an individual enrolment keeps an unlinked course, and nothing is archived',
      { held: ['c/gone'], individual: ['c'], training: ['c/completed'] },
      { released: [unlinked('c/gone')], kept: [{ courseId: 'c', by: [], individual: true }] },
    ],
    [
      'a kept course lists the individual enrolment beside the remaining links',
      { learner: placed('s'), held: ['c/1', 'c/2'], individual: ['c'] },
      { released: [left('c/2')], kept: [{ courseId: 'c', by: ['1'], individual: true }] },
    ],
    [
      'an individual enrolment on another course keeps nothing',
      { held: ['c/1'], individual: ['d'] },
      { released: [left('c/1')], unenrolled: [keep('c')] },
    ],
  ])('%s', (_, parts, expected) => {
    const { diffs } = diff(matcher, [stateOf('a', parts)]);
    expect(diffs).toEqual(expected ? [{ learnerId: 'a', ...empty, ...expected }] : []);
  });
});

describe('§7.8 an assignment of a deleted link', () => {
  it.each(['c/gone', 'd/1', 'nowhere/1', 'nowhere/gone', '__proto__/__proto__'] as const)(
    'is one whose (link, course) is not in the catalog: %s',
    (held) => {
      const [change] = diff(matcher, [stateOf('a', { held: [held] })]).diffs;
      expect(change).toMatchObject({ released: [unlinked(held)], unenrolled: [{ cause: 'unlinked' }] });
    },
  );

  it('an assignment is distinguished from a link with the same id on another course', () => {
    const [change] = diff(matcher, [stateOf('a', { learner: placed('s'), held: ['c/1', 'd/1'] })]).diffs;
    expect(change).toMatchObject({ assigned: [], released: [unlinked('d/1')], kept: [] });
  });
});

describe('§7.12 a learner who no longer exists', () => {
  it('a learner who no longer exists has left every segment and keeps their records', () => {
    const state = stateOf('a', { learner: null, held: ['c/1', 'd/3', 'c/gone'], training: ['d/completed'] });
    expect(diff(matcher, [state]).diffs).toEqual([
      {
        ...empty,
        learnerId: 'a',
        released: [left('c/1'), unlinked('c/gone'), left('d/3')],
        unenrolled: [{ courseId: 'c', training: 'keep', cause: 'unlinked' }, keep('d')],
      },
    ]);
  });

  it('a learner who does not exist is in no audience, not even that of everyone or of a negation', () => {
    const links = [link('1', 'all', 'c'), link('2', 'none', 'd')];
    const open = compile(
      catalogOf({ segments: [segment('all', everyone), segment('none', not(inSegment('all')))], links }),
    );
    expect(diff(open, [stateOf('a', { learner: null }), stateOf('b')]).diffs.map(({ learnerId }) => learnerId)).toEqual(
      ['b'],
    );
  });
});

describe('§7.14 diffs', () => {
  it('diffs list courses, then links, by code point, including deleted links', () => {
    const state = stateOf('a', { learner: placed('t'), held: ['d/zz', 'd/00', 'c/1', 'b/9', 'b/10', 'c/11'] });
    const [change] = diff(matcher, [state]).diffs;
    expect(change!.released.map(({ courseId, linkId }) => `${courseId}/${linkId}`)).toEqual([
      'b/10',
      'b/9',
      'c/1',
      'c/11',
      'd/00',
      'd/zz',
    ]);
    expect(change!.assigned).toEqual(['c/2', 'd/3'].map(assignment));
    expect(change!.kept.map(({ courseId }) => courseId)).toEqual(['c', 'd']);
    expect(change!.unenrolled.map(({ courseId }) => courseId)).toEqual(['b']);
  });

  it('diffs are ordered by learner id, by code point', () => {
    const ids = ['\u{10000}', 'b', '', '\uffff', 'B', '__proto__'];
    const states = ids.map((id) => stateOf(id, { learner: placed('s') }));
    const found = diff(matcher, states).diffs.map(({ learnerId }) => learnerId);
    expect(found).toEqual(['', 'B', '__proto__', 'b', '\uffff', '\u{10000}']);
  });

  it('the order of states, assignments and links does not matter', () => {
    const states = [
      stateOf('a', { learner: placed('t'), held: ['c/1', 'd/00', 'b/9'] }),
      stateOf('b', { learner: placed('s') }),
    ];
    const turned = states.toReversed().map((state) => ({ ...state, assignments: state.assignments.toReversed() }));
    const links = matcher.catalog.links.toReversed();
    expect(diff(compile({ ...matcher.catalog, links }), turned)).toEqual(diff(matcher, states));
  });

  it('an assignment that is held twice is listed once', () => {
    const [change] = diff(matcher, [stateOf('a', { held: ['c/1', 'c/1', 'c/gone', 'c/gone'] })]).diffs;
    expect(change!.released).toEqual([left('c/1'), unlinked('c/gone')]);
    expect(diff(matcher, [stateOf('a', { learner: placed('s'), held: ['c/1', 'c/1'] })]).diffs).toEqual([]);
  });

  it('the next diff is empty once diffs are applied', () => {
    const state = stateOf('a', {
      learner: placed('t'),
      held: ['c/1', 'd/00', 'b/9', 'c/1'],
      training: ['b/completed'],
    });
    const { diffs } = diff(matcher, [state]);
    expect(diff(matcher, project([state], diffs)).diffs).toEqual([]);
  });

  it('the diff of no learners is empty', () => {
    expect(diff(matcher, [])).toEqual({ diffs: [], blocked: [] });
  });

  it('diff does not change its input', () => {
    const state = stateOf('a', { learner: placed('t'), held: ['c/1'], individual: ['d'], training: ['c/completed'] });
    const before = structuredClone(state);
    diff(matcher, [state]);
    expect(state).toEqual(before);
  });
});
