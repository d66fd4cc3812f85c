import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import type { Learner } from '../../src/model/learner.js';
import { diff } from '../../src/reconcile/diff.js';
import { explain } from '../../src/reconcile/explain/explain.js';
import { field } from '../../src/rules/build.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { stateOf } from './state-of.js';

const lazy = () => {
  throw new Error('not loaded');
};
const matcher = compile(
  catalogOf({ segments: [segment('s', field('site').equals('x'))], links: [link('1', 's', 'c')] }),
);
const there = stateOf('b', { learner: { profile: { site: 'x' } } });

describe('§6 a row that throws when it is read is a malformed learner', () => {
  it.each<[string, Learner]>([
    ['profile', Object.defineProperty({ id: 'a', profile: {} }, 'profile', { get: lazy })],
    ['field', { id: 'a', profile: Object.defineProperty({}, 'site', { get: lazy, enumerable: true }) }],
    ['segments', Object.defineProperty({ id: 'a', profile: {} }, 'segments', { get: lazy })],
    ['active', Object.defineProperty({ id: 'a', profile: { site: 'x' } }, 'active', { get: lazy })],
  ])('a learner whose %s throws is malformed, and other learners are evaluated', (_, learner) => {
    const state = { ...stateOf('a', { held: ['c/1'] }), learner };
    const { diffs, blocked } = diff(matcher, [state, there]);
    expect(diffs.map(({ learnerId }) => learnerId)).toEqual(['b']);
    expect(blocked).toEqual([{ kind: 'invalid-learner', learnerId: 'a', reason: 'Reading the row throws an error.' }]);
    expect(explain(matcher, state, 'c')).toMatchObject({ enrolled: true, misses: [] });
  });
});
