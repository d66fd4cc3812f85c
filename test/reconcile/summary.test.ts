import { describe, expect, it } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import type { Blocked, LearnerDiff } from '../../src/model/diff.js';
import { Tally } from '../../src/reconcile/summary.js';

const diff: LearnerDiff = {
  learnerId: 'a',
  assigned: [
    { courseId: 'c', linkId: '1', segmentId: 's' },
    { courseId: 'd', linkId: '2', segmentId: 's' },
    { courseId: 'e', linkId: '3', segmentId: 's' },
  ],
  released: [
    { courseId: 'f', linkId: '4', cause: 'unlinked', segmentId: 's' },
    { courseId: 'g', linkId: '5', cause: 'left-segment', segmentId: 's' },
  ],
  enrolled: [
    { courseId: 'd', training: 'start' },
    { courseId: 'c', training: 'resume' },
  ],
  unenrolled: [{ courseId: 'f', training: 'archive', cause: 'unlinked' }],
  kept: [{ courseId: 'g', by: ['6'], individual: false }],
};
const blocked = (kind: Blocked['kind'], id: string): Blocked =>
  ({ kind, [kind.endsWith('-link') ? 'linkId' : 'learnerId']: id, reason: `${kind} ${id}` }) as Blocked;
const zero = { enrolled: 0, resumed: 0, unenrolled: 0, archived: 0 };

describe('a summary', () => {
  it('an empty summary counts nothing', () => {
    expect(new Tally().summary()).toEqual({
      ...zero,
      learners: 0,
      assigned: 0,
      released: 0,
      kept: 0,
      courses: [],
      blocked: [],
      blockedTotal: 0,
    });
  });

  it('a summary counts by course, in order, over all batches', () => {
    const tally = new Tally();
    tally.add([diff, { ...diff, learnerId: 'b', enrolled: [], kept: [] }]);
    tally.add([{ ...diff, learnerId: 'c', unenrolled: [{ courseId: 'c', training: 'keep', cause: 'left-segment' }] }]);
    tally.add([]);
    expect(tally.summary()).toEqual({
      learners: 3,
      assigned: 9,
      released: 6,
      enrolled: 4,
      resumed: 2,
      unenrolled: 3,
      archived: 2,
      kept: 2,
      courses: [
        { ...zero, courseId: 'c', enrolled: 2, resumed: 2, unenrolled: 1 },
        { ...zero, courseId: 'd', enrolled: 2 },
        { ...zero, courseId: 'f', unenrolled: 2, archived: 2 },
      ],
      blocked: [],
      blockedTotal: 0,
    });
  });

  it('a summary can be read in between and does not change afterwards', () => {
    const tally = new Tally();
    tally.add([diff]);
    tally.block([blocked('invalid-learner', 'a')]);
    const first = tally.summary();
    const copy = structuredClone(first);
    tally.add([diff]);
    tally.block([blocked('invalid-learner', 'b')]);
    expect(first).toEqual(copy);
    expect(tally.summary()).toMatchObject({ learners: 2, blockedTotal: 2 });
  });
});

describe('§6 blocked links and learners', () => {
  it('a summary lists links before learners, each by id, and a link once', () => {
    const tally = new Tally();
    const links = [blocked('inert-link', 'z'), blocked('broken-link', 'z'), blocked('broken-link', 'b')];
    tally.block([...links, blocked('invalid-learner', 'y'), blocked('inactive-learner', 'x')]);
    tally.block([...links, blocked('invalid-learner', 'a')]);
    expect(tally.summary().blocked).toEqual([
      blocked('broken-link', 'b'),
      blocked('broken-link', 'z'),
      blocked('inert-link', 'z'),
      blocked('invalid-learner', 'a'),
      blocked('inactive-learner', 'x'),
      blocked('invalid-learner', 'y'),
    ]);
    expect(tally.summary().blockedTotal).toBe(6);
  });

  it.each([1, 7, 150, 1_000])(
    'a summary shows the first 100 blocked items and counts all, in batches of %i',
    (size) => {
      const tally = new Tally();
      const learners = Array.from({ length: 1_000 }, (_, i) =>
        blocked('invalid-learner', `${999 - i}`.padStart(4, '0')),
      );
      for (let from = 0; from < learners.length; from += size) tally.block(learners.slice(from, from + size));
      tally.block([blocked('inert-link', 'zz')]);
      const { blocked: shown, blockedTotal } = tally.summary();
      expect(blockedTotal).toBe(1_001);
      expect(shown).toHaveLength(100);
      expect(shown[0]).toEqual(blocked('inert-link', 'zz'));
      expect(shown.slice(1).map((one) => Number(blockedId(one)))).toEqual([...Array(99).keys()]);
    },
  );

  it('a summary shows 100 blocked items, and only links if there are more', () => {
    const tally = new Tally();
    tally.block(Array.from({ length: 100 }, (_, i) => blocked('inactive-learner', `${i}`)));
    expect(tally.summary().blocked).toHaveLength(100);
    tally.block(Array.from({ length: 120 }, (_, i) => blocked('broken-link', `${i}`)));
    const { blocked: shown, blockedTotal } = tally.summary();
    expect(new Set(shown.map(({ kind }) => kind))).toEqual(new Set(['broken-link']));
    expect(blockedTotal).toBe(220);
  });
});
