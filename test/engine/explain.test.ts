import { describe, expect, it } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import { field } from '../../src/index.js';
import { at, link, numbered, placed, rejection, segment, type World, worldOf } from './world.js';

const senior = field('grade').gte(3);
const standing = [segment('Bristol'), placed('team'), link('Bristol', 'c1'), link('team', 'c1', senior)];

const fresh = (): Promise<World> =>
  worldOf(
    [...at('Bristol', ...numbered(3)), { id: 'both', profile: { site: 'Bristol', grade: 4 }, segments: ['team'] }],
    standing,
  );

describe('explain', () => {
  it('explain lists the links that hold a learner and forbids to unenrol them, with both remedies for each link', async () => {
    const world = await fresh();
    const explanation = await world.engine.explain('both', 'c1');
    expect(explanation).toMatchObject({
      learnerId: 'both',
      courseId: 'c1',
      enrolled: true,
      individual: false,
      misses: [],
    });
    expect(explanation.holds.map(({ linkId, segment, trace }) => [linkId, segment?.title, trace?.holds])).toEqual([
      ['Bristol-c1', 'Bristol', true],
      ['team-c1', 'team', true],
    ]);
    expect(explanation.unenrol).toEqual({
      allowed: false,
      remedies: [
        { type: 'leave-segment', segmentId: 'Bristol' },
        { type: 'leave-segment', segmentId: 'team' },
        { type: 'unlink', linkId: 'Bristol-c1' },
        { type: 'unlink', linkId: 'team-c1' },
      ],
    });
    expect(explanation.text).toMatch(/Bristol/);
  });

  it('explain returns the smallest failing parts of the links that do not hold', async () => {
    const world = await fresh();
    await world.host.saveLearners([{ id: 'l00', profile: { site: 'Bristol', grade: 2 }, segments: ['team'] }]);
    const { misses } = await world.engine.explain('l00', 'c1');
    expect(misses).toMatchObject([{ link: { id: 'team-c1' }, segment: { id: 'team' }, trace: { holds: false } }]);
    expect(misses[0]!.failing).toEqual([{ ...senior, holds: false, blank: false }]);
  });

  it('explain allows to unenrol only learners with nothing but an individual enrolment', async () => {
    const world = await fresh();
    for (const id of ['l00', 'outsider']) await world.host.enrolIndividually(id, 'c1');
    expect((await world.engine.explain('l00', 'c1')).unenrol).toMatchObject({ allowed: false });
    const explanation = await world.engine.explain('outsider', 'c1');
    expect(explanation).toMatchObject({ enrolled: true, individual: true, holds: [] });
    expect(explanation.unenrol).toEqual({ allowed: true, remedies: [{ type: 'individual' }] });
  });

  it('explain uses the current facts, settled or not', async () => {
    const world = await fresh();
    await world.host.saveLearners(at('York', 'l00'));
    const [hold] = (await world.engine.explain('l00', 'c1')).holds;
    expect(hold).toMatchObject({ linkId: 'Bristol-c1', trace: { holds: false } });
    await world.engine.learnersChanged(['l00']);
    expect(await world.engine.explain('l00', 'c1')).toMatchObject({
      enrolled: false,
      holds: [],
      misses: { length: 2 },
    });
  });

  it.each([
    ['a course that does not exist', 'l00', 'c9'],
    ['an unknown learner', 'stranger', 'c1'],
  ])('explain returns that no learner is enrolled for %s', async (_, learnerId, courseId) => {
    const explanation = await (await fresh()).engine.explain(learnerId, courseId);
    expect(explanation).toMatchObject({ enrolled: false, holds: [], unenrol: { allowed: false, remedies: [] } });
    expect(explanation.text).not.toBe('');
  });

  it('explain lists what is blocked', async () => {
    const world = await fresh();
    await world.host.saveCourses([{ id: 'c1', enrolmentMethod: 'self' }]);
    const { blocked, unenrol } = await world.engine.explain('l00', 'c1');
    expect(blocked.map((one) => `${one.kind} ${blockedId(one)}`)).toEqual([
      'inert-link Bristol-c1',
      'inert-link team-c1',
    ]);
    expect(unenrol.remedies).toEqual([{ type: 'unlink', linkId: 'Bristol-c1' }]);
  });

  it('explain reads one learner and one course, and writes and locks nothing', async () => {
    const world = await fresh();
    await world.engine.explain('l00', 'c1');
    expect(world.calls.map(({ method, args }) => [method, ...args])).toEqual([
      ['catalog.load'],
      ['learners.get', ['l00']],
      ['enrolments.read', ['l00'], { courses: ['c1'] }],
    ]);
  });

  it('explain rejects values that are no ids', async () => {
    const world = await fresh();
    expect(await rejection(world.engine.explain(7 as never, null as never))).toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ path: ['learnerId'] }, { path: ['courseId'] }] },
    });
  });
});
