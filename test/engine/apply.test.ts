import { describe, expect, it } from 'vitest';
import { type Edit, type ErrorCode, field, inSegment, SmartEnrolmentsError } from '../../src/index.js';
import { at, collector, link, numbered, placed, rejection, segment, unlink, type World, worldOf } from './world.js';

const standing = [segment('Bristol'), placed('team'), link('Bristol', 'c1')];
const fresh = () => worldOf(at('Bristol', ...numbered(3)), standing);

describe('apply', () => {
  it('apply enrols existing learners, moves them when the rule changes, and releases them when the link is removed', async () => {
    const world = await fresh();
    expect(await world.held()).toEqual(numbered(3).map((id) => `${id}/c1/Bristol-c1`));
    const { revision, summary } = await world.engine.apply(link('Bristol', 'c2'));
    expect(revision).toBe(2);
    expect(summary).toMatchObject({ learners: 3, assigned: 3, enrolled: 3, released: 0 });
    await world.engine.apply(segment('Bristol', field('site').equals('Leeds')));
    expect(await world.held()).toEqual([]);
  });

  it('apply runs edits in order and checks references after the last one', async () => {
    const world = await fresh();
    const edits: Edit[] = [link('Leeds', 'c2'), unlink('Bristol-c1'), { type: 'deleteSegment', segmentId: 'Bristol' }];
    await world.engine.apply([...edits, segment('Leeds', field('site').equals('Bristol'))]);
    expect(await world.held()).toEqual(numbered(3).map((id) => `${id}/c2/Leeds-c2`));
    expect(await world.memory.catalog.load()).toMatchObject({ revision: 2, unsettled: [], segments: { length: 2 } });
  });

  it.each([
    [
      'moved from one segment of the learner to another',
      [unlink('Bristol-c1'), link('all', 'c1')],
      [{ id: 'l00', profile: { site: 'Bristol' } }],
    ],
    ['needed by a profile that was stored before', link('Leeds', 'c1'), at('Leeds', 'l00')],
    ['linked again under another id', [unlink('Bristol-c1'), link('Bristol', 'c1', undefined, 'new')], []],
  ] as const)('apply leaves no gap in a course that is %s', async (_, edits, moved) => {
    const world = await fresh();
    await world.other().apply([segment('all', { everyone: true }), segment('Leeds')]);
    await world.host.recordTraining('l00', 'c1', 'completed');
    await world.host.saveLearners(moved);
    const { diffs, options } = collector();
    await world.engine.apply(edits, options);
    expect(diffs.find(({ learnerId }) => learnerId === 'l00')).toMatchObject({
      assigned: [{ courseId: 'c1' }],
      released: [{ courseId: 'c1', linkId: 'Bristol-c1' }],
      enrolled: [],
      unenrolled: [],
      kept: [{ courseId: 'c1', individual: false }],
    });
    expect(await world.host.archived('l00')).toEqual([]);
    expect((await world.engine.reconcile()).summary.learners).toBe(0);
  });

  it('apply never changes individual enrolments, whatever is linked and unlinked', async () => {
    const world = await fresh();
    for (const id of ['l00', 'other']) await world.host.enrolIndividually(id, 'c1');
    const { diffs, options } = collector();
    await world.engine.apply([unlink('Bristol-c1'), link('Bristol', 'c2')], options);
    await world.engine.apply([unlink('Bristol-c2'), link('Bristol', 'c1', undefined, 'again')], options);
    for (const id of ['l00', 'other']) expect((await world.host.state(id)).individual).toEqual(['c1']);
    const courses = (id: string) => diffs.flatMap((d) => (d.learnerId === id ? [...d.enrolled, ...d.unenrolled] : []));
    expect(courses('l00').map(({ courseId }) => courseId)).toEqual(['c2', 'c2']);
    expect(diffs.map(({ learnerId }) => learnerId)).not.toContain('other');
  });

  const idle: { readonly [name: string]: readonly Edit[] } = {
    'no edits': [],
    'edits that match the catalog': standing,
    'a segment saved and deleted again': [segment('York'), { type: 'deleteSegment', segmentId: 'York' }],
    'a link unlinked and linked again': [unlink('Bristol-c1'), link('Bristol', 'c1')],
    'a rule changed and changed back': [segment('Bristol', { everyone: true }), segment('Bristol')],
  };
  it.each(Object.keys(idle))('apply commits and locks nothing for %s', async (name) => {
    const world = await fresh();
    const { revision, summary } = await world.engine.apply(idle[name]!);
    expect(revision).toBe(1);
    expect(summary).toMatchObject({ learners: 0, blockedTotal: 0 });
    expect([...world.writes(), ...world.locked()]).toEqual([]);
  });

  it('apply commits a change that affects no learner without locking any', async () => {
    const world = await fresh();
    const { revision } = await world.engine.apply({
      type: 'saveSegment',
      segment: { id: 'team', title: 'The team', rule: null },
    });
    expect(revision).toBe(2);
    expect(world.locked()).toEqual([]);
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });
});

describe('apply while others commit', () => {
  it('apply tries edits again on the current catalog after a conflict', async () => {
    const world = await fresh();
    let others = 0;
    world.before('catalog.commit', async () => {
      if (others < 2) await world.other().apply(segment(`other ${others++}`));
    });
    const { revision } = await world.engine.apply(link('Bristol', 'c2'));
    expect(revision).toBe(4);
    expect(world.of('catalog.commit')).toHaveLength(3);
    const { segments } = await world.memory.catalog.load();
    expect(segments.map(({ id }) => id)).toEqual(['Bristol', 'team', 'other 0', 'other 1']);
  });

  it('apply checks edits again after a conflict, and rejects those that have become invalid', async () => {
    const world = await fresh();
    world.beforeNth('catalog.commit', 1, () => world.other().apply({ type: 'deleteSegment', segmentId: 'team' }));
    expect(await rejection(world.engine.apply(link('team', 'c2')))).toMatchObject({ code: 'unknown_segment' });
  });

  it('apply rejects with the conflict after a limited number of tries, and nothing is changed', async () => {
    const world = await fresh();
    let found = 1;
    world.before('catalog.commit', async () => {
      found = (await world.other().apply(segment(`other ${found}`))).revision;
    });
    const error = await rejection(world.engine.apply(link('Bristol', 'c2')));
    expect(error).toMatchObject({ code: 'catalog_conflict', details: { expected: found - 1, found } });
    const tries = world.of('catalog.commit').length;
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThan(20);
    expect((await world.memory.catalog.load()).links).toHaveLength(1);
    expect(world.locked()).toEqual([]);
  });
});

describe('an error on the way', () => {
  const good = [segment('York'), link('Bristol', 'c2')];
  const host = new Error('host');
  const failing = (method: string) => (world: World) =>
    world.before(method, () => {
      throw host;
    });
  const codes: {
    readonly [Code in ErrorCode as string]: readonly [Edit, object, ((world: World) => unknown)?];
  } = {
    invalid_input: [
      segment('x', { all: [] }),
      { issues: [{ code: 'empty_all', path: [2, 'segment', 'rule', 'all'], message: expect.any(String) }] },
    ],
    unknown_segment: [link('nowhere', 'c3'), { segmentIds: ['nowhere'] }],
    unknown_course: [link('Bristol', 'c9'), { courseIds: ['c9'] }],
    unknown_link: [unlink('nothing'), { linkIds: ['nothing'] }],
    course_not_by_assignment: [link('Bristol', 'open'), { courses: [{ courseId: 'open', enrolmentMethod: 'self' }] }],
    duplicate_link: [link('Bristol', 'c1', undefined, 'twin'), { links: [{ linkId: 'twin', existing: 'Bristol-c1' }] }],
    segment_in_use: [
      { type: 'deleteSegment', segmentId: 'Bristol' },
      { segments: [{ segmentId: 'Bristol', links: ['Bristol-c1', 'Bristol-c2'], segments: [] }] },
    ],
    rule_cycle: [segment('Bristol', inSegment('Bristol')), { segmentIds: ['Bristol'] }],
    repository_failed: [unlink('Bristol-c1'), { method: 'catalog.commit' }, failing('catalog.commit')],
    contract_broken: [
      unlink('Bristol-c1'),
      { method: 'catalog.load', promise: expect.any(String) },
      (world) => {
        world.memory.catalog.load = async () => ({ revision: -1 }) as never;
      },
    ],
  };

  it.each(Object.keys(codes))('an error of apply has its details, and nothing is changed: %s', async (code) => {
    const [edit, details, arrange] = codes[code]!;
    const world = await fresh();
    const before = await world.snapshot();
    const load = world.memory.catalog.load;
    arrange?.(world);
    const error = await rejection(world.engine.apply([...good, edit]));
    expect(error).toBeInstanceOf(SmartEnrolmentsError);
    expect(error).toMatchObject({ code, details, ...(code === 'repository_failed' && { cause: host }) });
    world.memory.catalog.load = load;
    expect(await world.snapshot()).toEqual(before);
    expect(world.writes().filter((method) => method !== 'catalog.commit')).toEqual([]);
    if (!arrange) expect(await rejection(world.engine.preview([...good, edit]))).toMatchObject({ code, details });
  });

  it('an error during a batch leaves that batch unchanged, and the work to settle', async () => {
    const world = await fresh();
    failing('enrolments.write')(world);
    const error = await rejection(world.engine.apply(unlink('Bristol-c1')));
    expect(error).toMatchObject({ code: 'repository_failed', details: { method: 'enrolments.write' }, cause: host });
    expect(await world.held()).toHaveLength(3);
    world.forget();
    await world.engine.settle();
    expect(await world.held()).toEqual([]);
  });
});
