import { describe, expect, it } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import { type Edit, field, type Learner, type Outcome } from '../../src/index.js';
import { at, link, numbered, placed, segment, unlink, type World, worldOf } from './world.js';

const standing = [segment('Bristol'), placed('team'), link('Bristol', 'c1'), link('Bristol', 'c2'), link('team', 'c3')];
const old: Edit[] = [
  { type: 'saveSegment', segment: { id: 'old', title: 'Old', rule: field('grade').gte(3) } },
  link('old', 'c1'),
];

/** c2 is inert, and old-c1 is broken: the host no longer declares the grade. */
async function fresh(learners: readonly Learner[] = [], inactive?: 'unenrol'): Promise<World> {
  const people = [...at('Bristol', ...numbered(3)), { id: 'senior', profile: { grade: 4 } }, ...learners];
  const world = await worldOf(people, [...standing, ...old], { batchSize: 2, ...(inactive && { inactive }) });
  await world.host.saveCourses([{ id: 'c2', enrolmentMethod: 'self' }]);
  await world.host.saveFields([{ id: 'site', type: 'text' }]);
  return world;
}

const shown = ({ summary }: Pick<Outcome, 'summary'>) => summary.blocked.map((one) => `${one.kind} ${blockedId(one)}`);
const everyLink = ['inert-link Bristol-c2', 'broken-link old-c1'].sort();
const idle = numbered(5, 'i').map((id) => ({ id, profile: { site: 'Bristol' }, active: false }));

describe('frozen links', () => {
  const reach: { readonly [name: string]: readonly [(world: World) => Promise<Pick<Outcome, 'summary'>>, string[]] } = {
    'a reconcile': [({ engine }) => engine.reconcile(), everyLink],
    'a reconcile of a course': [({ engine }) => engine.reconcile({ courses: ['c2'] }), ['inert-link Bristol-c2']],
    'a reconcile of no learners': [({ engine }) => engine.reconcile({ after: 'zz' }), everyLink],
    'a notice': [({ engine }) => engine.learnersChanged(['l00']), everyLink],
    'a notice of no learners': [({ engine }) => engine.learnersChanged([]), everyLink],
    'a preview of learners': [({ engine }) => engine.previewLearners({ learners: at('York', 'l00') }), everyLink],
    'an edit on their courses': [({ engine }) => engine.apply(link('team', 'c1')), ['broken-link old-c1']],
    'a preview of an edit on their courses': [
      ({ engine }) => engine.preview(link('team', 'c1')),
      ['broken-link old-c1'],
    ],
    'an edit elsewhere': [({ engine }) => engine.apply(unlink('team-c3')), []],
  };
  it.each(Object.keys(reach))(
    'frozen links in the scope of %s are listed once, whichever learners are evaluated',
    async (name) => {
      const [run, expected] = reach[name]!;
      const { summary } = await run(await fresh());
      expect(shown({ summary }).sort()).toEqual(expected);
      expect(summary.blockedTotal).toBe(expected.length);
      for (const { reason } of summary.blocked) expect(reason).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('frozen links keep the learners they hold and enrol no others, until they thaw', async () => {
    const world = await fresh();
    await world.host.saveLearners([...at('York', 'l00'), ...at('Bristol', 'new')]);
    await world.host.deleteLearners(['l01']);
    await world.engine.reconcile();
    const held = async () => (await world.held()).filter((row) => row.includes('/c2/')).map((row) => row.split('/')[0]);
    expect(await held()).toEqual(['l00', 'l01', 'l02']);
    await world.host.saveCourses([{ id: 'c2', enrolmentMethod: 'by-assignment-only' }]);
    expect(shown(await world.engine.reconcile())).toEqual(['broken-link old-c1']);
    expect(await held()).toEqual(['l02', 'new']);
  });

  it.each(['Bristol-c2', 'old-c1'])('a frozen link releases its learners when it is removed: %s', async (id) => {
    const world = await fresh();
    const { summary } = await world.engine.apply(unlink(id));
    expect(summary.released).toBe(id === 'old-c1' ? 1 : 3);
    expect((await world.held()).filter((row) => row.endsWith(`/${id}`))).toEqual([]);
  });
});

describe('frozen learners', () => {
  it('frozen learners keep what they hold, gain nothing, and are listed once although both passes of an edit evaluate them', async () => {
    const world = await fresh(idle.map((learner) => ({ ...learner, active: true })));
    await world.host.saveLearners(idle);
    const wider = [segment('Bristol', { everyone: true }), link('Bristol', 'c3')];
    const plan = await world.engine.preview(wider);
    expect(plan.summary.blocked.filter(({ kind }) => kind === 'inactive-learner')).toHaveLength(5);
    const { summary } = await world.engine.apply(wider);
    expect(summary).toEqual(plan.summary);
    expect(summary).toMatchObject({ learners: 4, blockedTotal: 5 + 2 });
    expect((await world.held()).filter((row) => row.startsWith('i') && row.includes('/c3/'))).toEqual([]);
  });

  it('inactive learners are listed only if a change was withheld', async () => {
    const world = await fresh([idle[0]!]);
    const names = async () => shown(await world.engine.learnersChanged(['i00'])).filter((name) => /learner/.test(name));
    expect(await names()).toEqual(['inactive-learner i00']);
    await world.host.saveLearners([{ ...idle[0]!, profile: { site: 'York' } }]);
    expect(await names()).toEqual([]);
  });

  it('malformed learners are listed whenever they are evaluated, and never with their values', async () => {
    const world = await fresh();
    await world.host.saveLearners([{ id: 'l00', profile: { site: 4711 } }]);
    const runs = [
      () => world.engine.learnersChanged(['l00', 'l00']),
      () => world.engine.reconcile(),
      () => world.engine.apply(unlink('Bristol-c1')),
    ];
    for (const run of runs) {
      const { summary } = await run();
      const listed = summary.blocked.filter((one) => blockedId(one) === 'l00');
      expect(listed).toMatchObject([{ kind: 'invalid-learner', reason: expect.stringContaining('site') }]);
      expect(JSON.stringify(summary)).not.toContain('4711');
    }
    expect((await world.held()).filter((row) => row.startsWith('l00'))).toEqual([
      'l00/c1/Bristol-c1',
      'l00/c2/Bristol-c2',
    ]);
  });

  it('frozen learners are settled when they thaw, even for links that were removed in the meantime', async () => {
    const world = await fresh([{ ...idle[0]!, active: true }]);
    await world.host.saveLearners([idle[0]!]);
    await world.engine.apply(unlink('Bristol-c1'));
    expect(await world.held()).toContain('i00/c1/Bristol-c1');
    await world.host.saveLearners([{ ...idle[0]!, active: true }]);
    const { summary } = await world.engine.learnersChanged(['i00']);
    expect(summary).toMatchObject({ released: 1, unenrolled: 1 });
    expect(await world.held()).not.toContain('i00/c1/Bristol-c1');
  });

  it('inactive learners are in no audience with the option inactive: unenrol', async () => {
    const world = await fresh([{ ...idle[0]!, active: true }], 'unenrol');
    await world.host.saveLearners([idle[0]!]);
    const { summary } = await world.engine.learnersChanged(['i00']);
    expect(summary).toMatchObject({ released: 1, blockedTotal: 2 });
    expect(await world.held()).toContain('i00/c2/Bristol-c2');
  });

  it('blocked learners after the first hundred are counted and not listed', async () => {
    const many = numbered(150, 'i').map((id) => ({ id, profile: { site: 'Bristol' }, active: false }));
    const { summary } = await (await fresh(many)).engine.reconcile();
    expect(summary.blocked).toHaveLength(100);
    expect(summary.blockedTotal).toBe(152);
    expect(shown({ summary }).slice(0, 3)).toEqual([
      'inert-link Bristol-c2',
      'broken-link old-c1',
      'inactive-learner i00',
    ]);
  });
});
