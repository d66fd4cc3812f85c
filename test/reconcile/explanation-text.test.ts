import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import type { Rule } from '../../src/model/rule.js';
import { explain } from '../../src/reconcile/explain/explain.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from '../catalog/catalog-of.js';
import { type Parts, placed, stateOf } from './state-of.js';

const site = field('site').equals('Bristol');
const catalog = catalogOf({
  courses: [
    { ...course('c'), title: 'First aid' },
    { ...course('shut', 'open'), title: 'Shut' },
    course('alone'),
    course('all'),
  ],
  segments: [segment('s', site), segment('hand'), segment('all', everyone)],
  links: [link('1', 's', 'c'), link('2', 'hand', 'shut'), link('3', 'hand', 'all', site)],
});
const bristol = { profile: { site: 'Bristol' } };
const text = (parts: Parts, courseId = 'c', inactive: 'freeze' | 'unenrol' = 'freeze') =>
  explain(compile(catalog, { inactive }), stateOf('a', parts), courseId).text;
const rule = 'A single learner cannot be unenrolled from a smart enrolment.';

describe('explanation text', () => {
  it.each<[string, string, string]>([
    [
      'held',
      text({ learner: bristol, held: ['c/1'] }),
      `Learner "a" is enrolled on course "First aid". They are enrolled through segment "S": the profile satisfies "site" equals "Bristol". ${rule} To end it, take the learner out of segment "S", or unlink the course from segment "S", which unenrols the whole segment.`,
    ],
    [
      'held by hand, with a profile',
      text({ learner: { ...bristol, segments: ['hand'] }, held: ['all/3'] }, 'all'),
      `Learner "a" is enrolled on course "all". They are enrolled through segment "HAND": the learner was placed in it by hand, and the profile satisfies "site" equals "Bristol". ${rule} To end it, take the learner out of segment "HAND", or unlink the course from segment "HAND", which unenrols the whole segment.`,
    ],
    [
      'missed',
      text({}),
      'Learner "a" is not enrolled on course "First aid". Segment "S" does not enrol them: they would have to satisfy "site" equals "Bristol".',
    ],
    [
      'missed by hand and profile',
      text({}, 'all'),
      'Learner "a" is not enrolled on course "all". Segment "HAND" does not enrol them: they would have to be placed in segment "HAND" and satisfy "site" equals "Bristol".',
    ],
    [
      'about to be held',
      text({ learner: bristol }),
      'Learner "a" is not enrolled on course "First aid". Segment "S" does not enrol them, although they satisfy its rules: the next evaluation of the learner enrols them.',
    ],
    [
      'about to be released',
      text({ held: ['c/1'] }),
      `Learner "a" is enrolled on course "First aid". They are still enrolled through segment "S", although they are not in its audience: the next evaluation of the learner ends this. ${rule} To end it, unlink the course from segment "S", which unenrols the whole segment.`,
    ],
    [
      'held by a deleted link',
      text({ held: ['alone/9'] }, 'alone'),
      `Learner "a" is enrolled on course "alone". They are still enrolled through a link that was deleted: the next evaluation of the learner ends this. ${rule}`,
    ],
    [
      'enrolled individually',
      text({ individual: ['alone'] }, 'alone'),
      'Learner "a" is enrolled on course "alone". They have an individual enrolment, which smart enrolments never change.',
    ],
    [
      'linked by nothing',
      text({}, 'alone'),
      'Learner "a" is not enrolled on course "alone". No segment that is linked to the course can enrol them.',
    ],
    [
      'unknown course',
      text({}, 'nowhere'),
      'Learner "a" is not enrolled on course "nowhere". No segment that is linked to the course can enrol them.',
    ],
    [
      'frozen link',
      text({ learner: placed('hand'), held: ['shut/2'] }, 'shut'),
      `Learner "a" is enrolled on course "Shut". They are enrolled through segment "HAND": the learner was placed in it by hand. The link from segment "HAND" is frozen: Course "Shut" has the enrolment method "open" instead of "by-assignment-only". ${rule} To end it, unlink the course from segment "HAND", which unenrols the whole segment.`,
    ],
    [
      'frozen link that misses',
      text({}, 'shut'),
      'Learner "a" is not enrolled on course "Shut". The link from segment "HAND" is frozen: Course "Shut" has the enrolment method "open" instead of "by-assignment-only".',
    ],
    [
      'inactive and frozen',
      text({ learner: { ...bristol, active: false } }),
      'Learner "a" is not enrolled on course "First aid". The learner is frozen: they keep what they hold and gain nothing. Segment "S" does not enrol them, although they satisfy its rules: it would if they were active.',
    ],
    [
      'no such learner',
      text({ learner: null }, 'alone'),
      'Learner "a" is not enrolled on course "alone". The host has no learner with this id, so they are outside every audience. No segment that is linked to the course can enrol them.',
    ],
    [
      'no such learner, held',
      text({ learner: null, held: ['c/1'] }),
      `Learner "a" is enrolled on course "First aid". The host has no learner with this id, so they are outside every audience. They are still enrolled through segment "S": the next evaluation of the learner ends this. ${rule} To end it, unlink the course from segment "S", which unenrols the whole segment.`,
    ],
    [
      'malformed',
      text({ learner: { profile: { site: {} as string } } }),
      'Learner "a" is not enrolled on course "First aid". The learner is frozen: they keep what they hold and gain nothing. The learner\'s row is malformed, so nothing changes for them: Profile field "site" holds an object.',
    ],
  ])('the text of an explanation is complete: %s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });

  it.each<[string, string, string]>([
    [
      'inactive and frozen, whose link was deleted',
      text({ learner: { ...bristol, active: false }, held: ['alone/9'] }, 'alone'),
      "a link that was deleted: this stays while the learner is frozen. A single learner cannot be unenrolled from a smart enrolment. To end it, first correct the learner's data or activate the learner.",
    ],
    [
      'inactive and frozen, and no longer in the audience',
      text({ learner: { profile: {}, active: false }, held: ['c/1'] }),
      'although they are not in its audience: this stays while the learner is frozen. A single learner cannot be unenrolled from a smart enrolment. To end it, first correct the learner\'s data or activate the learner, then unlink the course from segment "S", which unenrols the whole segment.',
    ],
    [
      'held by a frozen link, and no longer in its audience',
      text({ held: ['shut/2'] }, 'shut'),
      'although they are not in its audience: this stays while the link is frozen.',
    ],
    [
      'malformed, who is held',
      text({ learner: { profile: { site: {} as string } }, held: ['c/1'] }),
      'gain nothing. They are enrolled through segment "S". The learner\'s row is malformed, so nothing changes for them: Profile field "site" holds an object. A single learner cannot be unenrolled from a smart enrolment. To end it, first correct the learner\'s data or activate the learner, then unlink',
    ],
    [
      'who no longer exists, held by a frozen link',
      text({ learner: null, held: ['shut/2'] }, 'shut'),
      'They are still enrolled through segment "HAND": this stays while the link is frozen. The link from segment "HAND" is frozen:',
    ],
    [
      'who no longer exists, held by a deleted link',
      text({ learner: null, held: ['alone/9'] }, 'alone'),
      'a link that was deleted: the next evaluation of the learner ends this. A single learner cannot be unenrolled from a smart enrolment.',
    ],
    [
      'held by two links',
      text({ learner: bristol, held: ['c/1', 'c/9'] }),
      'They are still enrolled through a link that was deleted: the next evaluation of the learner ends this.',
    ],
    [
      'inactive and outside, held by a frozen link',
      text({ learner: { ...placed('hand'), active: false }, held: ['shut/2'] }, 'shut', 'unenrol'),
      'They are still enrolled through segment "HAND": this stays while the link is frozen.',
    ],
    [
      'inactive and outside, who is held',
      text({ learner: { ...bristol, active: false }, held: ['c/1'] }, 'c', 'unenrol'),
      'They are still enrolled through segment "S": the next evaluation of the learner ends this.',
    ],
    [
      'held by two links, and individually',
      text({ learner: { ...bristol, segments: ['hand'] }, held: ['c/1', 'c/9'], individual: ['c'] }),
      'To end it, take the learner out of segment "S", or unlink the course from segment "S", which unenrols the whole segment; the individual enrolment remains.',
    ],
  ])('the text covers a learner %s', (_, actual, expected) => {
    expect(actual).toContain(expected);
  });

  it('the text explains the unenrol policy of inactive learners', () => {
    expect(text({ learner: { ...bristol, active: false } }, 'c', 'unenrol')).toContain(
      'The learner is inactive and therefore outside every audience. Segment "S" does not enrol them, although they satisfy its rules: it would if they were active.',
    );
  });
});

it('the text lists every segment to leave or to unlink', () => {
  const links = [link('1', 's', 'c'), link('2', 'all', 'c')];
  const of = compile({ ...catalog, links });
  expect(explain(of, stateOf('a', { learner: bristol, held: ['c/1', 'c/2'] }), 'c').text).toContain(
    'To end it, do all of these: take the learner out of segment "S", or unlink the course from segment "S", which unenrols the whole segment; and take the learner out of segment "ALL", or unlink the course from segment "ALL", which unenrols the whole segment.',
  );
});

it('the text names two links of one segment once', () => {
  const links = [link('1', 's', 'c'), link('2', 's', 'c', everyone)];
  const of = compile({ ...catalog, links });
  const { text } = explain(of, stateOf('a', { learner: bristol, held: ['c/1', 'c/2'] }), 'c');
  expect(text.split('take the learner out of')).toHaveLength(2);
  expect(text).toContain('To end it, take the learner out of segment "S", or unlink');
});

it('the text never shows the id of a link, and shows segments and courses by their titles', () => {
  const of = compile(
    catalogOf({
      courses: [
        { ...course('c'), title: 'First aid' },
        { ...course('shut', 'open'), title: 'Chess' },
      ],
      segments: [
        { id: 'seg-1', title: 'Bristol site', rule: site },
        { id: 'seg-2', title: 'Volunteers' },
        { id: 'seg-3', title: 'Broken', rule: all() },
        { id: 'seg-4', title: 'Nested', rule: all(inSegment('seg-2'), not(inSegment('seg-1'))) },
      ],
      links: [
        link('link-1', 'seg-1', 'c'),
        link('link-2', 'seg-2', 'c', site),
        link('link-3', 'seg-3', 'c'),
        link('link-4', 'seg-1', 'shut'),
        link('link-5', 'seg-4', 'c'),
      ],
    }),
  );
  const held: Parts['held'] = ['c/link-1', 'c/link-2', 'c/link-3', 'c/link-9', 'shut/link-4'];
  for (const courseId of ['c', 'shut']) {
    for (const learner of [null, bristol, { ...bristol, active: false }, { profile: {} }]) {
      for (const parts of [{ learner }, { learner, held }]) {
        const { text } = explain(of, stateOf('a', parts), courseId);
        expect(text).not.toMatch(/link-|seg-|"c"|"shut"/);
      }
    }
  }
  expect(explain(of, stateOf('a', { learner: bristol }), 'c').text).toContain(
    'The link from segment "Broken" is frozen: The rule of segment "Broken" cannot be evaluated: an empty "all"',
  );
});

it('the text suggests leaving only the segment that the learner is in', () => {
  const links = [link('1', 's', 'c'), link('2', 'hand', 'c')];
  const of = compile({ ...catalog, links });
  expect(explain(of, stateOf('a', { learner: placed('hand'), held: ['c/1', 'c/2'] }), 'c').text).toContain(
    'To end it, do all of these: unlink the course from segment "S", which unenrols the whole segment; and take the learner out of segment "HAND", or unlink the course from segment "HAND",',
  );
});

it('the text shows the id of a segment that does not exist', () => {
  const of = compile({ ...catalog, segments: [] });
  expect(explain(of, stateOf('a', { held: ['c/1'] }), 'c').text).toContain(
    'They are enrolled through segment "s". The link from segment "s" is frozen: ',
  );
});

describe('rules in an explanation text', () => {
  const age = field('age').gt(3);
  const heldText = (own: Rule, learner: Parts['learner'] = bristol) => {
    const segments = [segment('s', own), segment('other', site)];
    const of = compile(catalogOf({ segments, links: [link('1', 's', 'c')] }));
    return explain(of, stateOf('a', { learner, held: ['c/1'] }), 'c').text;
  };
  const missText = (own: Rule) => {
    const of = compile(catalogOf({ segments: [segment('s', own)], links: [link('1', 's', 'c')] }));
    return explain(of, stateOf('a', { learner: bristol }), 'c').text;
  };

  it.each<[Rule, string]>([
    [everyone, 'the rule for everyone'],
    [field('x').blank(), '"x" being blank'],
    [field('site').in(['Bristol', 'Leeds']), '"site" in ["Bristol","Leeds"]'],
    [not(age), 'not ("age" above 3)'],
    [not(any()), 'not (a rule that matches no learner)'],
    [inSegment('other'), 'membership of segment "OTHER"'],
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
  ])('the rule %j is written in words', (own, words) => {
    expect(heldText(own)).toContain(`They are enrolled through segment "S": the profile satisfies ${words}. `);
  });

  it('the text leaves a long rule to the traces', () => {
    const long = any(...Array.from({ length: 1_000 }, (_, i) => field('site').contains(`Bristol ${i}`)), site);
    expect(heldText(long)).toContain('through segment "S": the profile satisfies its rule. ');
    expect(heldText(long).length).toBeLessThan(500);
    const short = any(...Array.from({ length: 5 }, (_, i) => field('site').contains(`Bristol ${i}`)), site);
    expect(heldText(short)).toContain('"site" contains "Bristol 4" or "site" equals "Bristol"');
  });

  it('the text shows conditions of up to 300 characters', () => {
    const long = (length: number) => field('site').contains('L'.repeat(length - '"site" contains ""'.length));
    expect(missText(long(300))).toContain(`they would have to satisfy "site" contains "LLL`);
    expect(missText(long(301))).toContain('they would have to satisfy a long condition.');
  });

  it('the text leaves many failing conditions to the traces', () => {
    const rules = Array.from({ length: 30 }, (_, i) => field('site').contains(`Leeds ${i}`));
    expect(missText(all(...rules))).toContain('they would have to satisfy its rules.');
    expect(missText(all(...rules.slice(0, 2)))).toContain(
      'satisfy "site" contains "Leeds 0" and "site" contains "Leeds 1".',
    );
    expect(missText(any())).toContain('they would have to satisfy a rule that matches no learner.');
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
  ])('the text mentions whether the rules can be satisfied in another way: %j', (own, another) => {
    expect(missText(own).endsWith(', or satisfy its rules in another way.')).toBe(another);
  });

  it('the text mentions another way through a segment that the rule refers to', () => {
    const segments = [segment('s', inSegment('t')), segment('t', any(age, not(site)))];
    const of = compile(catalogOf({ segments, links: [link('1', 's', 'c')] }));
    const { text } = explain(of, stateOf('a', { learner: bristol }), 'c');
    expect(text).toContain('would have to satisfy "age" above 3, or satisfy its rules in another way.');
  });

  it('the text omits the rule of a learner who was placed by hand', () => {
    expect(heldText(age, placed('s'))).toContain('through segment "S": the learner was placed in it by hand. ');
  });
});
