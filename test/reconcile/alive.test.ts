import { expect, it } from 'vitest';
import { Chunk } from '../../src/reconcile/chunk.js';
import { Comparison } from '../../src/reconcile/comparison.js';
import { diff } from '../../src/reconcile/diff.js';
import { DiffBuilder } from '../../src/reconcile/diff-builder.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { compiled } from '../catalog/compiled.js';
import { placed, stateOf } from './state-of.js';

it('the workspace keeps one instance of each hidden class from the first diff on', () => {
  const matcher = compiled(catalogOf({ segments: [segment('s')], links: [link('1', 's', 'c')] }));
  diff(matcher, [stateOf('a', { learner: placed('s') })]);
  const alive = matcher.workspace.alive!;
  const [comparison, builder, chunk, empty] = alive;
  expect(alive).toHaveLength(4);
  expect(comparison).toBeInstanceOf(Comparison);
  expect(builder).toBeInstanceOf(DiffBuilder);
  expect(chunk).toBeInstanceOf(Chunk);
  expect((chunk as Chunk).states).toEqual([]);
  expect(empty).toEqual({ learnerId: '', assigned: [], released: [], enrolled: [], unenrolled: [], kept: [] });
  diff(matcher, [stateOf('b', { learner: placed('s') })]);
  expect(matcher.workspace.alive).toBe(alive);
});
