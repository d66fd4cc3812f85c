import { describe, expect, it } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import { compile } from '../../src/catalog/compile.js';
import type { Catalog } from '../../src/model/catalog.js';
import type { Learner } from '../../src/model/learner.js';
import { diff } from '../../src/reconcile/diff.js';
import { all, everyone, field } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from '../catalog/catalog-of.js';
import { type Parts, placed, stateOf } from './state-of.js';

const catalog = catalogOf({
  fields: [{ id: 'x', type: 'text' }],
  courses: [course('c'), course('shut', 'open'), course('d')],
  segments: [segment('s'), segment('broken', field('y').blank()), segment('all', everyone)],
  links: [
    link('open', 's', 'c'),
    link('inert', 's', 'shut'),
    link('broken', 'broken', 'c'),
    link('both', 'broken', 'shut'),
    link('fields', 's', 'd', field('y').blank()),
  ],
});
const matcher = compile(catalog);

/** A learner's changes as text, and the blocked as kind and id. */
function look(parts: Parts, of = matcher) {
  const { diffs, blocked } = diff(of, [stateOf('a', parts)]);
  return {
    changes: diffs.flatMap(({ assigned, released }) => [
      ...assigned.map(({ courseId, linkId }) => `+${courseId}/${linkId}`),
      ...released.map(({ courseId, linkId, cause }) => `-${courseId}/${linkId} ${cause}`),
    ]),
    blocked: blocked.map((one) => `${one.kind} ${blockedId(one)}`),
  };
}
const frozenLinks = [
  'broken-link both',
  'inert-link both',
  'broken-link broken',
  'broken-link fields',
  'inert-link inert',
];

describe('§6 a frozen link', () => {
  it.each<[string, Parts, string[]]>([
    ['gains no learner', { learner: placed('s', 'broken') }, ['+c/open']],
    ['keeps the members of its segment', { learner: placed('s'), held: ['c/open', 'shut/inert', 'd/fields'] }, []],
    ['keeps learners who left its segment', { held: ['shut/inert', 'c/broken', 'd/fields', 'shut/both'] }, []],
    ['keeps a learner who no longer exists', { learner: null, held: ['shut/inert', 'c/broken'] }, []],
    ['keeps while others release', { held: ['c/broken', 'c/open'] }, ['-c/open left-segment']],
    ['releases once it is unlinked', { held: ['shut/gone', 'c/gone'] }, ['-c/gone unlinked', '-shut/gone unlinked']],
  ])('a frozen link %s, and is always listed', (_, parts, changes) => {
    expect(look(parts)).toEqual({ changes, blocked: frozenLinks });
  });

  it('a frozen link is listed even if no learner is evaluated', () => {
    expect(diff(matcher, []).blocked.map((one) => `${one.kind} ${blockedId(one)}`)).toEqual(frozenLinks);
  });

  it('a frozen link still holds its course when another link releases it', () => {
    const [change] = diff(matcher, [stateOf('a', { held: ['c/broken', 'c/open'] })]).diffs;
    expect(change).toMatchObject({ unenrolled: [], kept: [{ courseId: 'c', by: ['broken'], individual: false }] });
  });

  it('a frozen link already holds its course when another link starts to', () => {
    const [change] = diff(matcher, [stateOf('a', { learner: placed('s'), held: ['c/broken'] })]).diffs;
    expect(change).toMatchObject({ assigned: [{ linkId: 'open' }], enrolled: [], kept: [] });
  });

  it('§7.13 a link brings its audience in line once it thaws', () => {
    const courses = [course('c'), course('shut'), course('d')];
    const fields = [...catalog.fields!, { id: 'y', type: 'text' } as const];
    const thawed = compile({ ...catalog, courses, fields });
    expect(look({ learner: { profile: { y: 'z' } }, held: ['shut/inert', 'c/broken'] }, thawed)).toEqual({
      changes: ['-c/broken left-segment', '-shut/inert left-segment'],
      blocked: [],
    });
    expect(look({ learner: placed('s') }, thawed).changes).toHaveLength(5);
  });

  it('a link is frozen by the rule of its segment even for hand-placed learners', () => {
    expect(look({ learner: placed('broken') }).changes).toEqual([]);
  });
});

const open: Partial<Catalog> = {
  segments: [segment('s'), segment('all', everyone), segment('x', field('x').equals('1'))],
  links: [link('1', 's', 'c'), link('2', 'all', 'd'), link('3', 'x', 'c')],
  fields: [{ id: 'x', type: 'text' }],
};

describe('§6 an invalid learner', () => {
  const wrong = (more: object): Omit<Learner, 'id'> => ({ profile: { x: 7 }, ...more });

  it.each<[string, Parts]>([
    ['gains nothing', { learner: wrong({ segments: ['s'] }) }],
    ['keeps what their segments give', { learner: wrong({}), held: ['c/1', 'c/3', 'd/2'] }],
    ['keeps assignments of deleted links', { learner: wrong({}), held: ['c/gone'], training: ['c/completed'] }],
    ['is invalid rather than inactive', { learner: wrong({ active: false }), held: ['c/gone'] }],
    ['would not change anyway', { learner: wrong({ segments: [] }), held: ['d/2'] }],
    ['has no profile at all', { learner: { profile: null } as unknown as Learner, held: ['c/1'] }],
  ])('an invalid learner %s, and is reported in every evaluation', (_, parts) => {
    for (const inactive of ['freeze', 'unenrol'] as const) {
      const of = compile(catalogOf(open), { inactive });
      expect(look(parts, of)).toEqual({ changes: [], blocked: ['invalid-learner a'] });
    }
  });

  it('the reason for an invalid learner shows no value', () => {
    const { blocked } = diff(compile(catalogOf(open)), [stateOf('a', { learner: { profile: { x: true } } })]);
    expect(blocked).toEqual([
      {
        kind: 'invalid-learner',
        learnerId: 'a',
        reason: 'Profile field "x" is declared as text but holds a boolean.',
      },
    ]);
  });

  it('an invalid learner does not freeze other learners', () => {
    const states = [stateOf('a', { learner: wrong({}) }), stateOf('b', { learner: placed('s') })];
    expect(diff(compile(catalogOf(open)), states).diffs.map(({ learnerId }) => learnerId)).toEqual(['b']);
  });
});

describe('§6 an inactive learner', () => {
  const inactive = (...segments: string[]): Omit<Learner, 'id'> => ({ ...placed(...segments), active: false });
  const freeze = compile(catalogOf(open));
  const unenrol = compile(catalogOf(open), { inactive: 'unenrol' });

  it.each<[string, Parts, string[], string[]]>([
    ['joins', { learner: inactive('s'), held: ['d/2'] }, ['inactive-learner a'], ['-d/2 left-segment']],
    [
      'leaves',
      { learner: inactive(), held: ['c/1', 'd/2'] },
      ['inactive-learner a'],
      ['-c/1 left-segment', '-d/2 left-segment'],
    ],
    ['stays', { learner: inactive('s'), held: ['c/1', 'd/2'] }, [], ['-c/1 left-segment', '-d/2 left-segment']],
    [
      'holds a deleted link',
      { learner: inactive(), held: ['d/2', 'c/gone'] },
      ['inactive-learner a'],
      ['-c/gone unlinked', '-d/2 left-segment'],
    ],
    ['would start', { learner: inactive('s') }, ['inactive-learner a'], []],
  ])(
    'an inactive learner %s: frozen and reported if a change is withheld, or outside every audience',
    (_, parts, blocked, changes) => {
      expect(look(parts, freeze)).toEqual({ changes: [], blocked });
      expect(look(parts, unenrol)).toEqual({ changes, blocked: [] });
    },
  );

  it('under the unenrol policy, an inactive learner leaves the audience of everyone and keeps their records', () => {
    const state = stateOf('a', { learner: inactive(), held: ['d/2'], training: ['d/completed'] });
    expect(diff(unenrol, [state]).diffs[0]!.unenrolled).toEqual([
      { courseId: 'd', training: 'keep', cause: 'left-segment' },
    ]);
  });

  it('an inactive learner is reported with a reason', () => {
    const { blocked } = diff(freeze, [stateOf('a', { learner: inactive() })]);
    expect(blocked).toEqual([
      {
        kind: 'inactive-learner',
        learnerId: 'a',
        reason: 'The learner is inactive, so their changes are withheld.',
      },
    ]);
  });

  it.each([true, undefined])('a learner whose "active" is %s is not inactive', (active) => {
    const learner = { profile: {}, ...(active === undefined ? {} : { active }) };
    expect(look({ learner }, freeze).changes).toEqual(['+d/2']);
  });

  it('under the unenrol policy, an inactive learner keeps the assignments of frozen links', () => {
    const of = compile(catalog, { inactive: 'unenrol' });
    expect(look({ learner: inactive('s'), held: ['c/broken', 'c/open'] }, of).changes).toEqual([
      '-c/open left-segment',
    ]);
  });
});

describe('§6 blocked learners', () => {
  it('blocked learners follow blocked links, in order of code points of their ids', () => {
    const broken = compile(catalogOf({ ...open, links: [...open.links!, link('z', 'x', 'e', all())] }));
    const ids = ['\u{10000}', '\uffff', 'b', 'a'];
    const states = ids.map((id, i) =>
      stateOf(id, { learner: i % 2 ? { profile: { x: 1 } } : { profile: {}, active: false } }),
    );
    expect(diff(broken, states).blocked.map((one) => `${one.kind} ${blockedId(one)}`)).toEqual([
      'broken-link z',
      'invalid-learner a',
      'inactive-learner b',
      'invalid-learner \uffff',
      'inactive-learner \u{10000}',
    ]);
  });
});
