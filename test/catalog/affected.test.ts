import { describe, expect, it } from 'vitest';
import { affected } from '../../src/catalog/affected.js';
import { evolve } from '../../src/catalog/evolve.js';
import type { Edit } from '../../src/model/catalog.js';
import type { Rule } from '../../src/model/rule.js';
import { any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from './catalog-of.js';

const save = (id: string, rule?: Rule): Edit => ({
  type: 'saveSegment',
  segment: { rule: null, ...segment(id, rule) },
});

const base = catalogOf({
  courses: ['a', 'b', 'c', 'd', 'e'].map((id) => course(id)),
  segments: [
    segment('inner', everyone),
    segment('middle', not(inSegment('inner'))),
    segment('outer', any(inSegment('middle'), field('x').equals(1))),
    segment('alone'),
  ],
  links: [
    link('5', 'outer', 'a'),
    link('4', 'middle', 'b'),
    link('3', 'inner', 'c'),
    link('2', 'alone', 'd', inSegment('middle')),
    link('1', 'alone', 'e'),
  ],
});

describe('§2 what an edit affects', () => {
  it.each<[string, Edit[], string[], string[]]>([
    ['a new link', [{ type: 'link', link: link('9', 'alone', 'c') }], ['9'], ['c']],
    ['a removed link', [{ type: 'unlink', linkId: '1' }], ['1'], ['e']],
    ['a link’s rule', [{ type: 'link', link: link('1', 'alone', 'e', everyone) }], ['1'], ['e']],
    ['a segment’s rule', [save('alone', everyone)], ['1', '2'], ['d', 'e']],
    ['a removed rule', [save('outer')], ['5'], ['a']],
    ['§7.7 links that refer to a segment through others', [save('inner')], ['2', '3', '4', '5'], ['a', 'b', 'c', 'd']],
    [
      'links that refer to a segment, not the segments that it refers to',
      [save('middle', everyone)],
      ['2', '4', '5'],
      ['a', 'b', 'd'],
    ],
    [
      'a segment deleted with its link',
      [
        { type: 'unlink', linkId: '5' },
        { type: 'deleteSegment', segmentId: 'outer' },
      ],
      ['5'],
      ['a'],
    ],
    ['§7.15 a new segment with its link', [save('new'), { type: 'link', link: link('0', 'new', 'b') }], ['0'], ['b']],
    ['a new segment', [save('new')], [], []],
    ['an edit that changes nothing', [save('alone')], [], []],
    ['only a title', [{ type: 'saveSegment', segment: { ...base.segments[0]!, title: 'New title' } }], [], []],
    [
      'several links to one course',
      [
        { type: 'link', link: link('8', 'alone', 'b') },
        { type: 'link', link: link('9', 'inner', 'b') },
      ],
      ['8', '9'],
      ['b'],
    ],
  ])('affected returns the links and courses of an edit: %s', (_, edits, links, courses) => {
    expect(affected(base, evolve(base, edits))).toEqual({ links, courses });
  });

  it('affected follows references of both catalogs', () => {
    const cut = evolve(base, [save('inner'), save('middle')]);
    expect(affected(base, cut).links).toEqual(['2', '3', '4', '5']);
    const joined = evolve(base, [save('inner'), save('alone', inSegment('inner'))]);
    expect(affected(base, joined).links).toEqual(['1', '2', '3', '4', '5']);
  });

  it('§7.15 affected includes links that referred to a missing segment', () => {
    const before = { ...base, segments: base.segments.slice(1) };
    expect(affected(before, base)).toEqual({ links: ['2', '3', '4', '5'], courses: ['a', 'b', 'c', 'd'] });
    expect(affected(base, before)).toEqual({ links: ['2', '3', '4', '5'], courses: ['a', 'b', 'c', 'd'] });
  });

  it('a link that returns with another course affects both courses', () => {
    const after = { ...base, links: [...base.links.slice(0, 4), link('1', 'alone', 'a')] };
    expect(affected(base, after)).toEqual({ links: ['1'], courses: ['a', 'e'] });
  });
});
