import { expect, it } from 'vitest';
import { Fingerprinter, hashOf } from '../../src/engine/limits/fingerprint.js';
import type { LearnerDiff } from '../../src/index.js';

const nothing = { assigned: [], released: [], enrolled: [], unenrolled: [], kept: [] };
const assigned = (learnerId: string, courseId = 'c', linkId = 'l'): LearnerDiff => ({
  ...nothing,
  learnerId,
  assigned: [{ courseId, linkId, segmentId: 's' }],
});

function printOf(subject: readonly unknown[], ...batches: readonly (readonly LearnerDiff[])[]): string {
  const fingerprinter = new Fingerprinter(subject);
  for (const batch of batches) fingerprinter.add(batch);
  return fingerprinter.finish();
}

const [a, b, c] = [assigned('a'), assigned('b'), assigned('c')];

it('a fingerprint is 64 hexadecimal digits, the same in every run', () => {
  expect(hashOf({ a: 'ü🎓' })).toBe('09db2c5129db291b094b29c0f8bc7a11bf35b54ace39b40a12018b649e88c7b1');
  expect(printOf(['apply'], [a])).toMatch(/^[0-9a-f]{64}$/);
});

it('a fingerprint does not depend on the order or the batches of diffs', () => {
  const prints = [printOf(['x'], [a, b, c]), printOf(['x'], [c], [], [b, a]), printOf(['x'], [b], [c], [a])];
  expect(new Set(prints).size).toBe(1);
});

it('a fingerprinter can return a fingerprint and add more diffs afterwards', () => {
  const fingerprinter = new Fingerprinter([]);
  fingerprinter.add([a]);
  expect(fingerprinter.finish()).toBe(printOf([], [a]));
  fingerprinter.add([b]);
  expect(fingerprinter.finish()).toBe(printOf([], [a, b]));
});

it('fingerprints of similar values differ', () => {
  const different = [
    printOf([]),
    printOf(['a']),
    printOf([1]),
    printOf(['1']),
    printOf(['ab', 'c']),
    printOf(['a', 'bc']),
    printOf([['a', 'b'], 'c']),
    printOf(['0']),
    printOf([], [a]),
    printOf([], [a, a]),
    printOf([], [a, b]),
    printOf([], [assigned('a', 'cl', '')]),
    printOf([], [assigned('a', '', 'cl')]),
    printOf([], [assigned('\ud800')]),
    printOf([], [assigned('\udc00')]),
    printOf([], [assigned('\ufffd')]),
  ];
  expect(new Set(different).size).toBe(different.length);
});
