import { describe, expect, it } from 'vitest';
import {
  isSmartEnrolmentsError,
  type Limit,
  type Outcome,
  type SmartEnrolmentsError,
  type SmartEnrolmentsOptions,
} from '../../src/index.js';
import { at, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

type Refusal = SmartEnrolmentsError<'removal_limit'>;
type Operation = (world: World, confirm?: string) => Promise<Outcome>;

const standing = [segment('Bristol'), segment('Leeds'), link('Bristol', 'c1'), link('Leeds', 'c2')];

/** `n` learners hold c1, three hold c2; `completed` of the former have completed it. */
async function fresh(limits: SmartEnrolmentsOptions['limits'], n = 10, completed = 0, batchSize = 4): Promise<World> {
  const people = [...at('Bristol', ...numbered(n)), ...at('Leeds', ...numbered(3, 'm'))];
  const world = await worldOf(people, standing, { ...(limits && { limits }), batchSize });
  for (const id of numbered(completed)) await world.host.recordTraining(id, 'c1', 'completed');
  return world;
}

async function refusal(promise: Promise<unknown>): Promise<Refusal> {
  const error = await rejection(promise);
  expect(error).toMatchObject({ code: 'removal_limit' });
  return error as Refusal;
}

const leavers = (count: number) => (world: World) => world.host.saveLearners(at('York', ...numbered(count)));
const apply: Operation = (world, confirm) => world.engine.apply(unlink('Bristol-c1'), { confirm });
const reconcile: Operation = (world, confirm) => world.engine.reconcile({ confirm });
const notice: Operation = (world, confirm) => world.engine.learnersChanged(numbered(10), { confirm });

describe('a limit', () => {
  const cases: readonly (readonly [string, Limit, Operation, number, number | undefined])[] = [
    // what, limit, operation, leavers among the ten that hold c1 (13 enrolments in all), what is allowed where refused
    ['a count that is met', 10, apply, 0, undefined],
    ['a count that is exceeded', 9, apply, 0, 9],
    ['a count of nothing', 0, reconcile, 1, 0],
    ['a count of nothing with nothing removed', 0, reconcile, 0, undefined],
    ['a count, to a notice', 4, notice, 5, 4],
    ['a count met, to a notice', 5, notice, 5, undefined],
    ['a fraction of the evaluated enrolments, to an unlink', { fraction: 0.99 }, apply, 0, 9],
    ['the whole, to an unlink', { fraction: 1 }, apply, 0, undefined],
    ['a fraction of everyone, met', { fraction: 4 / 13 }, reconcile, 4, undefined],
    ['a fraction of everyone, exceeded', { fraction: 0.3 }, reconcile, 4, 3],
    ['only a fraction, which does not apply to a notice', { fraction: 0 }, notice, 10, undefined],
    ['a fraction of nothing, at least 0, to a notice', { fraction: 0, atLeast: 0 }, notice, 10, undefined],
    ['a fraction of nothing, but at least as many', { fraction: 0, atLeast: 10 }, apply, 0, undefined],
    ['a fraction of nothing, but at least fewer', { fraction: 0, atLeast: 9 }, apply, 0, 9],
    ['a fraction above its least', { fraction: 0.5, atLeast: 1 }, reconcile, 6, undefined],
    ['an `atLeast` to a notice', { fraction: 0, atLeast: 9 }, notice, 10, 9],
    ['an `atLeast` met, to a notice', { fraction: 0, atLeast: 10 }, notice, 10, undefined],
  ];
  it.each(cases)('a limit can be %s', async (_, limit, operation, leaving, allowed) => {
    const world = await fresh({ unenrolments: limit });
    await leavers(leaving)(world);
    if (allowed === undefined) await operation(world);
    else {
      const found = leaving || 10;
      const { details } = await refusal(operation(world));
      expect(details.exceeded).toEqual([{ limit: 'unenrolments', allowed, found }]);
    }
    expect((await world.held()).length).toBe(allowed === undefined ? 13 - (operation === apply ? 10 : leaving) : 13);
  });

  it('a fraction allows exactly that fraction, however it rounds', async () => {
    for (const percent of [7, 14, 28, 29, 55, 56, 57, 58]) {
      const world = await worldOf(at('Bristol', ...numbered(100)), [segment('Bristol'), link('Bristol', 'c1')], {
        limits: { unenrolments: { fraction: percent / 100 } },
      });
      await world.host.saveLearners(at('York', ...numbered(percent)));
      expect((await world.engine.reconcile()).summary.unenrolled).toBe(percent);
    }
  });

  it('the limit on archives counts only completed records of unlinked courses', async () => {
    const world = await fresh({ archives: 1 }, 10, 2);
    const { details } = await refusal(apply(world));
    expect(details.exceeded).toEqual([{ limit: 'archives', allowed: 1, found: 2 }]);
    await leavers(10)(world);
    expect((await reconcile(world)).summary).toMatchObject({ unenrolled: 10, archived: 0 });
  });

  it('a limit counts enrolments that end, not assignments: an enrolment that another link holds is no removal', async () => {
    const world = await fresh({ unenrolments: 0 });
    await world.other().apply(link('Bristol', 'c1', { everyone: true }, 'second'));
    expect((await apply(world)).summary).toMatchObject({ released: 10, unenrolled: 0, kept: 10 });
  });

  it('a fraction does not apply to a notice, but a count beside it does', async () => {
    const world = await fresh({ unenrolments: { fraction: 0 }, archives: 0 });
    await leavers(10)(world);
    expect((await notice(world)).summary.unenrolled).toBe(10);
  });

  it('a notice with only a fraction as its limit makes no dry run', async () => {
    const world = await fresh({ unenrolments: { fraction: 0 }, archives: { fraction: 0 } });
    await notice(world);
    expect(world.of('enrolments.read').filter(({ inside }) => !inside)).toEqual([]);
  });

  it('a fraction is of the enrolments in the evaluated range and courses', async () => {
    const world = await fresh({ unenrolments: { fraction: 0.5 } });
    await leavers(2)(world);
    expect(await refusal(world.engine.reconcile({ upTo: 'l02' }))).toMatchObject({
      details: { exceeded: [{ allowed: 1, found: 2 }] },
    });
    expect((await world.engine.reconcile({ courses: ['c2'] })).summary.learners).toBe(0);
    expect((await world.engine.reconcile({ upTo: 'l03' })).summary.unenrolled).toBe(2);
  });

  it('a fraction counts an enrolment once, however many links hold it', async () => {
    const again = link('Bristol', 'c1', { everyone: true }, 'again');
    const links = [link('Bristol', 'c1'), again, link('Bristol', 'c3')];
    const limits = { unenrolments: { fraction: 0.5 } };
    const world = await worldOf(at('Bristol', ...numbered(4)), [segment('Bristol'), ...links], { limits });
    await leavers(3)(world);
    const exceeded = (allowed: number, found: number) => ({ details: { exceeded: [{ allowed, found }] } });
    expect(await refusal(reconcile(world))).toMatchObject(exceeded(4, 6));
    expect(await refusal(world.engine.reconcile({ courses: ['c1'] }))).toMatchObject(exceeded(2, 3));
    await world.host.saveLearners(at('Bristol', 'l02'));
    expect((await reconcile(world)).summary.unenrolled).toBe(4);
  });

  it('a limit stops a reconcile when the learner feed returns no learners', async () => {
    const world = await fresh({ unenrolments: { fraction: 0.5, atLeast: 5 } });
    await world.host.deleteLearners([...numbered(10), ...numbered(3, 'm')]);
    const { details } = await refusal(reconcile(world));
    expect(details).toMatchObject({ operation: 'reconcile', exceeded: [{ allowed: 6, found: 13 }] });
    expect((await world.held()).length).toBe(13);
  });
});

describe('a refusal', () => {
  const operations: { readonly [name: string]: readonly [Operation, number] } = {
    apply: [apply, 0],
    reconcile: [reconcile, 10],
    learnersChanged: [notice, 10],
  };
  const limits = { unenrolments: 3, archives: 0 };

  it.each(Object.keys(operations))(
    'a rejected %s writes nothing, and reports all exceeded limits and the fingerprint to confirm',
    async (name) => {
      const [operation, leaving] = operations[name]!;
      const world = await fresh(limits, 10, 1);
      await leavers(leaving)(world);
      const { details, message } = await refusal(operation(world));
      expect([...world.writes(), ...world.locked()]).toEqual([]);
      const exceeded = [{ limit: 'unenrolments', allowed: 3, found: 10 }];
      if (name === 'apply') exceeded.push({ limit: 'archives', allowed: 0, found: 1 });
      expect(details).toEqual({ operation: name, exceeded, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
      const limitText = name === 'apply' ? '; the limits are 3 and 0.' : '; the limit is 3.';
      for (const part of [`${name} would end 10 enrolments`, limitText, 'Nothing was changed', details.fingerprint!]) {
        expect(message).toContain(part);
      }
    },
  );

  it.each(Object.keys(operations))('the fingerprint in the error of %s confirms exactly that plan', async (name) => {
    const [operation, leaving] = operations[name]!;
    const world = await fresh(limits);
    await leavers(leaving)(world);
    const first = (await refusal(operation(world))).details.fingerprint!;
    const other = `${first}x`;
    expect((await refusal(operation(world, other))).details).toMatchObject({ fingerprint: first, confirmed: other });

    await world.host.recordTraining('l05', 'c1', 'completed');
    await world.host.saveLearners(at('York', 'l00'));
    await world.other().learnersChanged(['l00']);
    const second = (await refusal(operation(world, first))).details.fingerprint!;
    expect(second).not.toBe(first);
    expect((await operation(world, second)).summary.unenrolled).toBe(9);
    expect((await world.held()).length).toBe(3);
  });

  it('the fingerprint of a preview confirms the same change, as edits and as a plan', async () => {
    for (const asPlan of [true, false]) {
      const world = await fresh({ unenrolments: 0 });
      const plan = await world.engine.preview(unlink('Bristol-c1'));
      expect((await refusal(world.engine.apply(plan))).details.fingerprint).toBe(plan.fingerprint);
      const change = asPlan ? plan : plan.edits;
      const { summary } = await world.engine.apply(change, { confirm: plan.fingerprint });
      expect(summary).toEqual(plan.summary);
    }
  });

  it('a preview reports the limits that apply would exceed, and no others', async () => {
    const world = await worldOf(at('Bristol', ...numbered(3)), [segment('Bristol'), link('Bristol', 'c1')], {
      limits: { unenrolments: 2, archives: { fraction: 0.5 } },
    });
    const plan = await world.engine.preview(unlink('Bristol-c1'));
    expect(plan.exceeds).toEqual([{ limit: 'unenrolments', allowed: 2, found: 3 }]);
    expect((await rejection(world.engine.apply(plan))) as object).toMatchObject({
      details: { exceeded: plan.exceeds },
    });
    expect((await world.engine.preview(segment('Leeds'))).exceeds).toEqual([]);
  });

  it('a fingerprint confirms only its own operation', async () => {
    const world = await fresh({ unenrolments: 0 });
    await leavers(10)(world);
    const { fingerprint } = (await refusal(notice(world))).details;
    const prints = new Set([fingerprint]);
    const scopes = [{}, { upTo: 'zz' }, { after: '' }, { after: 'a' }, { courses: ['c1'] }, { courses: ['c1', 'c2'] }];
    for (const scope of scopes) {
      prints.add((await refusal(world.engine.reconcile({ ...scope, confirm: fingerprint }))).details.fingerprint);
    }
    const more = world.engine.learnersChanged([...numbered(10), 'm00'], { confirm: fingerprint });
    prints.add((await refusal(more)).details.fingerprint);
    expect(prints.size).toBe(8);
    expect((await world.held()).length).toBe(13);
  });

  it('the fingerprint is the same at any batch size, also with deleted learners', async () => {
    const prints = new Set<string | undefined>();
    for (const batchSize of [1, 2, 3, 1_000]) {
      const world = await fresh({ unenrolments: 0 }, 10, 0, batchSize);
      await world.host.saveLearners(at('York', 'l01', 'l02', 'l05', 'm00'));
      await world.host.deleteLearners(['l00', 'l03', 'l04', 'l08', 'm02']);
      prints.add((await refusal(reconcile(world))).details.fingerprint);
    }
    expect(prints.size).toBe(1);
  });

  it('removal_limit is recognised as an error of this library', async () => {
    const world = await fresh({ unenrolments: 0 });
    expect(isSmartEnrolmentsError(await rejection(apply(world)), 'removal_limit')).toBe(true);
  });
});
