import { describe, expect, it } from 'vitest';
import { changeOf, isEmptyChange, sameLink, sameSegment } from '../../src/catalog/change.js';
import { everyone } from '../../src/rules/build.js';
import { catalogOf, link, segment } from './catalog-of.js';

const base = catalogOf({
  segments: [segment('s'), segment('t', everyone)],
  links: [link('l', 's', 'c'), link('m', 't', 'c')],
});

describe('what a store has to save and delete', () => {
  it('a change is empty if nothing differs', () => {
    const change = changeOf(base, structuredClone(base));
    expect(change).toEqual({ saveSegments: [], deleteSegments: [], saveLinks: [], deleteLinks: [] });
    expect(isEmptyChange(change)).toBe(true);
    expect(isEmptyChange(changeOf(base, base))).toBe(true);
    expect(isEmptyChange(changeOf(base, { ...base, links: base.links.toReversed() }))).toBe(true);
  });

  it('a change has what is new, what differs and what was deleted', () => {
    const after = {
      ...base,
      segments: [segment('t'), segment('u')],
      links: [link('m', 't', 'c'), link('n', 't', 'd')],
    };
    expect(changeOf(base, after)).toEqual({
      saveSegments: [segment('t'), segment('u')],
      deleteSegments: ['s'],
      saveLinks: [link('n', 't', 'd')],
      deleteLinks: ['l'],
    });
  });

  it.each([
    { segments: [] },
    { links: [] },
    { segments: [...base.segments, segment('u')] },
    { links: [...base.links, link('n', 's', 'd')] },
  ])('a change with %j is not empty', (other) => {
    expect(isEmptyChange(changeOf(base, { ...base, ...other }))).toBe(false);
  });
});

describe('equality', () => {
  it('sameSegment compares every key', () => {
    const one = segment('s', everyone);
    expect(sameSegment(one, segment('s', everyone))).toBe(true);
    for (const other of [{ ...one, id: 't' }, { ...one, title: 'x' }, segment('s')])
      expect(sameSegment(one, other)).toBe(false);
  });

  it('sameLink compares every key', () => {
    const one = link('l', 's', 'c', everyone);
    expect(sameLink(one, link('l', 's', 'c', everyone))).toBe(true);
    const others = [link('m', 's', 'c', everyone), link('l', 't', 'c', everyone), link('l', 's', 'd', everyone)];
    for (const other of [...others, link('l', 's', 'c')]) expect(sameLink(one, other)).toBe(false);
  });
});
