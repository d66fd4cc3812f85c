import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import type { Learner } from '../../src/model/learner.js';
import { audienceOf, openLinks } from '../../src/reconcile/search/audience.js';
import { all, everyone, field, not } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from '../catalog/catalog-of.js';

const catalog = catalogOf({
  courses: [course('c'), course('shut', 'open')],
  segments: [segment('s', field('x').equals(1)), segment('t'), segment('broken', all()), segment('all', everyone)],
  links: [
    link('s', 's', 'c'),
    link('t', 't', 'c', not(field('x').blank())),
    link('broken', 'broken', 'c'),
    link('inert', 'all', 'shut'),
  ],
});
const who = (id: string, x?: unknown, more: Partial<Learner> = {}) => ({ id, profile: { x }, ...more }) as Learner;
const learners = [
  who('one', 1),
  who('two', 2),
  who('placed', 2, { segments: ['t'] }),
  who('blank', undefined, { segments: ['t'] }),
  who('inactive', 1, { active: false }),
  who('malformed', {}),
];

describe('§1 the audience of links', () => {
  it.each([
    [['s'], ['one', 'inactive', 'malformed']],
    [['t'], ['placed', 'malformed']],
    [
      ['s', 't'],
      ['one', 'placed', 'inactive', 'malformed'],
    ],
    [['broken', 'inert', 'gone', '__proto__'], []],
    [
      ['broken', 's'],
      ['one', 'inactive', 'malformed'],
    ],
    [[], []],
  ])('the audience of links %j is %j', (links, ids) => {
    expect(audienceOf(compile(catalog), links)(learners)).toEqual(ids);
  });

  it('inactive learners are outside every audience under the unenrol policy', () => {
    const matcher = compile(catalog, { inactive: 'unenrol' });
    expect(audienceOf(matcher, ['s', 't'])(learners)).toEqual(['one', 'placed', 'malformed']);
  });

  it('a malformed learner may be in the audience, inactive or not, because nothing may change for them', () => {
    const matcher = compile(catalog, { inactive: 'unenrol' });
    expect(audienceOf(matcher, ['s'])([who('malformed', {}, { active: false })])).toEqual(['malformed']);
  });

  it('no learners have an empty audience', () => {
    expect(audienceOf(compile(catalog), ['s'])([])).toEqual([]);
  });

  it('only links in force have an audience', () => {
    expect(openLinks(compile(catalog), ['t', 'gone', 'inert', 'broken', 's']).map(({ link: { id } }) => id)).toEqual([
      't',
      's',
    ]);
  });
});
