import { describe, expect, it } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import { compile } from '../../src/catalog/compile.js';
import { diff } from '../../src/reconcile/diff.js';
import { all, any, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from '../catalog/catalog-of.js';
import { placed, stateOf } from './state-of.js';

const matcher = compile(
  catalogOf({
    courses: ['a', 'b', 'c', 'd'].map((id) => course(id)),
    segments: [
      segment('s', field('x').equals(1)),
      segment('t', not(inSegment('s'))),
      segment('u', any(all(inSegment('t'), field('y').blank()), field('x').equals(2))),
    ],
    links: [
      link('1', 's', 'a'),
      link('2', 't', 'b'),
      link('3', 'u', 'c'),
      link('4', 's', 'c'),
      link('5', 's', 'd', all()),
      link('6', 's', 'gone'),
    ],
  }),
);
const state = stateOf('p', {
  learner: { profile: { y: 1 } },
  held: ['a/1', 'c/3', 'c/x', 'z/y', 'd/5'],
  training: ['c/completed'],
});
const changes = (courses?: string[]) => {
  const { diffs } = diff(matcher, [state], courses && { courses });
  return diffs.flatMap(({ assigned, released }) => [
    ...assigned.map(({ courseId, linkId }) => `+${courseId}/${linkId}`),
    ...released.map(({ courseId, linkId }) => `-${courseId}/${linkId}`),
  ]);
};
const blocked = (courses?: string[]) => diff(matcher, [], courses && { courses }).blocked.map(blockedId);

describe('a diff of some courses', () => {
  it.each<[string[] | undefined, string[], string[]]>([
    [undefined, ['+b/2', '-a/1', '-c/3', '-c/x', '-z/y'], ['5', '6']],
    [[], [], []],
    [['a'], ['-a/1'], []],
    [['b'], ['+b/2'], []],
    [['c'], ['-c/3', '-c/x'], []],
    [['c', 'b', 'c'], ['+b/2', '-c/3', '-c/x'], []],
    [['d'], [], ['5']],
    [['gone'], [], ['6']],
    [['z'], ['-z/y'], []],
    [['nowhere'], [], []],
    [
      ['gone', 'd', 'z', 'c', 'b', 'a'],
      ['+b/2', '-a/1', '-c/3', '-c/x', '-z/y'],
      ['5', '6'],
    ],
  ])('a diff of the courses %j changes %j and lists %j', (courses, expected, listed) => {
    expect(changes(courses)).toEqual(expected);
    expect(blocked(courses)).toEqual(listed);
  });

  it('a diff of some courses settles each of them completely', () => {
    const [change] = diff(matcher, [state], { courses: ['c'] }).diffs;
    expect(change!.unenrolled).toEqual([{ courseId: 'c', training: 'archive', cause: 'unlinked' }]);
  });

  it('§6 a diff of some courses reports an inactive learner only if a change in scope is withheld, and an invalid one always', () => {
    const inactive = stateOf('p', { learner: { ...placed(), active: false }, held: ['z/y', 'b/2', 'c/3'] });
    const invalid = stateOf('q', { learner: { profile: { x: Number.NaN } } });
    const blockedIn = (courses: string[]) => diff(matcher, [inactive, invalid], { courses }).blocked.map(blockedId);
    expect(blockedIn(['z'])).toEqual(['p', 'q']);
    expect(blockedIn(['b', 'c'])).toEqual(['q']);
    expect(blockedIn([])).toEqual(['q']);
  });
});
