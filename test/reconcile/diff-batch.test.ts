import { describe, expect, it } from 'vitest';
import { compareBlocked } from '../../src/catalog/blocked.js';
import { compile } from '../../src/catalog/compile.js';
import { compareIds } from '../../src/collections/order.js';
import type { LearnerState } from '../../src/model/learner.js';
import { diff } from '../../src/reconcile/diff.js';
import { project } from '../../src/reconcile/project.js';
import { all, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { stateOf } from './state-of.js';

const matcher = compile(
  catalogOf({
    segments: [
      segment('s', field('n').lt(1_500)),
      segment('t', all(not(inSegment('s')), field('even').equals(true))),
      segment('hand'),
    ],
    links: [
      link('1', 's', 'c'),
      link('2', 't', 'd'),
      link('3', 'hand', 'c'),
      link('4', 's', 'e', field('n').gte(1_000)),
    ],
  }),
);

/** Learners of every kind, more than one batch, not in the order of their ids. */
const states = Array.from({ length: 2_500 }, (_, i): LearnerState => {
  const learner = {
    profile: { n: i, even: i % 2 === 0, ...(i % 97 === 0 && { n: {} as number }) },
    segments: i % 5 === 0 ? ['hand'] : [],
    active: i % 13 !== 0,
  };
  const held = [`c/${i % 4}`, ...(i % 3 ? [] : ['d/2']), ...(i % 11 ? [] : [`z/gone-${i % 40}`, 'c/gone'])];
  return stateOf(`${(i * 7) % 2_500}`, {
    learner: i % 31 === 0 ? null : learner,
    held: held as `${string}/${string}`[],
    individual: i % 17 ? [] : ['c'],
    training: i % 2 ? ['c/completed', 'z/completed'] : [],
  });
});

describe('more learners than one batch', () => {
  const together = diff(matcher, states);

  it('learners in several batches have the same diffs as alone', () => {
    const alone = states.map((state) => diff(matcher, [state]));
    const diffs = alone.flatMap((one) => one.diffs).sort((a, b) => compareIds(a.learnerId, b.learnerId));
    expect(together.diffs).toEqual(diffs);
    expect(together.blocked).toEqual(alone.flatMap(({ blocked }) => blocked).sort(compareBlocked));
    expect(diffs.length).toBeGreaterThan(1_500);
    expect(together.blocked.length).toBeGreaterThan(150);
  });

  it('the order of learners does not matter', () => {
    expect(diff(matcher, states.toReversed())).toEqual(together);
  });

  it('learners in several batches have the same diffs as alone on some courses', () => {
    const scope = { courses: ['z', 'c'] };
    const alone = states.flatMap((state) => diff(matcher, [state], scope).diffs);
    expect(diff(matcher, states, scope).diffs).toEqual(alone.sort((a, b) => compareIds(a.learnerId, b.learnerId)));
  });

  it('§7.14 the next diff of many learners is empty', () => {
    expect(diff(matcher, project(states, together.diffs)).diffs).toEqual([]);
  });
});

describe('the last learner of a batch', () => {
  it.each([31, 32, 33, 63, 64, 65, 1_023, 1_024, 1_025, 2_048, 2_049])(
    'the last of %i learners is evaluated',
    (length) => {
      const people = Array.from({ length }, (_, i) => stateOf(`${i}`.padStart(4, '0'), { held: ['z/gone'] }));
      expect(diff(matcher, people).diffs.map(({ learnerId }) => learnerId)).toEqual(
        people.map(({ learnerId }) => learnerId),
      );
    },
  );
});

describe('many deleted links', () => {
  it('assignments of different deleted links are distinguished, also in a catalog without links', () => {
    const held = Array.from({ length: 100 }, (_, i) => `c${i % 7}/${i % 50}` as const);
    const people = Array.from({ length: 40 }, (_, i) => stateOf(`${i}`, { held: held.slice(i, i + 3) }));
    for (const of of [matcher, compile(catalogOf({}))]) {
      for (const change of diff(of, people).diffs) {
        const state = people.find(({ learnerId }) => learnerId === change.learnerId)!;
        const released = change.released.map(({ courseId, linkId }) => `${courseId}/${linkId}`);
        expect(released.sort()).toEqual(
          state.assignments.map(({ courseId, linkId }) => `${courseId}/${linkId}`).sort(),
        );
      }
      expect(diff(of, people).diffs).toHaveLength(40);
    }
  });
});
