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
    ['without a record, an enrolment starts one', { learner: placed('s') }, ['c starts: start']],
    [
      'a record of another course does not count',
      { learner: placed('s'), training: ['d/completed'] },
      ['c starts: start'],
    ],
    ['a record in progress is resumed', { learner: placed('s'), training: ['c/in-progress'] }, ['c starts: resume']],
    [
      'a completed record is resumed',
      { learner: placed('s'), training: ['d/in-progress', 'c/completed'] },
      ['c starts: resume'],
    ],
    [
      'leaving keeps a record in progress',
      { held: ['c/1'], training: ['c/in-progress'] },
      ['c ends, left-segment: keep'],
    ],
    ['leaving keeps a completed record', { held: ['c/1'], training: ['c/completed'] }, ['c ends, left-segment: keep']],
    ['leaving without a record keeps', { held: ['c/1'] }, ['c ends, left-segment: keep']],
    [
      'unlinking archives a completed record',
      { held: ['c/gone'], training: ['c/completed'] },
      ['c ends, unlinked: archive'],
    ],
    [
      'unlinking keeps a record in progress',
      { held: ['c/gone'], training: ['c/in-progress'] },
      ['c ends, unlinked: keep'],
    ],
    ['unlinking without a record keeps', { held: ['c/gone'] }, ['c ends, unlinked: keep']],
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
      'unlinked wins over leaving, in any order',
      { held: ['c/0', 'c/1', 'c/2'], training: ['c/completed'] },
      ['c ends, unlinked: archive'],
    ],
    [
      'unlinked wins only for its own course',
      { held: ['c/gone', 'd/3'], training: ['c/completed', 'd/completed'] },
      ['c ends, unlinked: archive', 'd ends, left-segment: keep'],
    ],
    [
      'another link keeps the enrolment',
      { learner: placed('s'), held: ['c/1', 'c/gone'], training: ['c/completed'] },
      [],
    ],
    [
      'an individual enrolment keeps the enrolment',
      { held: ['c/gone'], individual: ['c'], training: ['c/completed'] },
      [],
    ],
    ['a replacing link keeps the enrolment', { learner: placed('s'), held: ['c/gone'], training: ['c/completed'] }, []],
    [
      'a learner and the link no longer exist',
      { learner: null, held: ['c/gone'], training: ['c/completed'] },
      ['c ends, unlinked: archive'],
    ],
    [
      'a learner no longer exists',
      { learner: null, held: ['c/1'], training: ['c/completed'] },
      ['c ends, left-segment: keep'],
    ],
    ['§7.8 a learner who left before the link was deleted keeps the record', { training: ['c/completed'] }, []],
  ])('%s', (_, parts, expected) => {
    expect(enrolments(parts)).toEqual(expected);
  });
});
