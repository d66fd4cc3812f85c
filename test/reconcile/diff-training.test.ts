import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import { diff } from '../../src/reconcile/diff.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { type Parts, placed, stateOf } from './state-of.js';

const matcher = compile(
  catalogOf({
    segments: [segment('s'), segment('t')],
    links: [link('1', 's', 'c'), link('2', 't', 'c'), link('3', 't', 'd')],
  }),
);

/** The enrolments of a learner's diff, one line each. */
function enrolments(parts: Parts): string[] {
  const [change] = diff(matcher, [stateOf('a', parts)]).diffs;
  return [
    ...(change?.enrolled ?? []).map(({ courseId, training }) => `${courseId} starts: ${training}`),
    ...(change?.unenrolled ?? []).map(({ courseId, training, cause }) => `${courseId} ends, ${cause}: ${training}`),
  ];
}

describe('§4 training records', () => {
  it.each<[string, Parts, string[]]>([
    ['no record starts one', { learner: placed('s') }, ['c starts: start']],
    ['a record of another course is none', { learner: placed('s'), training: ['d/completed'] }, ['c starts: start']],
    ['one in progress resumes', { learner: placed('s'), training: ['c/in-progress'] }, ['c starts: resume']],
    [
      'a completed one resumes',
      { learner: placed('s'), training: ['d/in-progress', 'c/completed'] },
      ['c starts: resume'],
    ],
    ['leaving keeps one in progress', { held: ['c/1'], training: ['c/in-progress'] }, ['c ends, left-segment: keep']],
    ['leaving keeps a completed one', { held: ['c/1'], training: ['c/completed'] }, ['c ends, left-segment: keep']],
    ['leaving keeps none', { held: ['c/1'] }, ['c ends, left-segment: keep']],
    [
      'unlinking archives a completed one',
      { held: ['c/gone'], training: ['c/completed'] },
      ['c ends, unlinked: archive'],
    ],
    ['unlinking keeps one in progress', { held: ['c/gone'], training: ['c/in-progress'] }, ['c ends, unlinked: keep']],
    ['unlinking keeps none', { held: ['c/gone'] }, ['c ends, unlinked: keep']],
    [
      'unlinking considers only the record of its course',
      { held: ['c/gone'], training: ['d/completed'] },
      ['c ends, unlinked: keep'],
    ],
    [
      'unlinked wins over leaving',
      { held: ['c/1', 'c/gone'], training: ['c/completed'] },
      ['c ends, unlinked: archive'],
    ],
    [
      'unlinked wins over leaving, whatever comes first',
      { held: ['c/0', 'c/1', 'c/2'], training: ['c/completed'] },
      ['c ends, unlinked: archive'],
    ],
    [
      'unlinked wins for its course alone',
      { held: ['c/gone', 'd/3'], training: ['c/completed', 'd/completed'] },
      ['c ends, unlinked: archive', 'd ends, left-segment: keep'],
    ],
    [
      'another link keeps the enrolment',
      { learner: placed('s'), held: ['c/1', 'c/gone'], training: ['c/completed'] },
      [],
    ],
    ['an individual one keeps it', { held: ['c/gone'], individual: ['c'], training: ['c/completed'] }, []],
    ['a new link in its place keeps it', { learner: placed('s'), held: ['c/gone'], training: ['c/completed'] }, []],
    [
      'the host’s learner is gone and so is the link',
      { learner: null, held: ['c/gone'], training: ['c/completed'] },
      ['c ends, unlinked: archive'],
    ],
    [
      'the host’s learner is gone',
      { learner: null, held: ['c/1'], training: ['c/completed'] },
      ['c ends, left-segment: keep'],
    ],
    ['§7.8 who left before the link went keeps the record', { training: ['c/completed'] }, []],
  ])('%s', (_, parts, expected) => {
    expect(enrolments(parts)).toEqual(expected);
  });
});
