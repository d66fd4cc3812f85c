import { describe, expect, it } from 'vitest';
import { createSmartEnrolments, type LearnerDiff, type Operation, type WriteContext } from '../../src/index.js';
import { at, down, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const standing = [segment('Bristol'), segment('Leeds'), link('Bristol', 'c1'), link('Leeds', 'c2')];
const by = { actor: 'user 7', reason: 'New fire code' };

/** A world whose clock moves on by a second each time it is read, from 9 o'clock. */
async function fresh(batchSize = 2): Promise<World> {
  let seconds = 0;
  const clock = () => new Date(Date.UTC(2026, 2, 1, 9, 0, seconds++));
  const world = await worldOf(at('Bristol', ...numbered(4)), standing, { batchSize, clock });
  return world;
}

/** What was written, with its context. */
function written(world: World): readonly (readonly [readonly LearnerDiff[], WriteContext])[] {
  return world.of('enrolments.write').map(({ args }) => args as [LearnerDiff[], WriteContext]);
}

const operations = (world: World): readonly Operation[] => written(world).map(([, { operation }]) => operation);

describe('the operation', () => {
  it('the operation of an edit is committed with its work, passed to every write, and returned in the outcome', async () => {
    const world = await fresh();
    const outcome = await world.engine.apply(link('Bristol', 'c2'), { by });
    const { unsettled } = world.of('catalog.commit')[0]!.args[1] as { unsettled: { operation: Operation } };
    const { operation } = unsettled;
    expect(operation).toEqual({
      ...{ id: outcome.operation, kind: 'apply', at: expect.stringMatching(/^2026-03-01T09:00:\d\d\.000Z$/) },
      ...{ revision: 2, actor: 'user 7', reason: 'New fire code' },
    });
    expect(operations(world)).toEqual([operation, operation]);
    const times = written(world).map(([, context]) => context.at);
    expect(times[0]! > operation.at && times[1]! > times[0]!).toBe(true);
  });

  it('an operation has no actor if none is given, and a new id each time', async () => {
    const world = await fresh();
    const first = await world.engine.apply(link('Bristol', 'c2'));
    const second = await world.engine.apply(unlink('Bristol-c2'));
    expect(first.operation).not.toBe(second.operation);
    for (const operation of operations(world)) {
      expect(Object.keys(operation)).toEqual(['id', 'kind', 'at', 'revision']);
      expect(operation.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
  });

  it('a notice or a reconcile has one operation for all batches, with the revision of its first write', async () => {
    const world = await fresh();
    await world.host.saveLearners(at('Leeds', ...numbered(4)));
    const notice = await world.engine.learnersChanged(numbered(4), { by: { actor: 'HR feed' } });
    expect(operations(world)).toHaveLength(2);
    for (const operation of operations(world))
      expect(operation).toMatchObject({ id: notice.operation, kind: 'notice', revision: 1, actor: 'HR feed' });
    world.forget();
    await world.host.saveLearners(at('Bristol', ...numbered(4)));
    const reconcile = await world.engine.reconcile({ by });
    for (const operation of operations(world))
      expect(operation).toMatchObject({ id: reconcile.operation, kind: 'reconcile', ...by });
    expect(reconcile.operation).not.toBe(notice.operation);
  });

  it('the outcome has no operation if nothing was written', async () => {
    const world = await fresh();
    expect(await world.engine.learnersChanged(numbered(4), { by })).not.toHaveProperty('operation');
    expect(await world.engine.reconcile({ by })).not.toHaveProperty('operation');
    expect(await world.engine.apply([], { by })).not.toHaveProperty('operation');
    expect(await world.engine.settle()).not.toHaveProperty('operation');
    world.before('enrolments.write', () => Promise.reject(new Error('no room')));
    await world.host.saveLearners(at('Leeds', ...numbered(4)));
    expect(await rejection(world.engine.learnersChanged(numbered(4)))).toMatchObject({ code: 'repository_failed' });
  });

  it('the outcome of an edit that changes no learner has its operation', async () => {
    const world = await fresh();
    const { operation, summary } = await world.engine.apply(segment('Leeds', { any: [] }), { by });
    expect([typeof operation, summary.learners]).toEqual(['string', 0]);
  });

  it('the operation of an edit is kept when another process or an apply of another actor settles the work', async () => {
    for (const settling of ['settle', 'apply'] as const) {
      const world = await fresh();
      world.beforeNth('enrolments.write', 2, () => Promise.reject(down()));
      await rejection(world.engine.apply([link('Bristol', 'c2'), unlink('Bristol-c1')], { by }));
      const [work] = (await world.memory.catalog.load()).unsettled;
      world.forget();
      const other = createSmartEnrolments(world.repositories, { batchSize: 1 });
      if (settling === 'settle') await other.settle();
      else await other.apply(segment('York'), { by: { actor: 'someone else' } });
      expect(operations(world)).toEqual([work!.operation, work!.operation]);
      expect(work!.operation).toMatchObject(by);
    }
  });

  it('an edit that is tried again after a conflict keeps its operation, except the revision', async () => {
    const world = await fresh();
    world.beforeNth('catalog.commit', 1, async () => {
      await world.other().apply(segment('York'));
    });
    const { operation, revision } = await world.engine.apply(link('Bristol', 'c2'), { by });
    expect(revision).toBe(3);
    for (const each of operations(world)) expect(each).toMatchObject({ id: operation, revision: 3, ...by });
  });

  it('the operation is absent from the outcome of a notice that wrote nothing because a learner failed', async () => {
    const world = await fresh();
    await world.host.saveLearners(at('Leeds', 'l00'));
    world.before('enrolments.write', () => Promise.reject(new Error('no room')));
    const error = (await rejection(world.engine.learnersChanged(numbered(4)))) as { details: { outcome: object } };
    expect(error).toMatchObject({ code: 'some_failed', details: { failed: [{ learnerId: 'l00' }] } });
    expect(error.details.outcome).not.toHaveProperty('operation');
  });

  it('the operation of a write is never that of an earlier edit whose work another process settled meanwhile', async () => {
    const world = await fresh(1);
    const other = createSmartEnrolments(world.repositories, { batchSize: 10 });
    let later: string | undefined;
    world.beforeNth('transaction', 2, async () => {
      await other.settle();
      later = (await other.apply([unlink('Bristol-c2'), unlink('Bristol-c1')])).operation;
    });
    const first = await world.engine.apply(link('Bristol', 'c2'), { by });
    expect(first.summary).toMatchObject({ assigned: 1, released: 0 });
    for (const [diffs, { operation, links }] of written(world)) {
      const isLater = operation.id === later;
      expect(diffs.flatMap(({ released }) => released).length > 0).toBe(isLater);
      if (isLater) expect([...links.keys()].sort()).toEqual(['Bristol-c1', 'Bristol-c2']);
    }
    expect(await world.held()).toEqual([]);
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });

  it('the operation does not change a fingerprint', async () => {
    const world = await fresh();
    const plan = await world.engine.preview(unlink('Bristol-c1'));
    const limited = createSmartEnrolments(world.repositories, { limits: { unenrolments: 0 } });
    const error = await rejection(limited.apply(unlink('Bristol-c1'), { by }));
    expect(error).toMatchObject({ code: 'removal_limit', details: { fingerprint: plan.fingerprint } });
    await limited.apply(plan, { by, confirm: plan.fingerprint });
    expect(operations(world)[0]).toMatchObject(by);
  });
});

describe('the links of a write', () => {
  it('the links of a write are those that the diffs name, including removed links, whichever process settles it', async () => {
    for (const isInterrupted of [false, true]) {
      const world = await fresh();
      const { links } = await world.memory.catalog.load();
      if (isInterrupted) world.beforeNth('enrolments.write', 1, () => Promise.reject(down()));
      const edit = world.engine.apply([unlink('Bristol-c1'), link('Bristol', 'c2'), link('Leeds', 'c3')]);
      await edit.catch(() => world.other().settle());
      const [, context] = written(world).at(-1)!;
      const removed = links.find(({ id }) => id === 'Bristol-c1')!;
      expect([...context.links]).toEqual([
        ['Bristol-c2', { id: 'Bristol-c2', segmentId: 'Bristol', courseId: 'c2' }],
        ['Bristol-c1', removed],
      ]);
    }
  });

  it('the links of a write do not include a link that an earlier operation removed', async () => {
    const world = await fresh();
    const [first] = numbered(1);
    await world.host.saveLearners([{ id: first!, profile: { site: 'Bristol' }, active: false }]);
    await world.engine.apply(unlink('Bristol-c1'));
    await world.host.saveLearners(at('Bristol', first!));
    world.forget();
    await world.engine.learnersChanged([first!]);
    const [[diffs, context]] = written(world) as [readonly [readonly LearnerDiff[], WriteContext]];
    expect(diffs[0]!.released).toMatchObject([{ linkId: 'Bristol-c1', cause: 'unlinked' }]);
    expect(context.links.size).toBe(0);
  });

  it('the links of a write include links that still hold a course', async () => {
    const world = await fresh();
    await world.engine.apply(link('Bristol', 'c2'));
    await world.engine.apply([segment('everyone', { everyone: true }), link('everyone', 'c2')]);
    world.forget();
    await world.engine.apply(unlink('Bristol-c2'));
    const [[diffs, context]] = written(world) as [readonly [readonly LearnerDiff[], WriteContext]];
    expect(diffs[0]!.kept).toMatchObject([{ by: ['everyone-c2'] }]);
    expect([...context.links.keys()]).toEqual(['Bristol-c2', 'everyone-c2']);
  });
});

describe('a clock', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('no time');
      },
    ],
    ['is no date', () => 'now' as never],
    ['is an invalid date', () => new Date(Number.NaN)],
  ])(
    'a clock that %s stops the operation with an error that names the clock, and nothing is changed',
    async (_, clock) => {
      const world = await worldOf(at('Bristol', ...numbered(2)), standing);
      const before = await world.snapshot();
      const error = await rejection(world.other({ clock }).apply(unlink('Bristol-c1')));
      expect(error).toMatchObject({ code: 'contract_broken', details: { method: 'clock' } });
      expect(await world.snapshot()).toEqual(before);
    },
  );
});

describe('by', () => {
  it('apply, notices and reconciles accept the option by; previews and settle do not', async () => {
    const { engine } = await fresh();
    const unknown = { code: 'invalid_input', details: { issues: [{ code: 'unknown_key', path: ['by'] }] } };
    expect(await rejection(engine.settle({ by } as never))).toMatchObject(unknown);
    expect(await rejection(engine.preview([], { by } as never))).toMatchObject(unknown);
    expect(await rejection(engine.previewLearners({}, { by } as never))).toMatchObject(unknown);
    expect(await rejection(engine.explain('l00', 'c1', { by } as never))).toMatchObject(unknown);
  });

  it.each([
    [{ actor: '' }, 'blank_value', ['by', 'actor']],
    [{ actor: ' \u200b\t' }, 'blank_value', ['by', 'actor']],
    [{ actor: 'x'.repeat(201) }, 'too_long', ['by', 'actor']],
    [{ actor: 7 }, 'wrong_type', ['by', 'actor']],
    [{ actor: 'a\0b' }, 'wrong_type', ['by', 'actor']],
    [{ actor: 'x', reason: 'cut \ud83d' }, 'wrong_type', ['by', 'reason']],
    [{ reason: 'x' }, 'wrong_type', ['by', 'actor']],
    [{ actor: 'x', reason: ' ' }, 'blank_value', ['by', 'reason']],
    [{ actor: 'x', reason: 'x'.repeat(201) }, 'too_long', ['by', 'reason']],
    [{ actor: 'x', name: 'y' }, 'unknown_key', ['by', 'name']],
    ['ada', 'wrong_type', ['by']],
  ])('an invalid value of by is rejected: %j', async (given, code, path) => {
    const { engine } = await fresh();
    const issues = [{ code, path }];
    const options = { by: given } as never;
    for (const call of [
      () => engine.apply([], options),
      () => engine.learnersChanged([], options),
      () => engine.reconcile(options),
    ])
      expect(await rejection(call())).toMatchObject({ code: 'invalid_input', details: { issues } });
  });

  it('the texts of by may have 200 characters', async () => {
    const { engine } = await fresh();
    await engine.reconcile({ by: { actor: 'x'.repeat(200), reason: '😀'.repeat(200) } });
  });
});
