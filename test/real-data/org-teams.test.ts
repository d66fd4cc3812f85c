import { describe, expect, test } from 'vitest';
import { type Changes, counted, NOTHING, standing } from '../../examples/demo/facts.js';
import { commitsOf, readHistory } from '../../examples/demo/history.js';
import { replay } from '../../examples/demo/replay.js';
import { createSmartEnrolments, type LearnerDiff, type Summary } from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { differing } from './differing.js';
import { Granted } from './granted.js';

const history = readHistory();
const STANDING = { enrolments: 4127, heldTwice: 366, memberships: 987, links: 369 };

describe.each([
  {
    pace: 'one event at a time',
    steps: history.map((event) => [event]),
    count: 4735,
    changes: { started: 6079, startedAgain: 866, endedByUnlink: 1279, endedByLeaving: 673 },
    ended: 1952,
  },
  {
    pace: 'one commit at a time',
    steps: commitsOf(history),
    count: 1337,
    changes: { started: 5235, startedAgain: 48, endedByUnlink: 443, endedByLeaving: 665 },
    ended: 1108,
  },
])('eight years of teams and repositories, $pace', ({ steps, count, changes, ended }) => {
  test('each step starts and ends the enrolments that the history requires', async () => {
    const repositories = createMemoryRepositories();
    const enrolments = createSmartEnrolments(repositories);
    const changesByStep: Changes[] = [];
    const summaries: Summary[] = [];
    for await (const done of replay(steps, enrolments, repositories.host)) {
      changesByStep.push(counted(NOTHING, done.diffs));
      summaries.push(...done.summaries);
    }
    expect(changesByStep).toHaveLength(count);

    const granted = new Granted();
    expect(changesByStep).toEqual(steps.map((events) => granted.step(events)));
    expect(sum(changesByStep)).toEqual(changes);

    const total = (of: (summary: Summary) => number): number => summaries.reduce((all, one) => all + of(one), 0);
    expect(total(({ enrolled }) => enrolled)).toBe(changes.started);
    expect(total(({ resumed }) => resumed)).toBe(changes.startedAgain);
    expect(total(({ unenrolled }) => unenrolled)).toBe(ended);
    expect(total(({ archived, blockedTotal }) => archived + blockedTotal)).toBe(0);
    expect(total(({ assigned, released }) => assigned - released)).toBe(granted.standing().length);

    const catalog = await repositories.catalog.load();
    const assignments = await repositories.host.assignments();
    const learners = await repositories.learners.page({ limit: 1000 });
    expect(standing(assignments, learners, catalog)).toEqual(STANDING);
    const teamOf = new Map(catalog.links.map(({ id, segmentId }) => [id, segmentId]));
    const held = assignments.map(({ learnerId, courseId, linkId }) => `${learnerId} ${courseId} ${teamOf.get(linkId)}`);
    expect(held).toHaveLength(granted.standing().length);
    expect(differing(held, granted.standing())).toEqual([]);
    expect(catalog.unsettled).toEqual([]);

    const diffs: LearnerDiff[] = [];
    const { summary } = await enrolments.reconcile({ onDiff: (batch) => void diffs.push(...batch) });
    expect(diffs).toEqual([]);
    expect(summary).toMatchObject({ learners: 0, assigned: 0, released: 0, enrolled: 0, unenrolled: 0, kept: 0 });
  });
});

function sum(changes: readonly Changes[]): Changes {
  return changes.reduce((all, one) => ({
    started: all.started + one.started,
    startedAgain: all.startedAgain + one.startedAgain,
    endedByUnlink: all.endedByUnlink + one.endedByUnlink,
    endedByLeaving: all.endedByLeaving + one.endedByLeaving,
  }));
}
