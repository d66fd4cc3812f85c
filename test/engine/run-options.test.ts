import { describe, expect, it } from 'vitest';
import {
  createSmartEnrolments,
  type Edit,
  type LearnerDiff,
  type Progress,
  type RunOptions,
  type SmartEnrolments,
} from '../../src/index.js';
import { at, collector, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const everybody = numbered(6);
const moved = at('Leeds', ...everybody);
const edits: Edit[] = [unlink('Bristol-c1'), link('Bristol', 'c2')];

async function fresh(): Promise<World> {
  const standing = [segment('Bristol'), segment('Leeds'), link('Bristol', 'c1'), link('Leeds', 'c3')];
  return worldOf(at('Bristol', ...everybody), standing, { batchSize: 2 });
}

/** Operations with six learners to change, and what to arrange for it. */
const writing: {
  readonly [name: string]: (engine: SmartEnrolments, options: RunOptions) => Promise<unknown>;
} = {
  apply: (engine, options) => engine.apply(edits, options),
  learnersChanged: (engine, options) => engine.learnersChanged(everybody, options),
  reconcile: (engine, options) => engine.reconcile(options),
  settle: (engine, options) => engine.settle(options),
};
const previewing: typeof writing = {
  preview: (engine, options) => engine.preview(edits, options),
  'preview of learners': (engine, options) => engine.previewLearners({ learners: moved }, options),
};
const all = { ...writing, ...previewing };

async function arranged(name: string): Promise<World> {
  const world = await fresh();
  if (name === 'learnersChanged' || name === 'reconcile') await world.host.saveLearners(moved);
  if (name === 'settle') {
    world.before('enrolments.holders', () => Promise.reject(new Error('down')));
    await rejection(world.engine.apply(edits));
  }
  world.forget();
  return world;
}

describe('an abort', () => {
  const reason = { why: 'the host is going down' };

  it.each([...Object.keys(all), 'explain'])(
    'an abort before the start stops %s with the reason unchanged',
    async (name) => {
      const world = await arranged(name);
      const before = await world.snapshot();
      const options = { signal: AbortSignal.abort(reason) };
      const run = all[name] ?? ((engine, o) => engine.explain('l00', 'c1', o));
      expect(await rejection(run(world.engine, options))).toBe(reason);
      expect(await world.snapshot()).toEqual(before);
      expect(world.calls.filter(({ method }) => method !== 'catalog.load')).toEqual([]);
    },
  );

  it.each(Object.keys(writing))('an abort during a batch lets %s finish that batch, and no other', async (name) => {
    const world = await arranged(name);
    const controller = new AbortController();
    world.beforeNth('enrolments.write', 2, () => controller.abort(reason));
    expect(await rejection(writing[name]!(world.engine, { signal: controller.signal }))).toBe(reason);
    expect(world.of('enrolments.write')).toHaveLength(2);
    world.forget();
    await world.engine.settle();
    await world.engine.reconcile();
    expect((await world.held()).length).toBe(6);
  });

  it('an abort during the commit of an edit locks no learner and leaves all work to settle', async () => {
    const world = await fresh();
    const controller = new AbortController();
    world.before('catalog.commit', () => controller.abort(reason));
    expect(await rejection(world.engine.apply(edits, { signal: controller.signal }))).toBe(reason);
    expect(world.locked()).toEqual([]);
    expect((await world.engine.settle()).summary.learners).toBe(6);
  });

  it.each(Object.keys(all))('an abort between batches stops %s', async (name) => {
    const world = await arranged(name);
    const controller = new AbortController();
    const reported: LearnerDiff[] = [];
    const options: RunOptions = {
      signal: controller.signal,
      onDiff: (diffs) => void reported.push(...diffs),
      onProgress: () => controller.abort(reason),
    };
    expect(await rejection(all[name]!(world.engine, options))).toBe(reason);
    expect(reported.map(({ learnerId }) => learnerId)).toEqual(['l00', 'l01']);
  });
});

describe('an abort of a check', () => {
  it.each(Object.keys(writing))('an abort of the check that precedes %s changes nothing', async (name) => {
    const world = await arranged(name);
    const before = await world.snapshot();
    const controller = new AbortController();
    const options: RunOptions = { signal: controller.signal, onProgress: () => controller.abort('enough') };
    const limited = createSmartEnrolments(world.repositories, { limits: { archives: 0 }, batchSize: 2 });
    expect(await rejection(writing[name]!(limited, options))).toBe('enough');
    expect(await world.snapshot()).toEqual(before);
    expect([...world.writes(), ...world.locked()]).toEqual([]);
  });
});

describe('progress', () => {
  it.each(Object.keys(all))('progress of %s is reported after every batch and only grows', async (name) => {
    const world = await arranged(name);
    const reports: Progress[] = [];
    await all[name]!(world.engine, { onProgress: (progress) => void reports.push(progress) });
    expect(reports.length).toBeGreaterThanOrEqual(3);
    expect(new Set(reports.map(({ phase }) => phase))).toEqual(new Set([name in previewing ? 'check' : 'write']));
    const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);
    for (const key of ['looked', 'changed'] as const) {
      const numbers = reports.map((progress) => progress[key]);
      expect(numbers).toEqual(sorted(numbers));
      expect(numbers.at(-1)).toBe(6);
    }
  });

  it('progress of earlier work that an edit settles is reported in the phase write', async () => {
    const world = await arranged('settle');
    const phases: string[] = [];
    await world.engine.apply([], { onProgress: ({ phase }) => void phases.push(phase) });
    expect(new Set(phases)).toEqual(new Set(['write']));
  });

  it('progress of a reconcile reports the id up to which all learners are done as soon as it is known', async () => {
    const world = await fresh();
    await world.host.deleteLearners(['l01', 'l04']);
    const reports: Progress[] = [];
    await world.engine.reconcile({ onProgress: (progress) => void reports.push(progress) });
    const afters = reports.map((progress) => ('after' in progress ? progress.after : 'not yet'));
    const changes = afters.filter((after, i) => after !== afters[i - 1]);
    expect(changes).toEqual(['not yet', 'l02', 'l05']);
    expect(afters.length).toBeGreaterThan(changes.length);
  });

  it('progress of the check is reported before that of the write, if there is a check', async () => {
    const world = await fresh();
    const limited = world.other({ limits: { unenrolments: 6 }, batchSize: 2 });
    const phases: string[] = [];
    await limited.apply(edits, { onProgress: ({ phase }) => void phases.push(phase) });
    expect(phases.join(' ')).toMatch(/^(check )+(write ?)+$/);
  });

  it('progress counts a learner once who holds a link and should hold it', async () => {
    const world = await fresh();
    const wider = segment('Bristol', { everyone: true });
    const looked = async (run: Promise<unknown>, reports: Progress[]) => {
      await run;
      return reports.at(-1)?.looked;
    };
    const [checks, writes]: Progress[][] = [[], []];
    const previewed = await looked(world.engine.preview(wider, { onProgress: (p) => void checks!.push(p) }), checks!);
    expect(previewed).toBe(6);
    expect(await looked(world.engine.apply(wider, { onProgress: (p) => void writes!.push(p) }), writes!)).toBe(6);
  });

  it('progress of an interrupted reconcile reports where to continue, so that no learner is missed', async () => {
    for (const stop of [1, 2, 3, 4, 5]) {
      const world = await fresh();
      await world.host.saveLearners(moved);
      await world.host.deleteLearners(['l01', 'l04', 'l05']);
      const controller = new AbortController();
      let after: string | undefined;
      let reports = 0;
      const onProgress = (progress: Progress) => {
        after = progress.after;
        if (++reports === stop) controller.abort('cut off');
      };
      await world.engine
        .reconcile({ signal: controller.signal, onProgress })
        .catch((error) => expect(error).toBe('cut off'));
      await world.engine.reconcile(after === undefined ? {} : { after });
      expect(await world.held()).toEqual(['l00', 'l02', 'l03'].map((id) => `${id}/c3/Leeds-c3`));
    }
  });

  it('progress reports where to continue only for writes: never in a check, nor for an edit, which settle continues', async () => {
    const world = await fresh();
    await world.host.saveLearners(at('Leeds', 'l00'));
    const limited = world.other({ limits: { unenrolments: 10 }, batchSize: 2 });
    const reports: Progress[] = [];
    const options: RunOptions = { onProgress: (progress) => void reports.push(progress) };
    await limited.reconcile(options);
    const [checked, written] = ['check', 'write'].map((phase) =>
      reports.filter((progress) => progress.phase === phase),
    );
    expect(checked!.filter(({ after }) => after !== undefined)).toEqual([]);
    expect(written!.at(-1)).toMatchObject({ after: 'l05' });
    reports.length = 0;
    await limited.preview(edits, options);
    await limited.apply(edits, options);
    expect(reports.filter(({ after }) => after !== undefined)).toEqual([]);
  });
});

describe('onDiff', () => {
  it.each(Object.keys(all))(
    'onDiff of %s is called with every diff once, a batch at a time, and awaited',
    async (name) => {
      const world = await arranged(name);
      let running = 0;
      const reported: string[] = [];
      const onDiff = async (diffs: readonly LearnerDiff[]) => {
        expect(++running).toBe(1);
        expect(diffs.length).toBeLessThanOrEqual(2);
        reported.push(...diffs.map(({ learnerId }) => learnerId));
        for (let i = 0; i < 20; i++) await null;
        running--;
      };
      await all[name]!(world.engine, { onDiff });
      expect(running).toBe(0);
      expect(reported).toEqual(everybody);
    },
  );

  it.each(Object.keys(writing))(
    'onDiff of %s is called after the commit of the batch, when the store has its changes',
    async (name) => {
      const world = await arranged(name);
      let checked = 0;
      const onDiff = async (diffs: readonly LearnerDiff[]) => {
        for (const { learnerId, assigned } of diffs) {
          checked++;
          expect((await world.host.state(learnerId)).assignments).toEqual(assigned);
        }
      };
      await writing[name]!(world.engine, { onDiff });
      expect(checked).toBe(6);
    },
  );

  it('onDiff is not called with the diffs of a check that precedes the write', async () => {
    const world = await fresh();
    const { diffs, options } = collector();
    await world.engine.apply(await world.engine.preview(edits), options);
    expect(diffs).toHaveLength(6);
  });

  it.each(
    Object.keys(all).flatMap((name) =>
      (['onDiff', 'onProgress'] as const).map((callback) => [name, callback] as const),
    ),
  )('a callback of %s that throws is repository_failed with the cause: %s', async (name, method) => {
    const world = await arranged(name);
    const cause = new Error('the host');
    const options: RunOptions = {
      [method]: () => {
        throw cause;
      },
    };
    const error = await rejection(all[name]!(world.engine, options));
    expect(error).toMatchObject({ code: 'repository_failed', details: { method } });
    expect(error).toHaveProperty('cause', cause);
  });

  it('onDiff that rejects stops the operation; committed batches are kept and settle continues', async () => {
    const world = await fresh();
    const error = await rejection(world.engine.apply(edits, { onDiff: () => Promise.reject('no') }));
    expect(error).toMatchObject({ code: 'repository_failed', details: { method: 'onDiff' }, cause: 'no' });
    expect((await world.held()).filter((row) => row.includes('c2'))).toHaveLength(2);
    await world.engine.settle();
    expect((await world.held()).filter((row) => row.includes('c2'))).toHaveLength(6);
  });
});
