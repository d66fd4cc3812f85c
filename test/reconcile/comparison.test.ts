import { describe, expect, it, vi } from 'vitest';
import type { LearnerState } from '../../src/model/learner.js';
import { diff } from '../../src/reconcile/diff.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { compiled } from '../catalog/compiled.js';
import { assignment, placed, stateOf } from './state-of.js';

const catalog = catalogOf({
  segments: [segment('s'), segment('t')],
  links: [link('1', 's', 'c'), link('2', 's', 'd'), link('3', 's', 'e'), link('4', 's', 'f'), link('5', 't', 'c')],
});

describe('a comparison of held and wanted links', () => {
  const matcher = compiled(catalog);
  const resultOf = (state: LearnerState) =>
    diff(matcher, [state]).diffs.map(({ assigned, released }) => [
      assigned.map(({ courseId, linkId }) => `${courseId}/${linkId}`),
      released.map(({ courseId, linkId, cause }) => `${courseId}/${linkId} ${cause}`),
    ]);

  it('a row differs if the same number of other links is held', () => {
    expect(resultOf(stateOf('a', { learner: placed('t'), held: ['c/1'] }))).toEqual([[['c/5'], ['c/1 left-segment']]]);
    const three = stateOf('a', { learner: placed('s', 't'), held: ['c/1', 'c/5', 'd/2', 'e/3', 'f/orphaned'] });
    expect(resultOf(three)).toEqual([[['f/4'], ['f/orphaned unlinked']]]);
  });

  it('a link that is held twice counts once, in any order', () => {
    const twice = stateOf('a', { held: ['e/3', 'd/2', 'e/3', 'd/2', 'c/1', 'e/3'] });
    expect(resultOf(twice)).toEqual([[[], ['c/1', 'd/2', 'e/3'].map((text) => `${text} left-segment`)]]);
  });

  it('unlinked assignments are listed for each learner', () => {
    const one = stateOf('a', { held: ['c/1', 'c/0', 'd/2', 'd/9', 'd/1'] });
    const expected = ['c/0 unlinked', 'c/1 left-segment', 'd/1 unlinked', 'd/2 left-segment', 'd/9 unlinked'];
    expect(resultOf(one)).toEqual([[[], expected]]);
    const many = ['a', 'b', 'c'].map((id) => ({ ...one, learnerId: id }));
    for (const { released } of diff(matcher, many).diffs) {
      expect(released.map(({ courseId, linkId, cause }) => `${courseId}/${linkId} ${cause}`)).toEqual(expected);
    }
  });
});

describe('the cost of a comparison', () => {
  const all = ['c/1', 'd/2', 'e/3', 'f/4'] as const;
  /** How many links are looked up, and whether what is held is written down, for a learner of `s` after another of it. */
  const cost = (held: readonly `${string}/${string}`[]) => {
    const matcher = compiled(catalog);
    const states = [stateOf('a', { learner: placed('s'), held: all }), stateOf('b', { learner: placed('s'), held })];
    const lookedUp = vi.spyOn(matcher.linkIndex as Map<string, number>, 'get');
    const written = vi.spyOn(matcher.workspace.held, 'take');
    const { diffs } = diff(matcher, states);
    return { lookedUp: lookedUp.mock.calls.length, written: written.mock.calls.length, changed: diffs.length };
  };

  it('a row without differences needs no look-up and no list', () => {
    expect(cost(all)).toEqual({ lookedUp: 0, written: 0, changed: 0 });
  });

  it('a row that lacks links at the end needs no look-up', () => {
    expect(cost(['c/1', 'd/2'])).toEqual({ lookedUp: 0, written: 1, changed: 1 });
  });

  it('a gap costs one look-up', () => {
    expect(cost(['c/1', 'e/3', 'f/4'])).toEqual({ lookedUp: 1, written: 1, changed: 1 });
    expect(cost(['d/2', 'e/3', 'f/4'])).toEqual({ lookedUp: 1, written: 1, changed: 1 });
    expect(cost(['c/1', 'f/4'])).toEqual({ lookedUp: 1, written: 1, changed: 1 });
  });

  it('every surplus link costs one look-up', () => {
    expect(cost(['c/1', 'c/5', 'd/2', 'e/3', 'f/4'])).toEqual({ lookedUp: 1, written: 1, changed: 1 });
    expect(cost([...all, 'f/orphaned'])).toEqual({ lookedUp: 1, written: 1, changed: 1 });
  });

  it('a learner who holds nothing needs no list, and nothing is merged without frozen links', () => {
    const matcher = compiled(catalog);
    const written = vi.spyOn(matcher.workspace.held, 'take');
    const merged = vi.spyOn(matcher.workspace.settled, 'take');
    const { diffs } = diff(matcher, [stateOf('a', { learner: placed('s') })]);
    expect(diffs).toHaveLength(1);
    expect(written).not.toHaveBeenCalled();
    expect(merged).not.toHaveBeenCalled();
  });

  it('the first link of all is found again without a look-up', () => {
    const matcher = compiled(catalog);
    const lookedUp = vi.spyOn(matcher.linkIndex as Map<string, number>, 'get');
    diff(matcher, [stateOf('a', { learner: placed('s'), held: ['c/1'] })]);
    expect(lookedUp).not.toHaveBeenCalled();
    expect(matcher.pairs[0]).toEqual(assignment('c/1'));
  });
});
