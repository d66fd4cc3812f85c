import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import type { Rule } from '../../src/model/rule.js';
import { explain } from '../../src/reconcile/explain.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from '../catalog/catalog-of.js';
import { type Parts, placed, stateOf } from './state-of.js';

const site = field('site').equals('Bristol');
const catalog = catalogOf({
  courses: [{ ...course('c'), title: 'First aid' }, course('shut', 'open'), course('alone'), course('all')],
  segments: [segment('s', site), segment('hand'), segment('all', everyone)],
  links: [link('1', 's', 'c'), link('2', 'hand', 'shut'), link('3', 'hand', 'all', site)],
});
const bristol = { profile: { site: 'Bristol' } };
const text = (parts: Parts, courseId = 'c', inactive: 'freeze' | 'unenrol' = 'freeze') =>
  explain(compile(catalog, { inactive }), stateOf('a', parts), courseId).text;
const rule = 'Nobody can be unenrolled one by one from a smart enrolment';

describe('the paragraph of an explanation', () => {
  it.each<[string, string, string]>([
    [
      'held',
      text({ learner: bristol, held: ['c/1'] }),
      `Learner "a" is enrolled on course "First aid". Link "1" holds them on it, for segment "S": the profile satisfies "site" equals "Bristol". ${rule}; what ends it is to take the learner out of segment "S", or remove link "1", which unenrols its whole segment.`,
    ],
    [
      'held by hand, with a profile',
      text({ learner: { ...bristol, segments: ['hand'] }, held: ['all/3'] }, 'all'),
      `Learner "a" is enrolled on course "all". Link "3" holds them on it, for segment "HAND": the learner was placed in it by hand, and the profile satisfies "site" equals "Bristol". ${rule}; what ends it is to take the learner out of segment "HAND", or remove link "3", which unenrols its whole segment.`,
    ],
    [
      'missed',
      text({}),
      'Learner "a" is not enrolled on course "First aid". Link "1", for segment "S", does not hold them on it: the learner would need "site" equals "Bristol".',
    ],
    [
      'missed by hand and profile',
      text({}, 'all'),
      'Learner "a" is not enrolled on course "all". Link "3", for segment "HAND", does not hold them on it: the learner would need to be placed in "hand" and "site" equals "Bristol".',
    ],
    [
      'about to be held',
      text({ learner: bristol }),
      'Learner "a" is not enrolled on course "First aid". Link "1", for segment "S", does not hold them on it, although its rules are satisfied: the next look at the learner enrols them.',
    ],
    [
      'about to be released',
      text({ held: ['c/1'] }),
      `Learner "a" is enrolled on course "First aid". Link "1" holds them on it, for segment "S", although the learner is not in its audience: the next look at the learner releases them. ${rule}; what ends it is to remove link "1", which unenrols its whole segment.`,
    ],
    [
      'held by a link that is gone',
      text({ held: ['alone/9'] }, 'alone'),
      `Learner "a" is enrolled on course "alone". Link "9" still holds them on it although the link is gone: the next look at the learner releases them. ${rule}.`,
    ],
    [
      'enrolled individually',
      text({ individual: ['alone'] }, 'alone'),
      'Learner "a" is enrolled on course "alone". An individual enrolment holds them on it, which smart enrolment never touches.',
    ],
    [
      'linked by nothing',
      text({}, 'alone'),
      'Learner "a" is not enrolled on course "alone". No link to the course could enrol them.',
    ],
    [
      'unknown course',
      text({}, 'nowhere'),
      'Learner "a" is not enrolled on course "nowhere". No link to the course could enrol them.',
    ],
    [
      'frozen link',
      text({ learner: placed('hand'), held: ['shut/2'] }, 'shut'),
      `Learner "a" is enrolled on course "shut". Link "2" holds them on it, for segment "HAND": the learner was placed in it by hand. Link "2" is frozen: Course "shut" has the enrolment method "open" and is no longer by assignment only. ${rule}; what ends it is to remove link "2", which unenrols its whole segment.`,
    ],
    [
      'frozen link that misses',
      text({}, 'shut'),
      'Learner "a" is not enrolled on course "shut". Link "2" is frozen: Course "shut" has the enrolment method "open" and is no longer by assignment only.',
    ],
    [
      'inactive and frozen',
      text({ learner: { ...bristol, active: false } }),
      'Learner "a" is not enrolled on course "First aid". The learner is frozen, keeps what they hold and gains nothing. Link "1", for segment "S", does not hold them on it, although its rules are satisfied: it would if they were active.',
    ],
    [
      'vanished',
      text({ learner: null }, 'alone'),
      'Learner "a" is not enrolled on course "alone". The host has no learner of this id, who is outside every audience. No link to the course could enrol them.',
    ],
    [
      'vanished and held',
      text({ learner: null, held: ['c/1'] }),
      `Learner "a" is enrolled on course "First aid". The host has no learner of this id, who is outside every audience. Link "1" holds them on it, for segment "S": the next look at the learner releases them. ${rule}; what ends it is to remove link "1", which unenrols its whole segment.`,
    ],
    [
      'malformed',
      text({ learner: { profile: { site: {} as string } } }),
      'Learner "a" is not enrolled on course "First aid". The learner is frozen, keeps what they hold and gains nothing. The learner\'s row is malformed, so nothing changes for them: Its profile field "site" holds an object.',
    ],
  ])('of somebody %s', (_, told, expected) => {
    expect(told).toBe(expected);
  });

  it.each<[string, string, string]>([
    [
      'inactive and frozen, whose link is gone',
      text({ learner: { ...bristol, active: false }, held: ['alone/9'] }, 'alone'),
      'although the link is gone: it stays while this is frozen. Nobody can be unenrolled one by one from a smart enrolment; what ends it is first to thaw the learner, by mending their row or activating them.',
    ],
    [
      'inactive and frozen, and no longer in the audience',
      text({ learner: { profile: {}, active: false }, held: ['c/1'] }),
      'although the learner is not in its audience: it stays while this is frozen. Nobody can be unenrolled one by one from a smart enrolment; what ends it is first to thaw the learner, by mending their row or activating them, and then to remove link "1", which unenrols its whole segment.',
    ],
    [
      'held by a frozen link, and no longer in its audience',
      text({ held: ['shut/2'] }, 'shut'),
      'although the learner is not in its audience: it stays while this is frozen.',
    ],
    [
      'malformed, who is held',
      text({ learner: { profile: { site: {} as string } }, held: ['c/1'] }),
      'gains nothing. Link "1" holds them on it, for segment "S". The learner\'s row is malformed, so nothing changes for them: Its profile field "site" holds an object. Nobody can be unenrolled one by one from a smart enrolment; what ends it is first to thaw the learner, by mending their row or activating them, and then to',
    ],
    [
      'who vanished, held by a frozen link',
      text({ learner: null, held: ['shut/2'] }, 'shut'),
      'Link "2" holds them on it, for segment "HAND": it stays while this is frozen. Link "2" is frozen:',
    ],
    [
      'who vanished as did the link',
      text({ learner: null, held: ['alone/9'] }, 'alone'),
      'although the link is gone: the next look at the learner releases them. Nobody can be unenrolled one by one from a smart enrolment.',
    ],
    [
      'held by two links',
      text({ learner: bristol, held: ['c/1', 'c/9'] }),
      'Link "9" still holds them on it although the link is gone: the next look at the learner releases them.',
    ],
    [
      'inactive and outside, held by a frozen link',
      text({ learner: { ...placed('hand'), active: false }, held: ['shut/2'] }, 'shut', 'unenrol'),
      'for segment "HAND": it stays while this is frozen.',
    ],
    [
      'inactive and outside, who is held',
      text({ learner: { ...bristol, active: false }, held: ['c/1'] }, 'c', 'unenrol'),
      'holds them on it, for segment "S": the next look at the learner releases them.',
    ],
    [
      'held by two links, and individually',
      text({ learner: { ...bristol, segments: ['hand'] }, held: ['c/1', 'c/9'], individual: ['c'] }),
      'what ends it is to take the learner out of segment "S", or remove link "1", which unenrols its whole segment; the individual enrolment would still hold them.',
    ],
  ])('tells the truth of somebody %s', (_, told, expected) => {
    expect(told).toContain(expected);
  });

  it('says what the unenrol policy means for the inactive', () => {
    expect(text({ learner: { ...bristol, active: false } }, 'c', 'unenrol')).toContain(
      'The learner is inactive, and so outside every audience. Link "1", for segment "S", does not hold them on it, although its rules are satisfied: it would if they were active.',
    );
  });
});

it('names every link that has to be let go of', () => {
  const links = [link('1', 's', 'c'), link('2', 'all', 'c')];
  const of = compile({ ...catalog, links });
  expect(explain(of, stateOf('a', { learner: bristol, held: ['c/1', 'c/2'] }), 'c').text).toContain(
    'what ends it is to let go of all that holds it: take the learner out of segment "S", or remove link "1", which unenrols its whole segment; and take the learner out of segment "ALL", or remove link "2", which unenrols its whole segment.',
  );
});

it('tells to leave only the segment that the learner is in', () => {
  const links = [link('1', 's', 'c'), link('2', 'hand', 'c')];
  const of = compile({ ...catalog, links });
  expect(explain(of, stateOf('a', { learner: placed('hand'), held: ['c/1', 'c/2'] }), 'c').text).toContain(
    'what ends it is to let go of all that holds it: remove link "1", which unenrols its whole segment; and take the learner out of segment "HAND", or remove link "2",',
  );
});

it('names a segment that is missing by its id', () => {
  const of = compile({ ...catalog, segments: [] });
  expect(explain(of, stateOf('a', { held: ['c/1'] }), 'c').text).toContain(
    'Link "1" holds them on it, for segment "s". Link "1" is frozen: ',
  );
});

describe('a rule in words', () => {
  const age = field('age').gt(3);
  const told = (own: Rule, learner: Parts['learner'] = bristol) => {
    const segments = [segment('s', own), segment('other', site)];
    const of = compile(catalogOf({ segments, links: [link('1', 's', 'c')] }));
    return explain(of, stateOf('a', { learner, held: ['c/1'] }), 'c').text;
  };
  const missed = (own: Rule) => {
    const of = compile(catalogOf({ segments: [segment('s', own)], links: [link('1', 's', 'c')] }));
    return explain(of, stateOf('a', { learner: bristol }), 'c').text;
  };

  it.each<[Rule, string]>([
    [everyone, 'the rule for everyone'],
    [field('x').blank(), '"x" being blank'],
    [field('site').in(['Bristol', 'Leeds']), '"site" in ["Bristol","Leeds"]'],
    [not(age), 'not ("age" above 3)'],
    [not(any()), 'not (a rule that matches nobody)'],
    [inSegment('other'), 'membership of "other"'],
    [all(site, field('x').blank()), '"site" equals "Bristol" and "x" being blank'],
    [any(site, age), '"site" equals "Bristol" or "age" above 3'],
    [any(site, field('age').lt(3)), '"site" equals "Bristol" or "age" below 3'],
    [any(site, field('age').lte(3)), '"site" equals "Bristol" or "age" at most 3'],
    [any(site, field('age').gte(3)), '"site" equals "Bristol" or "age" at least 3'],
    [field('site').startsWith('Bris'), '"site" starts with "Bris"'],
    [field('site').endsWith('tol'), '"site" ends with "tol"'],
    [field('site').contains('ist'), '"site" contains "ist"'],
    [any(all(site, not(age)), age), '("site" equals "Bristol" and not ("age" above 3)) or "age" above 3'],
    [all(any(site, age), site), '("site" equals "Bristol" or "age" above 3) and "site" equals "Bristol"'],
  ])('%j', (own, words) => {
    expect(told(own)).toContain(`for segment "S": the profile satisfies ${words}. `);
  });

  it('is left to the traces where it is long', () => {
    const long = any(...Array.from({ length: 1_000 }, (_, i) => field('site').contains(`Bristol ${i}`)), site);
    expect(told(long)).toContain('for segment "S": the profile satisfies its rule. ');
    expect(told(long).length).toBeLessThan(500);
    const short = any(...Array.from({ length: 5 }, (_, i) => field('site').contains(`Bristol ${i}`)), site);
    expect(told(short)).toContain('"site" contains "Bristol 4" or "site" equals "Bristol"');
  });

  it('is told up to 300 characters', () => {
    const long = (length: number) => field('site').contains('L'.repeat(length - '"site" contains ""'.length));
    expect(missed(long(300))).toContain(`the learner would need "site" contains "LLL`);
    expect(missed(long(301))).toContain('the learner would need to satisfy a long condition.');
  });

  it('is left to the traces where much fails', () => {
    const rules = Array.from({ length: 30 }, (_, i) => field('site').contains(`Leeds ${i}`));
    expect(missed(all(...rules))).toContain('the learner would need to satisfy its rules.');
    expect(missed(all(...rules.slice(0, 2)))).toContain(
      'need "site" contains "Leeds 0" and "site" contains "Leeds 1".',
    );
    expect(missed(any())).toContain('the learner would need a rule that matches nobody.');
  });

  it.each([
    [any(age, all(age, field('age').gt(9))), true],
    [all(age, any(field('age').gt(4), field('age').gt(9))), true],
    [any(any(age, field('age').gt(9))), true],
    [all(age, any(age)), false],
    [any(age, any()), false],
    [any(age, all(site, any())), false],
    [any(age, all(site, not(any()))), false],
    [all(age, not(any(site, field('age').blank()))), false],
    [all(any(site, age), age), false],
  ])('says where another way would do too: %j', (own, another) => {
    expect(missed(own).endsWith(', or to satisfy its rules in another way.')).toBe(another);
  });

  it('says so of a segment that is referred to, too', () => {
    const segments = [segment('s', inSegment('t')), segment('t', any(age, not(site)))];
    const of = compile(catalogOf({ segments, links: [link('1', 's', 'c')] }));
    const { text } = explain(of, stateOf('a', { learner: bristol }), 'c');
    expect(text).toContain('would need "age" above 3, or to satisfy its rules in another way.');
  });

  it('is not told of who was placed by hand', () => {
    expect(told(age, placed('s'))).toContain('for segment "S": the learner was placed in it by hand. ');
  });
});
