import { describe, expect, it } from 'vitest';
import { all, any, type Edit, field, not, type Plan } from '../../src/index.js';
import { at, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const profile = all(any(field('site').in(['Bristol', 'Leeds']), field('grade').gte(3)), not(field('left').blank()));
const edits = [segment('Leeds'), link('Leeds', 'c2', profile), unlink('Bristol-c1'), link('Bristol', 'c3')];

async function fresh(): Promise<{ readonly world: World; readonly plan: Plan }> {
  const learners = [...at('Bristol', ...numbered(3)), { id: 'm', profile: { site: 'Leeds', left: '2026-01-01' } }];
  const world = await worldOf(learners, [segment('Bristol'), link('Bristol', 'c1')]);
  return { world, plan: await world.engine.preview(edits) };
}

const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The same JSON with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

const passages: { readonly [name: string]: (plan: Plan) => Plan } = {
  'as it is': (plan) => plan,
  'through JSON': copied,
  'through JSON with its keys in another order': (plan) => reversed(copied(plan)) as Plan,
  'with keys of a later version': (plan) => ({ ...copied(plan), undoes: 'o', later: [{ limit: 'archives' }] }),
  'with one more and one less count': ({ summary: { kept: _, ...counts }, ...plan }) =>
    ({ ...plan, summary: { ...counts, restored: 0 } }) as never,
  'with an unknown kind of what is blocked': (plan) =>
    ({ ...plan, summary: { ...plan.summary, blocked: [{ kind: 'paused-catalog', reason: 'Audit.' }] } }) as never,
  'without a summary': ({ summary: _, ...plan }) => plan as never,
};

const stale = (changed: 'catalog' | 'diff', plan: Plan) =>
  expect.objectContaining({
    code: 'plan_stale',
    details: expect.objectContaining({ changed, planned: plan.fingerprint }),
  });

describe('a plan', () => {
  it('a plan is plain JSON that loses nothing when it is serialised', async () => {
    const { plan } = await fresh();
    expect(copied(plan)).toEqual(plan);
    expect(plan.edits).toEqual(edits);
  });

  it.each(Object.keys(passages))('a plan is applied exactly as previewed: %s', async (name) => {
    const { world, plan } = await fresh();
    const outcome = await world.engine.apply(passages[name]!(plan));
    expect(outcome).toEqual({
      ...{ revision: plan.revision + 1, summary: plan.summary, outstanding: [] },
      operation: expect.any(String),
    });
    expect(await world.held()).toEqual([
      'l00/c3/Bristol-c3',
      'l01/c3/Bristol-c3',
      'l02/c3/Bristol-c3',
      'm/c2/Leeds-c2',
    ]);
  });

  it('a plan has the same fingerprint whatever the order of keys in its edits', async () => {
    const { world, plan } = await fresh();
    const other = await world.engine.preview(reversed(edits) as typeof edits);
    expect(other.fingerprint).toBe(plan.fingerprint);
  });

  it('a plan of edits that change nothing commits nothing', async () => {
    const { world } = await fresh();
    const plan = await world.engine.preview(segment('Bristol'));
    expect(await world.engine.apply(plan)).toEqual({ revision: 1, summary: plan.summary, outstanding: [] });
    expect(world.writes()).toEqual([]);
  });

  const moves: { readonly [name: string]: readonly ['catalog' | 'diff', (world: World) => Promise<unknown>] } = {
    'another edit was applied': ['catalog', (world) => world.other().apply(segment('York'))],
    'the same plan was applied before': ['catalog', (world) => world.other().apply(edits)],
    'a learner joined': ['diff', (world) => world.host.saveLearners(at('Bristol', 'new'))],
    'a learner left and was evaluated': [
      'diff',
      async (world) => {
        await world.host.deleteLearners(['l01']);
        await world.other().learnersChanged(['l01']);
      },
    ],
    'a record was completed, and would be archived': [
      'diff',
      (world) => world.host.recordTraining('l00', 'c1', 'completed'),
    ],
    'a learner was enrolled individually, and would be kept': [
      'diff',
      (world) => world.host.enrolIndividually('l00', 'c1'),
    ],
  };

  it.each(Object.keys(moves))('a plan is stale, and changes nothing, once %s', async (name) => {
    const { world, plan } = await fresh();
    const [changed, move] = moves[name]!;
    await move(world);
    const before = await world.snapshot();
    expect(await rejection(world.engine.apply(plan))).toEqual(stale(changed, plan));
    expect(await world.snapshot()).toEqual(before);
    expect([...world.writes(), ...world.locked()]).toEqual([]);
  });

  const unreadable: { readonly [name: string]: (plan: Plan) => object } = {
    'whose format is missing': ({ format: _, ...plan }) => plan,
    'whose format is a later one': (plan) => ({ ...plan, format: 2 }),
    'with an edit of an unknown type': (plan) => ({ ...plan, edits: [...plan.edits, { type: 'pause' }] }),
    'whose edits have another name': ({ edits: steps, ...plan }) => ({ ...plan, steps }),
  };

  it.each(Object.keys(unreadable))('a plan %s is stale, and changes nothing', async (name) => {
    const { world, plan } = await fresh();
    const before = await world.snapshot();
    const error = await rejection(world.engine.apply(copied(unreadable[name]!(plan)) as Plan));
    expect(error).toMatchObject({ code: 'plan_stale', details: { changed: 'format', planned: plan.fingerprint } });
    expect(await world.snapshot()).toEqual(before);
    expect([...world.writes(), ...world.locked()]).toEqual([]);
  });

  it('a plan is stale once a field of its rules has another type, and the cause lists the problem', async () => {
    const { world, plan } = await fresh();
    await world.host.saveFields([{ id: 'site', type: 'number' }]);
    const error = await rejection(world.engine.apply(plan));
    expect(error).toEqual(stale('diff', plan));
    expect(error).toMatchObject({ cause: { code: 'invalid_input' } });
    expect(await rejection(world.engine.preview(plan.edits as Edit[]))).toMatchObject({ code: 'invalid_input' });
  });

  it('the error of a stale plan has the current fingerprint, so that the plan can be shown again', async () => {
    const { world, plan } = await fresh();
    await world.host.saveLearners(at('Bristol', 'new'));
    const now = await world.engine.preview(edits);
    expect(await rejection(world.engine.apply(plan))).toMatchObject({ details: { found: now.fingerprint } });
  });

  it('a plan is stale, and not retried, if another commit happens while it is checked', async () => {
    const { world, plan } = await fresh();
    world.before('catalog.commit', () => world.other().apply(segment('York')));
    expect(await rejection(world.engine.apply(plan))).toEqual(stale('catalog', plan));
    expect(world.of('catalog.commit')).toHaveLength(1);
    expect(await world.held()).toEqual(['l00/c1/Bristol-c1', 'l01/c1/Bristol-c1', 'l02/c1/Bristol-c1']);
  });

  const tampered: { readonly [name: string]: (plan: Plan) => Plan } = {
    'an edit left out': (plan) => ({ ...plan, edits: plan.edits.slice(0, -1) }),
    'an edit put in': (plan) => ({ ...plan, edits: [...plan.edits, segment('York')] }),
    'edits in another order': (plan) => ({ ...plan, edits: [...plan.edits].reverse() }),
    'a rule widened': (plan) => ({ ...plan, edits: [segment('Leeds', { everyone: true }), ...plan.edits.slice(1)] }),
    'a title changed': (plan) => ({
      ...plan,
      edits: [{ type: 'saveSegment', segment: { id: 'Leeds', title: 'L', rule: null } }, ...plan.edits.slice(1)],
    }),
    'another fingerprint': (plan) => ({ ...plan, fingerprint: plan.fingerprint.replace(/^./, 'x') }),
  };

  it.each(Object.keys(tampered))('a plan that was tampered with is rejected and changes nothing: %s', async (name) => {
    const { world, plan } = await fresh();
    const before = await world.snapshot();
    expect(await rejection(world.engine.apply(tampered[name]!(plan)))).toMatchObject({ code: 'plan_stale' });
    expect(await world.snapshot()).toEqual(before);
    expect(world.writes()).toEqual([]);
  });
});
