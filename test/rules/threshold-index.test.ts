import { expect, it } from 'vitest';
import { ThresholdIndex } from '../../src/rules/threshold-index.js';

/** Everything that a value marks once the steps have carried its mark on. */
function marked(index: ThresholdIndex, value: number): number[] {
  const slots = new Set([index.nearest(value)].filter((slot) => slot !== undefined));
  for (const { inputs, out } of index.steps()) if (inputs.some((slot) => slots.has(slot))) slots.add(out);
  return [...slots].sort((a, b) => a - b);
}

it('a threshold index returns the thresholds that a value is below', () => {
  const below = new ThresholdIndex('below');
  for (const [slot, [threshold, inclusive]] of (
    [
      [5, true],
      [1, false],
      [5, false],
      [-3, true],
    ] as const
  ).entries())
    below.add(threshold, inclusive, slot);
  expect([-4, -3, 0, 1, 4, 5, 6].map((value) => marked(below, value))).toEqual([
    [0, 1, 2, 3],
    [0, 1, 2, 3],
    [0, 1, 2],
    [0, 2],
    [0, 2],
    [0],
    [],
  ]);
});

it('a threshold index returns the thresholds that a value is above, in whatever order they were added', () => {
  const above = new ThresholdIndex('above');
  above.add(5, false, 0);
  expect(marked(above, 5)).toEqual([]);
  above.add(0, true, 1);
  above.add(5, true, 2);
  expect([-1, 0, 5, 6].map((value) => marked(above, value))).toEqual([[], [1], [1, 2], [0, 1, 2]]);
  expect(above.nearest(5)).toBe(2);
});

it('a threshold index without thresholds returns none', () => {
  expect(new ThresholdIndex('below').nearest(1)).toBeUndefined();
  expect(new ThresholdIndex('above').steps()).toEqual([]);
});
