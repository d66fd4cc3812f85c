import { describe, expect, it } from 'vitest';
import type { Outcome, SmartEnrolmentsOptions } from '../../src/index.js';
import { expecting } from '../../src/testkit/fixtures.js';
import { at, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const standing = [segment('Bristol'), link('Bristol', 'c1')];
const everybody = numbered(6);
const limits = (count: number): SmartEnrolmentsOptions => ({ limits: { unenrolments: count }, batchSize: 2 });

/** A world in which an unlink passed its check for three, and then found more. */
async function interrupted(): Promise<World> {
  const world = await worldOf(at('Bristol', ...everybody), standing, limits(3));
  for (const id of everybody.slice(3)) await world.host.enrolIndividually(id, 'c1');
  world.beforeNth('catalog.commit', 1, async () => {
    for (const id of everybody.slice(3)) await world.host.unenrolIndividually(id, 'c1');
  });
  const error = await rejection(world.engine.apply(unlink('Bristol-c1')));
  expect(error).toMatchObject({
    code: 'removal_limit',
    details: { operation: 'apply', exceeded: [{ limit: 'unenrolments', allowed: 3, found: 4 }] },
    message: expect.stringContaining('settle()'),
  });
  expect(error).not.toHaveProperty('details.fingerprint');
  world.forget();
  return world;
}

describe('the running total', () => {
  it('the running total stops an apply before the batch that would exceed the limit, and earlier batches are kept', async () => {
    const world = await interrupted();
    expect(await world.held()).toEqual(everybody.slice(2).map((id) => `${id}/c1/Bristol-c1`));
    expect((await world.memory.catalog.load()).unsettled).toMatchObject([
      { ranges: [{ pass: 'holders', after: 'l01' }, { pass: 'audience' }] },
    ]);
  });

  it('settle checks the remaining work against its own limits', async () => {
    const world = await interrupted();
    const refused = await rejection(world.engine.settle());
    const fingerprint = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(refused).toMatchObject({ code: 'removal_limit', details: { operation: 'settle', fingerprint } });
    expect(refused).toMatchObject({ details: { exceeded: [{ limit: 'unenrolments', allowed: 3, found: 4 }] } });
    expect([...world.writes(), ...world.locked()]).toEqual([]);
  });

  it('settle accepts only the fingerprint that its error names', async () => {
    const world = await interrupted();
    const { details } = (await rejection(world.engine.settle())) as { details: { fingerprint: string } };
    const { fingerprint: confirm } = details;
    expect(await rejection(world.engine.settle({ confirm: `${confirm}x` }))).toMatchObject({ code: 'removal_limit' });
    expect((await world.engine.settle({ confirm })).summary).toMatchObject({ unenrolled: 4 });
    expect(await world.held()).toEqual([]);
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });

  it('the running total also stops a settle, and the error names it', async () => {
    const world = await interrupted();
    await world.host.enrolIndividually('l05', 'c1');
    world.beforeNth('transaction', 2, () => world.host.unenrolIndividually('l05', 'c1'));
    expect(await rejection(world.engine.settle())).toMatchObject({
      details: { operation: 'settle', exceeded: [{ limit: 'unenrolments', allowed: 3, found: 4 }] },
    });
  });

  it('the fingerprint of a settle changes with the outstanding work, and does not depend on the order in which the store lists it', async () => {
    const world = await interrupted();
    const exceeding = async () => ((await rejection(world.engine.settle())) as { details: object }).details;
    const first = await exceeding();
    const [work] = (await world.memory.catalog.load()).unsettled;
    const change = { saveSegments: [], deleteSegments: [], saveLinks: [], deleteLinks: [] };
    await world.memory.catalog.commit(
      change,
      expecting(work!.operation.revision, { links: ['Another'], courses: ['c0'] }),
    );
    const second = await exceeding();
    expect(second).toEqual({ ...first, fingerprint: expect.any(String) });
    expect(second).not.toEqual(first);
    const { load } = world.memory.catalog;
    world.memory.catalog.load = async () => {
      const catalog = await load();
      return { ...catalog, unsettled: [...catalog.unsettled].reverse() };
    };
    expect(await exceeding()).toEqual(second);
  });

  it('work above a limit does not stop the next apply, which reports it as outstanding', async () => {
    const world = await interrupted();
    const outcome = await world.engine.apply(link('Bristol', 'c1', undefined, 'again'));
    expect(outcome).toMatchObject({
      summary: { assigned: 6 },
      outstanding: [
        { operation: expect.any(String), error: { code: 'removal_limit', details: { operation: 'settle' } } },
      ],
    });
    expect((await world.memory.catalog.load()).unsettled).toMatchObject([{ operation: { revision: 2 } }]);
  });

  const surveys: { readonly [name: string]: (world: World) => Promise<Outcome> } = {
    learnersChanged: (world) => world.engine.learnersChanged(everybody),
    reconcile: (world) => world.engine.reconcile(),
  };
  it.each(Object.keys(surveys))('the running total also stops %s, which can be called again', async (name) => {
    const world = await worldOf(at('Bristol', ...everybody), standing, limits(3));
    await world.host.saveLearners(at('York', ...everybody.slice(0, 3)));
    world.beforeNth('transaction', 1, () => world.host.saveLearners(at('York', ...everybody.slice(3))));
    const error = await rejection(surveys[name]!(world));
    expect(error).toMatchObject({
      details: { operation: name, exceeded: [{ allowed: 3, found: 4 }] },
      message: expect.stringContaining(`call ${name} again`),
    });
    expect(await world.held()).toHaveLength(4);
  });

  it('the running total starts at zero for every operation', async () => {
    const world = await worldOf(at('Bristol', ...everybody), standing, limits(2));
    for (const some of [everybody.slice(0, 2), everybody.slice(2, 4), everybody.slice(4)]) {
      await world.host.deleteLearners(some);
      await world.engine.learnersChanged(some);
    }
    expect(await world.held()).toEqual([]);
  });

  it('a confirmed operation may remove exactly what was confirmed', async () => {
    const world = await worldOf(at('Bristol', ...everybody), standing, limits(0));
    await world.host.enrolIndividually('l05', 'c1');
    const { fingerprint: confirm } = await world.engine.preview(unlink('Bristol-c1'));
    world.beforeNth('catalog.commit', 1, () => world.host.unenrolIndividually('l05', 'c1'));
    const error = await rejection(world.engine.apply(unlink('Bristol-c1'), { confirm }));
    expect(error).toMatchObject({ details: { exceeded: [{ allowed: 5, found: 6 }] } });
    expect(await world.held()).toHaveLength(2);
  });

  it.each([
    ['unconfirmed', 1],
    ['confirmed', 0],
  ])('the running total also limits archives: %s', async (how, archives) => {
    const world = await worldOf(at('Bristol', ...everybody), standing, { limits: { archives }, batchSize: 2 });
    await world.host.recordTraining('l00', 'c1', 'completed');
    const { fingerprint } = await world.engine.preview(unlink('Bristol-c1'));
    world.beforeNth('catalog.commit', 1, () => world.host.recordTraining('l05', 'c1', 'completed'));
    const options = how === 'confirmed' ? { confirm: fingerprint } : {};
    const error = await rejection(world.engine.apply(unlink('Bristol-c1'), options));
    expect(error).toMatchObject({ details: { exceeded: [{ limit: 'archives', allowed: 1, found: 2 }] } });
    expect(await world.held()).toEqual(['l04/c1/Bristol-c1', 'l05/c1/Bristol-c1']);
  });

  it('the running total counts a batch once, although the host runs its transaction again', async () => {
    const world = await worldOf(at('Bristol', ...everybody), standing, limits(6));
    const { transaction } = world.memory;
    const undo = new Error('deadlock');
    world.memory.transaction = async (ids, work) => {
      const once = transaction(ids, async (inside) => {
        await work(inside);
        throw undo;
      });
      await once.catch((error: unknown) => expect(error).toBe(undo));
      return transaction(ids, work);
    };
    expect((await world.engine.apply(unlink('Bristol-c1'))).summary.unenrolled).toBe(6);
  });
});
