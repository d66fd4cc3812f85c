import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Edit } from '../../src/index.js';
import { courseIds, rules, segmentIds } from '../model/arbitraries.js';
import { holds } from '../model/oracle.js';
import { lines, Play } from '../model/play.js';
import { SEGMENTS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { calmSteps, histories, noticed } from '../model/steps.js';

const narrowed = fc.option(rules(SEGMENTS), { nil: undefined });

it('retroactive both ways: a new link enrols all existing learners of the segment; removing it releases exactly those', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(calmSteps, {}, 4),
      segmentIds,
      courseIds,
      narrowed,
      async ({ start, steps }, segmentId, courseId, profile) => {
        const play = await Play.begin(start, { steps: steps.flatMap(noticed) });
        const link = { id: 'new', segmentId, courseId, ...(profile && { profile }) };
        const before = lines(await play.holdings());
        const linked = await play.take({ do: 'apply', edits: [{ type: 'link', link }] });
        if (linked.refused) return;
        const { facts, learners } = play.world;
        const inside = [...learners.values()].filter(
          (who) => holds(facts, { segment: segmentId }, who) && holds(facts, profile ?? { everyone: true }, who),
        );
        const theirs = inside.map(({ id }) => JSON.stringify([id, courseId, 'new']));
        expect(lines(linked.after)).toEqual([...before, ...theirs].sort());
        await play.takeAll([{ do: 'apply', edits: [{ type: 'unlink', linkId: 'new' }] }]);
        expect(lines(await play.holdings())).toEqual(before);
      },
    ),
    runs(50),
  );
});

it('retroactive both ways: a learner placed in a segment is enrolled on all its courses, and unenrolled when removed', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(calmSteps, {}, 3),
      fc.uniqueArray(courseIds, { minLength: 1 }),
      async ({ start, steps }, courses) => {
        const newcomer = { id: 'newcomer', profile: {} };
        const edits: Edit[] = [{ type: 'saveSegment', segment: { id: 'team', title: 'Team', rule: null } }];
        for (const courseId of courses)
          edits.push({ type: 'link', link: { id: `team on ${courseId}`, segmentId: 'team', courseId } });
        const play = await Play.begin(start, {
          steps: [...steps.flatMap(noticed), { do: 'apply', edits }, ...noticed({ do: 'save', learners: [newcomer] })],
        });
        const before = await play.host.state('newcomer');
        await play.takeAll(noticed({ do: 'save', learners: [{ ...newcomer, segments: ['team'] }] }));
        const during = await play.host.state('newcomer');
        const gained = during.assignments.filter(({ linkId }) => linkId.startsWith('team on '));
        expect(gained.map(({ courseId }) => courseId).sort()).toEqual([...courses].sort());
        await play.takeAll(noticed({ do: 'save', learners: [newcomer] }));
        expect((await play.host.state('newcomer')).assignments).toEqual(before.assignments);
      },
    ),
    runs(30),
  );
});
