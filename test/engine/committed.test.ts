import { describe, expect, it } from 'vitest';
import { createSmartEnrolments, type Edit, field, isSmartEnrolmentsError, type Repositories } from '../../src/index.js';
import { down, World } from './world.js';

const segment: Edit = { type: 'saveSegment', segment: { id: 's', title: 'S', rule: field('site').equals('here') } };
const link = (courseId = 'c1'): Edit => ({ type: 'link', link: { id: 'k', segmentId: 's', courseId } });
const unlink: Edit = { type: 'unlink', linkId: 'k' };
const here = (id: string, active = true) => ({ id, profile: { site: 'here' }, active });

/** Has another engine commit the unlinking, and die, just before the next commit. */
function unlinkAndDie(world: World): void {
  const dying: Repositories = {
    ...world.memory,
    transaction: async () => {
      throw down();
    },
  };
  world.beforeNth('catalog.commit', 1, () =>
    createSmartEnrolments(dying)
      .apply(unlink)
      .catch(() => {}),
  );
}

describe('§6 an apply settles what is outstanding on the very revision it builds on', () => {
  it('§6 an unlink of another process archives, although the same link is saved again before it is settled', async () => {
    const world = new World([here('a')]);
    await world.engine.apply([segment, link()]);
    await world.host.recordTraining('a', 'c1', 'completed');
    // While this one is about to narrow the link, another engine commits its unlinking and dies.
    unlinkAndDie(world);
    const narrowed: Edit = {
      type: 'link',
      link: { id: 'k', segmentId: 's', courseId: 'c1', rule: field('site').startsWith('h') },
    };
    await world.engine.apply(narrowed);
    expect(await world.host.archived('a')).toEqual(['c1']);
    expect((await world.host.state('a')).training).toEqual([{ courseId: 'c1', status: 'in-progress' }]);
  });

  it('§6 apply settles outstanding work again after a conflict of its commit', async () => {
    const world = new World([here('a')]);
    await world.engine.apply([segment, link()]);
    await world.host.recordTraining('a', 'c1', 'completed');
    unlinkAndDie(world);
    const other: Edit = { type: 'saveSegment', segment: { id: 't', title: 'T', rule: null } };
    await world.engine.apply([other, { type: 'link', link: { id: 'm', segmentId: 't', courseId: 'c2' } }]);
    expect(await world.host.archived('a')).toEqual(['c1']);
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });
});

describe('a catalog.load that lags behind a commit', () => {
  it('a catalog.load that lags behind a commit breaks its contract, and leaves the work to be settled', async () => {
    const world = new World([here('a')]);
    const first = await world.memory.catalog.load();
    const lagging = (repositories: Repositories): Repositories => ({
      ...repositories,
      catalog: {
        load: async () => first,
        commit: (change, options) => repositories.catalog.commit(change, options),
        settled: (work) => repositories.catalog.settled(work),
      },
      transaction: (ids, work) => repositories.transaction(ids, (inside) => work(lagging(inside))),
    });
    const error = await createSmartEnrolments(lagging(world.memory))
      .apply([segment, link()])
      .catch((thrown: unknown) => thrown);
    expect(isSmartEnrolmentsError(error, 'contract_broken') && error.details.method).toBe('catalog.load');
    expect((await world.memory.catalog.load()).unsettled).toHaveLength(1);
    expect(await world.held()).toEqual([]);
    await world.engine.settle();
    expect(await world.held()).toEqual(['a/c1/k']);
  });

  it('a catalog.load that lags only inside a transaction breaks its contract too', async () => {
    const world = new World([here('a')]);
    const first = await world.memory.catalog.load();
    const lagging: Repositories = {
      ...world.memory,
      transaction: (ids, work) =>
        world.memory.transaction(ids, (inside) =>
          work({ ...inside, catalog: { ...inside.catalog, load: async () => first } }),
        ),
    };
    await expect(createSmartEnrolments(lagging).apply([segment, link()])).rejects.toMatchObject({
      code: 'contract_broken',
      message: expect.stringContaining('revision 1, not 0'),
    });
    expect((await world.memory.catalog.load()).unsettled).toHaveLength(1);
  });
});

describe('a link whose id comes back for another course', () => {
  it('an inactive learner who still holds a removed link with a reused id is blocked once', async () => {
    const world = new World([here('a')]);
    await world.engine.apply([segment, link('c1')]);
    await world.host.saveLearners([here('a', false)]);
    await world.engine.apply(unlink);
    const plan = await world.engine.preview(link('c2'));
    const { summary } = await world.engine.apply(plan);
    expect(plan.summary.blockedTotal).toBe(1);
    expect(summary.blockedTotal).toBe(1);
  });

  it('a learner who still holds a removed link with a reused id is previewed once', async () => {
    const world = new World([here('a')]);
    await world.engine.apply([segment, link('c1')]);
    await world.host.saveLearners([here('a', false)]);
    await world.engine.apply(unlink);
    await world.host.saveLearners([here('a')]);
    const plan = await world.engine.preview(link('c2'));
    expect(plan.summary).toMatchObject({ learners: 1, enrolled: 1 });
  });
});

describe('an edit that affects no learner', () => {
  it('an edit that affects no learner reads no learner', async () => {
    const world = new World([here('a')]);
    await world.engine.apply([segment, link()]);
    world.forget();
    await world.engine.apply({ ...segment, segment: { ...segment.segment, title: 'Renamed' } } as Edit);
    expect([...world.of('enrolments.holders'), ...world.of('learners.page'), ...world.of('transaction')]).toEqual([]);
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });
});

describe('a store that keeps returning work that is done', () => {
  it('apply throws contract_broken if the store keeps returning work that is done', async () => {
    const world = new World([here('a')]);
    const forgetful: Repositories = {
      ...world.memory,
      catalog: { ...world.memory.catalog, settled: async () => {} },
    };
    const engine = createSmartEnrolments(forgetful);
    await engine.apply([segment, link()]);
    await expect(engine.apply(unlink)).rejects.toMatchObject({
      code: 'contract_broken',
      details: {
        method: 'catalog.settled',
        promise: 'It removes ranges that are done, and work that has no ranges left.',
      },
    });
  });
});
