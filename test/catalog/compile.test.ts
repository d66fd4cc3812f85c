import { describe, expect, it } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import type { Catalog, Link } from '../../src/model/catalog.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from './catalog-of.js';
import { compiled } from './compiled.js';

/** The links of a catalog that are blocked, as kind, id and reason. */
const blocked = (parts: Partial<Catalog>) =>
  compiled(catalogOf(parts)).blocked.map(({ blocked: one }) => [one.kind, blockedId(one), one.reason]);
const links: Link[] = [link('l', 's', 'c')];

describe('§6 an inert link', () => {
  it.each([
    ['no longer exists', [], 'Course "c" no longer exists.'],
    [
      'has another method',
      [course('c', 'open')],
      'Course "c" has the enrolment method "open" instead of "by-assignment-only".',
    ],
  ])('a link is inert if its course %s', (_, courses, reason) => {
    expect(blocked({ segments: [segment('s')], links, courses })).toEqual([['inert-link', 'l', reason]]);
  });

  it('a link is in force again when the method returns', () => {
    expect(blocked({ segments: [segment('s')], links, courses: [course('c')] })).toEqual([]);
  });
});

describe('§6 a broken link', () => {
  const fields = [{ id: 'x', type: 'text' }] as const;
  const undeclared = 'cannot be evaluated: no profile field "y" is declared.';

  it.each<[string, Partial<Catalog>, string]>([
    [
      'a field that is not declared',
      { segments: [segment('s', field('y').equals('1'))] },
      `The rule of segment "s" ${undeclared}`,
    ],
    [
      "an operator that the field's type does not have",
      { segments: [segment('s', field('x').lt(1))] },
      'The rule of segment "s" cannot be evaluated: operator "lt" does not apply to the text field "x"; use equals, contains, startsWith, endsWith, in, blank.',
    ],
    [
      'a field of another type than its value',
      { segments: [segment('s', field('x').equals(1))] },
      'The rule of segment "s" cannot be evaluated: operator "equals" on field "x" takes text, not a number.',
    ],
    [
      'an empty all',
      { segments: [segment('s', all())] },
      'The rule of segment "s" cannot be evaluated: an empty "all" is ambiguous: use { everyone: true }, or add a rule.',
    ],
    ['no segment', { segments: [] }, 'The link refers to segment "s", which does not exist.'],
    [
      'a segment that refers to none',
      { segments: [segment('s', not(inSegment('gone')))] },
      'The rule of segment "s" refers to segment "gone", which does not exist.',
    ],
    [
      'a segment that refers to itself',
      { segments: [segment('s', inSegment('s'))] },
      'The rule of segment "s" is part of, or refers to, a cycle of segments.',
    ],
    [
      'a segment that refers to a cycle',
      { segments: [segment('s', inSegment('a')), segment('a', inSegment('b')), segment('b', inSegment('a'))] },
      'The rule of segment "s" is part of, or refers to, a cycle of segments.',
    ],
    [
      'a segment two references away',
      {
        segments: [
          segment('s', inSegment('t')),
          segment('t', any(everyone, inSegment('u'))),
          segment('u', field('y').blank()),
        ],
      },
      `The rule of segment "u" ${undeclared}`,
    ],
    [
      'a rule of its own',
      { segments: [segment('s')], links: [link('l', 's', 'c', field('y').blank())] },
      `The link's rule ${undeclared}`,
    ],
    [
      'a rule that refers to no segment',
      { segments: [segment('s')], links: [link('l', 's', 'c', inSegment('gone'))] },
      'The link\'s rule refers to segment "gone", which does not exist.',
    ],
    [
      'a rule that refers to a broken segment',
      { segments: [segment('s'), segment('t', all())], links: [link('l', 's', 'c', not(inSegment('t')))] },
      'The rule of segment "t" cannot be evaluated: an empty "all" is ambiguous: use { everyone: true }, or add a rule.',
    ],
  ])('a link is broken if it has %s', (_, parts, reason) => {
    const catalog = { links, fields, ...parts };
    expect(blocked(catalog)).toEqual([['broken-link', 'l', reason]]);
    const [matched] = compiled(catalogOf(catalog)).links;
    expect(matched).toMatchObject({ frozen: true, audience: undefined });
  });

  it('a broken segment does not break links that do not depend on it', () => {
    const segments = [segment('s'), segment('t', field('y').blank())];
    expect(blocked({ links, segments, fields })).toEqual([]);
  });

  it('a link to any field is not broken if the host declares no fields', () => {
    expect(blocked({ links, segments: [segment('s', field('y').equals('1'))] })).toEqual([]);
  });
});

describe('compile', () => {
  it('compile lists a link that is broken and inert twice, ordered by id, then kind', () => {
    const catalog = {
      segments: [segment('s', all()), segment('t')],
      courses: [course('z')],
      links: [link('b', 's', 'y'), link('a', 't', 'y'), link('c', 't', 'z'), link('d', 't', 'x')],
    };
    expect(blocked(catalog).map(([kind, id]) => `${id} ${kind}`)).toEqual([
      'a inert-link',
      'b broken-link',
      'b inert-link',
      'd inert-link',
    ]);
    expect(compiled(catalogOf(catalog)).blocked.map(({ courseId }) => courseId)).toEqual(['y', 'y', 'y', 'x']);
  });

  it('§7.14 compile orders links by course, then id, by code point', () => {
    const matcher = compiled(
      catalogOf({
        segments: [segment('s'), segment('t'), segment('u')],
        links: [
          link('b', 's', '\u{10000}'),
          link('a', 't', '\u{10000}'),
          link('z', 'u', '\uffff'),
          link('y', 's', 'A'),
        ],
      }),
    );
    expect(matcher.links.map(({ link: { id } }) => id)).toEqual(['y', 'z', 'a', 'b']);
    expect([...matcher.courses.values()].map(({ courseId, from, to }) => [courseId, from, to])).toEqual([
      ['A', 0, 1],
      ['\uffff', 1, 2],
      ['\u{10000}', 2, 4],
    ]);
  });

  it('compile freezes inactive learners by default', () => {
    expect(compiled(catalogOf({})).inactive).toBe('freeze');
    expect(compiled(catalogOf({}), {}).inactive).toBe('freeze');
    expect(compiled(catalogOf({}), { inactive: 'unenrol' }).inactive).toBe('unenrol');
  });

  it('compile does not change or freeze the catalog', () => {
    const catalog = catalogOf({ segments: [segment('s')], links: [link('l', 's', 'c')] });
    const before = structuredClone(catalog);
    compiled(catalog);
    expect(catalog).toEqual(before);
    for (const part of [catalog, catalog.links, catalog.links[0], catalog.segments[0]])
      expect(Object.isFrozen(part)).toBe(false);
  });
});
