import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import type { Explanation } from '../../src/model/diff.js';
import type { Learner } from '../../src/model/learner.js';
import { explain } from '../../src/reconcile/explain/explain.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from '../catalog/catalog-of.js';
import { type Parts, placed, stateOf } from './state-of.js';

const site = field('site').equals('Bristol');
const old = field('age').gte(40);
const catalog = catalogOf({
  fields: [
    { id: 'site', type: 'text' },
    { id: 'age', type: 'number' },
  ],
  courses: [course('c'), course('d'), course('shut', 'open'), course('all')],
  segments: [segment('s', site), segment('hand'), segment('b', field('gone').blank()), segment('everyone', everyone)],
  links: [
    link('1', 's', 'c'),
    link('2', 'hand', 'c', any(old, inSegment('s'))),
    link('3', 'b', 'd'),
    link('4', 's', 'shut'),
    link('5', 'everyone', 'all'),
  ],
});
const matcher = compile(catalog);
const bristol: Omit<Learner, 'id'> = { profile: { site: 'BRISTOL', age: 20 } };
const [one, two, three, four] = catalog.links;
const [s, hand, b] = catalog.segments;
const ask = (parts: Parts, courseId = 'c', of = matcher): Explanation => explain(of, stateOf('a', parts), courseId);

const siteTrace = (holds: boolean, blank = false) => ({ holds, ...site, blank });
const oldTrace = (holds: boolean, blank = false) => ({ holds, ...old, blank });
const inS = (holds: boolean, blank = false) => ({ holds, segment: 's', placed: false, rule: siteTrace(holds, blank) });
const inHand = (holds: boolean) => ({ holds, segment: 'hand', placed: holds });

describe('§5 the links that hold a learner', () => {
  it('explain lists each link with its segment, why it holds, and what would end it', () => {
    const { text, ...explained } = ask({ learner: { ...bristol, segments: ['hand'] }, held: ['c/2', 'd/3', 'c/1'] });
    expect(explained).toEqual({
      learnerId: 'a',
      courseId: 'c',
      enrolled: true,
      individual: false,
      holds: [
        { linkId: '1', link: one, segment: s, trace: inS(true) },
        {
          linkId: '2',
          link: two,
          segment: hand,
          trace: { holds: true, all: [inHand(true), { holds: true, any: [oldTrace(false), inS(true)] }] },
        },
      ],
      misses: [],
      blocked: [],
      unenrol: {
        allowed: false,
        remedies: [
          { type: 'leave-segment', segmentId: 's' },
          { type: 'leave-segment', segmentId: 'hand' },
          { type: 'unlink', linkId: '1' },
          { type: 'unlink', linkId: '2' },
        ],
      },
    });
  });

  it('explain names a segment once as a remedy, whatever the number of links', () => {
    const twice = compile({ ...catalog, links: [link('1', 's', 'c'), link('6', 's', 'c', old)] });
    expect(ask({ learner: bristol, held: ['c/1', 'c/6'] }, 'c', twice).unenrol.remedies).toEqual([
      { type: 'leave-segment', segmentId: 's' },
      { type: 'unlink', linkId: '1' },
      { type: 'unlink', linkId: '6' },
    ]);
  });

  it.each<[string, Parts, boolean, boolean, unknown[]]>([
    ['an individual enrolment alone can be ended', { individual: ['c'] }, true, true, [{ type: 'individual' }]],
    [
      'an individual enrolment cannot be ended alone while a link holds too',
      { learner: bristol, held: ['c/1'], individual: ['c'] },
      true,
      false,
      [{ type: 'leave-segment', segmentId: 's' }, { type: 'unlink', linkId: '1' }, { type: 'individual' }],
    ],
    [
      'an individual enrolment cannot be ended alone while a deleted link holds too',
      { held: ['c/gone'], individual: ['c'] },
      true,
      false,
      [{ type: 'individual' }],
    ],
    ['a learner who is not enrolled cannot be unenrolled', {}, false, false, []],
    [
      'an individual enrolment on another course does not count',
      { individual: ['d'], held: ['d/3'] },
      false,
      false,
      [],
    ],
  ])('%s', (_, parts, enrolled, allowed, remedies) => {
    const explained = ask(parts);
    expect(explained.enrolled).toBe(enrolled);
    expect(explained.individual).toBe(parts.individual?.includes('c') ?? false);
    expect(explained.unenrol).toEqual({ allowed, remedies });
  });

  it('§7.8 a hold may be of a deleted link, or of a link that is now on another course', () => {
    const { holds, unenrol, enrolled } = ask({ held: ['c/gone', 'c/3'] });
    expect(holds).toEqual([{ linkId: '3' }, { linkId: 'gone' }]);
    expect(enrolled).toBe(true);
    expect(unenrol).toEqual({ allowed: false, remedies: [] });
  });

  it('a hold may be of a link whose audience the learner has left', () => {
    const { holds, misses } = ask({ held: ['c/1'] });
    expect(holds).toEqual([{ linkId: '1', link: one, segment: s, trace: inS(false, true) }]);
    expect(misses.map(({ link: { id } }) => id)).toEqual(['2']);
  });
});

describe('the links that do not hold a learner', () => {
  it('explain lists every other link to the course with the smallest failing part', () => {
    const { holds, misses } = ask({ learner: { profile: { site: 'Leeds', age: 50 } } });
    expect(holds).toEqual([]);
    expect(misses).toEqual([
      { link: one, segment: s, trace: inS(false), failing: [siteTrace(false)] },
      {
        link: two,
        segment: hand,
        trace: { holds: false, all: [inHand(false), { holds: true, any: [oldTrace(true), inS(false)] }] },
        failing: [inHand(false)],
      },
    ]);
  });

  it('no part fails if the next evaluation enrols the learner', () => {
    const { misses, enrolled } = ask({ learner: bristol });
    expect(enrolled).toBe(false);
    expect(misses[0]).toMatchObject({ link: { id: '1' }, failing: [] });
  });

  it('the failing part may be in the rule of the link', () => {
    const [, miss] = ask({ learner: placed('hand') }).misses;
    expect(miss!.failing).toEqual([oldTrace(false, true)]);
  });

  it('the failing part may be in the segment, or in both', () => {
    const both = compile({ ...catalog, links: [link('1', 's', 'c', all(old, not(site)))] });
    const [miss] = ask({}, 'c', both).misses;
    expect(miss!.failing).toEqual([siteTrace(false, true), oldTrace(false, true)]);
  });

  it('a course without links has no misses', () => {
    expect(ask({}, 'nowhere')).toMatchObject({ enrolled: false, holds: [], misses: [], blocked: [] });
  });
});

describe('§6 blocked links and learners', () => {
  it('a broken link holds without a trace, is not a miss, and ends only by unlinking', () => {
    const held = ask({ held: ['d/3'] }, 'd');
    expect(held.holds).toEqual([{ linkId: '3', link: three, segment: b }]);
    expect(held.unenrol.remedies).toEqual([{ type: 'unlink', linkId: '3' }]);
    expect(held.blocked).toMatchObject([{ kind: 'broken-link', linkId: '3' }]);
    expect(ask({}, 'd')).toMatchObject({ misses: [], blocked: [{ kind: 'broken-link', linkId: '3' }] });
  });

  it('a link is broken if its segment is missing', () => {
    const missing = compile({ ...catalog, segments: [] });
    expect(ask({ held: ['c/1'] }, 'c', missing).holds).toEqual([{ linkId: '1', link: one }]);
  });

  it('an inert link has a known audience', () => {
    const held = ask({ learner: bristol, held: ['shut/4'] }, 'shut');
    expect(held.holds).toEqual([{ linkId: '4', link: four, segment: s, trace: inS(true) }]);
    expect(held.unenrol.remedies).toEqual([{ type: 'unlink', linkId: '4' }]);
    expect(ask({ learner: bristol }, 'shut')).toMatchObject({ misses: [], blocked: [{ kind: 'inert-link' }] });
  });

  it('an invalid learner has no traces', () => {
    const { holds, misses, blocked } = ask({ learner: { profile: { age: '50' }, segments: ['hand'] }, held: ['c/1'] });
    expect(blocked).toMatchObject([{ kind: 'invalid-learner', learnerId: 'a' }]);
    expect(holds).toEqual([{ linkId: '1', link: one, segment: s }]);
    expect(misses).toEqual([]);
  });

  it('an inactive learner is blocked if a change on the course is withheld', () => {
    const inactive = { ...bristol, active: false };
    expect(ask({ learner: inactive }).blocked).toMatchObject([{ kind: 'inactive-learner', learnerId: 'a' }]);
    expect(ask({ learner: inactive }).misses[0]).toMatchObject({ failing: [], trace: { holds: true } });
    expect(ask({ learner: inactive, held: ['c/1'] }).blocked).toEqual([]);
  });

  it('only links and learners that concern the course are blocked', () => {
    expect(ask({}).blocked).toEqual([]);
  });
});

describe('§7.12 a learner who no longer exists', () => {
  it('a learner who no longer exists is held without a trace and has no misses', () => {
    const { holds, misses, blocked } = ask({ learner: null, held: ['c/1'] });
    expect(holds).toEqual([{ linkId: '1', link: one, segment: s }]);
    expect(misses).toEqual([]);
    expect(blocked).toEqual([]);
    expect(ask({ learner: null }, 'all').misses).toEqual([]);
  });
});

describe('§5 remedies', () => {
  const away = { learner: { ...bristol, active: false } };
  const unlinking = (linkId: string) => ({ type: 'unlink', linkId });
  const leaving = { type: 'leave-segment', segmentId: 's' };

  it.each<[string, Explanation, unknown[]]>([
    ['unlinking, for a learner no longer in the audience', ask({ held: ['c/1'] }), [unlinking('1')]],
    [
      'unlinking, for an inert link whose audience the learner left',
      ask({ held: ['shut/4'] }, 'shut'),
      [unlinking('4')],
    ],
    ['unlinking, for a learner who no longer exists', ask({ learner: null, held: ['c/1'] }), [unlinking('1')]],
    ['empty, for a learner who no longer exists and a deleted link', ask({ learner: null, held: ['c/9'] }), []],
    ['both, for an inactive learner', ask({ ...away, held: ['c/1'] }), [leaving, unlinking('1')]],
    ['empty, for an inactive learner whose link was deleted', ask({ ...away, held: ['c/9'] }), []],
    [
      'leaving the one segment they are still in',
      ask({ learner: { ...bristol, profile: { site: 'Leeds', age: 50 }, segments: ['hand'] }, held: ['c/1', 'c/2'] }),
      [{ type: 'leave-segment', segmentId: 'hand' }, unlinking('1'), unlinking('2')],
    ],
  ])('the remedies are %s', (_, { unenrol }, remedies) => {
    expect(unenrol).toEqual({ allowed: false, remedies });
  });

  it('§6 explain shows holds and misses of an inactive learner under the unenrol policy', () => {
    const unenrol = compile(catalog, { inactive: 'unenrol' });
    const holds = [{ linkId: '1', link: one, segment: s, trace: inS(true) }];
    const released = ask({ ...away, held: ['c/1'] }, 'c', unenrol);
    expect(released).toMatchObject({ holds, blocked: [], unenrol: { allowed: false } });
    expect(released.unenrol.remedies).toEqual([unlinking('1')]);
    expect(ask({ learner: bristol, held: ['c/1'] }, 'c', unenrol).unenrol.remedies).toEqual([leaving, unlinking('1')]);
    const missed = ask(away, 'c', unenrol);
    expect(missed).toMatchObject({ enrolled: false, blocked: [], unenrol: { allowed: false, remedies: [] } });
    expect(missed.misses.map(({ failing }) => failing)).toEqual([[], [inHand(false)]]);
  });
});

describe('an explanation', () => {
  it('an explanation is plain JSON', () => {
    const explained = ask({ learner: { ...bristol, segments: ['hand'] }, held: ['c/1', 'c/gone'], individual: ['c'] });
    expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
  });

  it('an explanation never contains a value of the profile', () => {
    const secrets = { site: 'secret', age: 987_654, other: 'secret' };
    for (const profile of [secrets, { ...secrets, age: 'secret' }, { ...secrets, site: ['secret', 'Bristol'] }]) {
      for (const courseId of ['c', 'd', 'shut', 'all']) {
        const json = JSON.stringify(ask({ learner: { profile }, held: ['c/1', 'shut/4', 'd/3'] }, courseId));
        expect(json).not.toMatch(/secret|987654/u);
      }
    }
  });
});
