import { describe, expect, it } from 'vitest';
import { type Catalog, createSmartEnrolments, field, type LearnerDiff, type Repositories } from '../../src/index.js';
import { at, down, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const ids = numbered(20);
const fresh = (options = {}): Promise<World> => worldOf(at('Bristol', ...ids), [segment('Bristol')], options);
const learnersIn = (args: readonly unknown[]): string[] =>
  (args[0] as readonly LearnerDiff[]).map(({ learnerId }) => learnerId);

/** Has writes fail that name one of these learners. */
function failing(world: World, ...bad: readonly string[]): void {
  world.before('enrolments.write', ({ args }) => {
    const found = learnersIn(args).find((id) => bad.includes(id));
    if (found !== undefined) throw new Error(`no outbox for ${found}`);
  });
}

const failedIn = (error: unknown): string[] =>
  (error as { details: { failed: { learnerId: string }[] } }).details.failed.map(({ learnerId }) => learnerId);

/** The repositories with some methods changed, outside of transactions and inside. */
function changed(repositories: Repositories, change: (right: Repositories) => Partial<Repositories>): Repositories {
  return {
    ...repositories,
    ...change(repositories),
    transaction: (locked, work) => repositories.transaction(locked, (inside) => work(changed(inside, change))),
  };
}

describe('a learner whose write fails', () => {
  it('a learner whose write fails is set aside; all others are settled, and the work is done', async () => {
    const world = await fresh();
    failing(world, 'l03');
    const error = await rejection(world.engine.apply(link('Bristol', 'c1')));
    expect(error).toMatchObject({
      code: 'some_failed',
      details: { failed: [{ learnerId: 'l03', error: { code: 'repository_failed' } }], outcome: { revision: 2 } },
    });
    expect((error as { details: { outcome: { summary: object } } }).details.outcome.summary).toMatchObject({
      enrolled: 19,
    });
    expect(await world.held()).toHaveLength(19);
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });

  it('the next notice or reconcile tries a failed learner again', async () => {
    for (const again of [
      (world: World) => world.engine.learnersChanged(['l03']),
      (world: World) => world.engine.reconcile(),
    ]) {
      const world = await fresh();
      failing(world, 'l03');
      await rejection(world.engine.apply(link('Bristol', 'c1')));
      world.forget();
      expect((await again(world)).summary).toMatchObject({ learners: 1, enrolled: 1 });
    }
  });

  it('a notice of one learner whose write fails rejects with the error of that learner', async () => {
    const world = await fresh();
    await world.engine.apply(link('Bristol', 'c1'));
    await world.host.saveLearners(at('Leeds', 'l03'));
    failing(world, 'l03');
    expect(await rejection(world.engine.learnersChanged(['l03', 'l03']))).toMatchObject({
      code: 'repository_failed',
      cause: { message: 'no outbox for l03' },
    });
  });

  it('failed learners are listed once, in order of ids, whatever the size and number of batches', async () => {
    for (const batchSize of [1, 3, 7, 1_000]) {
      const world = await fresh({ batchSize });
      failing(world, 'l11', 'l03', 'l04');
      const error = await rejection(world.engine.apply(link('Bristol', 'c1')));
      expect(failedIn(error)).toEqual(['l03', 'l04', 'l11']);
      expect(await world.held()).toHaveLength(17);
    }
  });
});

describe('an operation stops with the first error, and its work stays outstanding', () => {
  const expectStopped = async (world: World, bad: readonly string[]): Promise<void> => {
    failing(world, ...bad);
    expect(await rejection(world.engine.apply(link('Bristol', 'c1')))).toMatchObject({ code: 'repository_failed' });
    expect((await world.memory.catalog.load()).unsettled).toHaveLength(1);
    world.forget();
    await world.engine.settle();
    expect(await world.held()).toHaveLength(ids.length);
  };

  it('an operation stops where several learners fail and no learner is written after the last of them', async () => {
    await expectStopped(await fresh({ batchSize: 3 }), ['l03', 'l19']);
  });

  it('an operation stops after 32 failures in a row', async () => {
    const world = await worldOf(at('Bristol', ...numbered(99)), [segment('Bristol')]);
    let tries = 0;
    world.before('enrolments.write', () => {
      tries++;
      throw new Error('the table is gone');
    });
    expect(await rejection(world.engine.apply(link('Bristol', 'c1')))).toMatchObject({ code: 'repository_failed' });
    expect(tries).toBe(32);
    expect((await world.memory.catalog.load()).unsettled).toMatchObject([{ ranges: [{ pass: 'audience' }] }]);
  });

  it('an operation stops after more than 100 failed learners', async () => {
    const many = Array.from({ length: 420 }, (_, i) => `m${1_000 + i}`);
    for (const [bad, code] of [
      [100, 'some_failed'],
      [101, 'repository_failed'],
    ] as const) {
      const world = await worldOf(at('Bristol', ...many), [segment('Bristol')]);
      failing(world, ...many.filter((_, i) => i % 4 === 0).slice(0, bad));
      expect(await rejection(world.engine.apply(link('Bristol', 'c1')))).toMatchObject({ code });
    }
  });

  it.each([
    ['a lost connection', () => down()],
    ['a lock time-out', () => Object.assign(new Error('busy'), { code: '55P03' })],
    ['a deadlock', () => Object.assign(new Error('deadlock'), { errno: 1213 })],
    ['a full pool', () => new Error('timeout exceeded when trying to connect')],
  ])('an operation stops immediately after %s', async (_, made) => {
    const world = await fresh();
    let tries = 0;
    world.before('enrolments.write', () => {
      tries++;
      throw made();
    });
    expect(await rejection(world.engine.apply(link('Bristol', 'c1')))).toMatchObject({ code: 'repository_failed' });
    expect(tries).toBe(1);
  });

  it('an operation stops immediately when it is aborted', async () => {
    const world = await fresh();
    const stop = new AbortController();
    const reason = new Error('the server stops');
    world.before('enrolments.write', () => {
      stop.abort(reason);
      throw new Error('cut off');
    });
    await rejection(world.engine.apply(link('Bristol', 'c1'), { signal: stop.signal }));
    expect(world.of('enrolments.write')).toHaveLength(1);
  });

  it('an operation records no progress past a failed learner', async () => {
    const world = await fresh({ batchSize: 2 });
    failing(world, ...ids.slice(4));
    await rejection(world.engine.apply(link('Bristol', 'c1')));
    expect((await world.memory.catalog.load()).unsettled).toMatchObject([
      { ranges: [{ pass: 'audience', after: 'l03' }] },
    ]);
  });
});

describe('a dry run', () => {
  /** Has reads fail that name this learner. */
  const unreadable = (world: World, id: string): void =>
    world.before('enrolments.read', ({ args }) => {
      if ((args[0] as string[]).includes(id)) throw new Error('bad row');
    });

  it('a dry run lists a learner as blocked if the store fails to read them', async () => {
    const world = await fresh();
    unreadable(world, 'l05');
    const { summary } = await world.engine.preview(link('Bristol', 'c1'));
    expect(summary).toMatchObject({
      enrolled: 19,
      blocked: [{ kind: 'invalid-learner', learnerId: 'l05' }],
      blockedTotal: 1,
    });
    expect(summary.blocked[0]!.reason).not.toContain('bad row');
  });

  it('a dry run stops if no learner can be read', async () => {
    const world = await fresh();
    world.before('enrolments.read', () => Promise.reject(new Error('down')));
    expect(await rejection(world.engine.preview(link('Bristol', 'c1')))).toMatchObject({ code: 'repository_failed' });
  });
});

describe('what a store cannot read', () => {
  it.each(['learners', 'enrolments'] as const)(
    'an unreadable row of %s blocks one learner, who keeps what they hold',
    async (part) => {
      const world = await fresh();
      await world.engine.apply(link('Bristol', 'c1'));
      const unreadable = 'The profile is not JSON.';
      const spoilt = createSmartEnrolments(
        changed(world.memory, ({ learners, enrolments }) => ({
          learners: {
            ...learners,
            get: async (some) =>
              (await learners.get(some)).map((row) =>
                part === 'learners' && row.id === 'l02' ? { id: 'l02', unreadable } : row,
              ),
          },
          enrolments: {
            ...enrolments,
            read: async (some, o) =>
              (await enrolments.read(some, o)).map((row) =>
                part === 'enrolments' && row.learnerId === 'l02' ? { learnerId: 'l02', unreadable } : row,
              ),
          },
        })),
      );
      const blocked = [{ kind: 'invalid-learner', learnerId: 'l02', reason: unreadable }];
      expect((await spoilt.apply(unlink('Bristol-c1'))).summary).toMatchObject({ unenrolled: 19, blocked });
      expect(await world.held()).toEqual(['l02/c1/Bristol-c1']);
      expect((await spoilt.explain('l02', 'c1')).blocked).toEqual(blocked);
    },
  );

  it('a learner who is returned twice is blocked, and no other learner is', async () => {
    const world = await fresh();
    const spoilt = createSmartEnrolments(
      changed(world.memory, ({ learners }) => ({
        learners: {
          ...learners,
          async get(some) {
            const found = await learners.get(some);
            return [...found, ...found.flatMap(({ id }) => (id === 'l02' ? [{ id, profile: {} }] : []))];
          },
        },
      })),
    );
    const { summary } = await spoilt.apply(link('Bristol', 'c1'));
    expect(summary).toMatchObject({ enrolled: 19, blocked: [{ kind: 'invalid-learner', learnerId: 'l02' }] });
  });

  it('an unreadable learner does not affect the others in a page of a walk', async () => {
    const world = await fresh({ batchSize: 50 });
    const spoilt = createSmartEnrolments(
      changed(world.memory, ({ learners }) => ({
        learners: {
          ...learners,
          async page(query) {
            const rows = await learners.page({ ...query, idsOnly: false });
            return rows.flatMap((row) => (row.id === 'l02' ? [{ id: 'l02', unreadable: 'bad' }, row] : [row]));
          },
        },
      })),
    );
    expect((await spoilt.apply(link('Bristol', 'c1'))).summary.enrolled).toBe(20);
    expect((await spoilt.reconcile()).summary.learners).toBe(0);
  });
});

describe('a walk that cannot be narrowed', () => {
  it('a walk that cannot be narrowed continues over all learners', async () => {
    const world = await fresh({ batchSize: 4 });
    await world.host.saveLearners(at('Leeds', 'zz'));
    let pages = 0;
    world.before('learners.page', ({ args }) => {
      if ((args[0] as { matching?: unknown }).matching && ++pages > 2) throw new Error('too many placeholders');
    });
    expect((await world.engine.apply(link('Bristol', 'c1'))).summary).toMatchObject({ enrolled: 20 });
    expect(pages).toBe(3);
    expect((await world.engine.reconcile()).summary.learners).toBe(0);
  });

  it('a walk that cannot be narrowed stops if the connection is lost', async () => {
    const world = await fresh();
    world.before('learners.page', () => Promise.reject(down()));
    expect(await rejection(world.engine.apply(link('Bristol', 'c1')))).toMatchObject({ code: 'repository_failed' });
    expect(world.of('learners.page')).toHaveLength(1);
  });
});

describe('several training records on one course', () => {
  it.each([
    [['completed', 'in-progress'], 'archive'],
    [['in-progress', 'completed'], 'archive'],
    [['in-progress', 'in-progress'], 'keep'],
  ] as const)('several training records on one course count as one: %j', async (statuses, training) => {
    const world = await fresh();
    await world.engine.apply(link('Bristol', 'c1'));
    const diffs: LearnerDiff[] = [];
    const spoilt = createSmartEnrolments(
      changed(world.memory, ({ enrolments }) => ({
        enrolments: {
          ...enrolments,
          read: async (some, o) =>
            (await enrolments.read(some, o)).map((row) => ({
              ...row,
              training: statuses.map((status) => ({ courseId: 'c1', status })),
            })),
        },
      })),
    );
    await spoilt.apply(unlink('Bristol-c1'), { onDiff: (some) => void diffs.push(...some) });
    expect(diffs[0]!.unenrolled).toMatchObject([{ courseId: 'c1', training }]);
  });
});

describe('a catalog whose rows contradict each other', () => {
  const loading = (world: World, part: Partial<Catalog>) =>
    createSmartEnrolments(
      changed(world.memory, ({ catalog }) => ({
        catalog: { ...catalog, load: async () => ({ ...(await catalog.load()), ...part }) },
      })),
    );
  const course = (id: string, enrolmentMethod = 'by-assignment-only') => ({ id, enrolmentMethod });

  it('equal rows of a course are merged, and a course whose rows differ is inert', async () => {
    const world = await fresh();
    const courses = [course('c1'), course('c2'), course('c1'), course('c2', 'open'), course('c3')];
    const spoilt = loading(world, { courses });
    expect((await spoilt.apply(link('Bristol', 'c1'))).summary.enrolled).toBe(20);
    expect(await rejection(spoilt.apply(link('Bristol', 'c2')))).toMatchObject({ code: 'course_not_by_assignment' });
    await world.engine.apply(link('Bristol', 'c2'));
    const { summary } = await spoilt.reconcile();
    expect(summary).toMatchObject({ unenrolled: 0, blocked: [{ kind: 'inert-link', linkId: 'Bristol-c2' }] });
  });

  it('a field of unknown type, or of two types, counts as not declared', async () => {
    const world = await fresh();
    const fields = [
      { id: 'site', type: 'text' },
      { id: 'site', type: 'text' },
      { id: 'level', type: 'money' },
      { id: 'since', type: 'date' },
      { id: 'since', type: 'text' },
    ] as unknown as Catalog['fields'];
    const spoilt = loading(world, { fields });
    expect((await spoilt.apply(link('Bristol', 'c1'))).summary.enrolled).toBe(20);
    for (const name of ['level', 'since'])
      expect(await rejection(spoilt.apply(segment('x', field(name).equals('1'))))).toMatchObject({
        code: 'invalid_input',
      });
  });
});
