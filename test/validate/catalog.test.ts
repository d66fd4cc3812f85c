import { describe, expect, it } from 'vitest';
import { everyone } from '../../src/rules/build.js';
import { parseCatalog } from '../../src/validate/parse.js';
import { linesOf } from './issues-of.js';

const OPERATION = { id: 'o', kind: 'of a newer version', at: '2026-03-01T09:00:00.000Z', revision: 0, more: 1 };
const WORK = {
  ...{ operation: OPERATION, links: ['l'], courses: ['c'] },
  removedLinks: [{ id: 'm', segmentId: 's', courseId: 'c', rule: everyone, data: { role: 'x' } }],
  ranges: [{ pass: 'holders', after: '', upTo: '' }],
};

const catalog = {
  revision: 0,
  fields: [{ id: 'site', type: 'text', column: 4 }],
  courses: [{ id: 'c', enrolmentMethod: 'open', title: 'x'.repeat(20_000), price: 5 }],
  segments: [
    { id: 's', title: 'S', rule: { field: 'gone', op: 'lt', value: 'x', by: 'admin' }, createdAt: new Date() },
  ],
  links: [{ id: 'l', segmentId: 'gone', courseId: 'gone', rule: everyone }],
  unsettled: [WORK],
  tenant: 't',
};

describe('a loaded catalog', () => {
  it('a loaded catalog is returned as it is, with all extra keys and whatever its rules name', () => {
    expect(parseCatalog(catalog)).toBe(catalog);
    expect(parseCatalog({ ...catalog, fields: undefined })).toBeDefined();
    const least = { operation: OPERATION, links: [], courses: [], removedLinks: [], ranges: [{ pass: 'audience' }] };
    expect(parseCatalog({ ...catalog, unsettled: [least] })).toBeDefined();
  });

  it.each([
    ['nothing', undefined, ['wrong_type']],
    ['a list', [], ['wrong_type']],
    ['no revision', { ...catalog, revision: '1' }, ['wrong_type revision']],
    ['fields of null', { ...catalog, fields: null }, ['wrong_type fields']],
    ['a type that there is not', { ...catalog, fields: [{ id: 'f', type: 'toString' }] }, ['wrong_type fields.0.type']],
    ['a type in a list', { ...catalog, fields: [{ id: 'f', type: ['text'] }] }, ['wrong_type fields.0.type']],
    ['courses that are none', { ...catalog, courses: {} }, ['wrong_type courses']],
    ['a row that is none', { ...catalog, courses: [null] }, ['wrong_type courses.0']],
    ['a course without method', { ...catalog, courses: [{ id: 'c' }] }, ['wrong_type courses.0.enrolmentMethod']],
    ['a number for an id', { ...catalog, segments: [{ id: 1, title: 'S' }] }, ['wrong_type segments.0.id']],
    ['a rule of null', { ...catalog, segments: [{ id: 's', title: '', rule: null }] }, ['wrong_type segments.0.rule']],
    [
      'a malformed rule',
      { ...catalog, links: [{ ...catalog.links[0], rule: { all: [{ not: 1 }] } }] },
      ['wrong_type links.0.rule.all.0.not'],
    ],
    ['one id twice', { ...catalog, links: [catalog.links[0], { ...catalog.links[0] }] }, ['duplicate links.1.id']],
    [
      'malformed work',
      {
        ...catalog,
        unsettled: [
          {
            operation: { id: 1, at: 2, revision: -1, day: 3, actor: 4, reason: 5, undoes: 6 },
            ...{ links: [1], courses: 'c', removedLinks: [{ id: 'm', data: 1 }] },
            ranges: [{ pass: 'x', after: 2, upTo: 3 }, null],
          },
        ],
      },
      [
        ...['id', 'kind', 'at', 'day', 'actor', 'reason', 'undoes', 'revision'].map((key) => `operation.${key}`),
        ...['links', 'courses', 'removedLinks.0.segmentId', 'removedLinks.0.courseId', 'removedLinks.0.data'],
        ...['ranges.0.after', 'ranges.0.upTo', 'ranges.0.pass', 'ranges.1'],
      ].map((key) => `wrong_type unsettled.0.${key}`),
    ],
    ['work without ranges', { ...catalog, unsettled: [{ ...WORK, ranges: [] }] }, ['wrong_type unsettled.0.ranges']],
    [
      'a range twice',
      { ...catalog, unsettled: [{ ...WORK, ranges: [{ pass: 'holders' }, { pass: 'holders', after: 'a' }] }] },
      ['duplicate unsettled.0.ranges.1'],
    ],
    [
      'work twice',
      { ...catalog, unsettled: [...catalog.unsettled, ...catalog.unsettled] },
      ['duplicate unsettled.1.operation'],
    ],
  ])('a loaded catalog is rejected: %s', (_, value, lines) => {
    expect(linesOf(() => parseCatalog(value))).toEqual(lines);
  });

  it('a loaded catalog is checked once, and so is each part that it shares with the next one', () => {
    const read: string[] = [];
    const noted = <Shape extends object>(part: Shape): Shape =>
      new Proxy(part, {
        get(target, key) {
          read.push(String(key));
          return Reflect.get(target, key);
        },
      });
    const segment = noted({ id: 's', title: 'S' });
    const wellFormed = new WeakSet<object>();
    const first = noted({ ...catalog, segments: [segment] });
    parseCatalog(first, wellFormed);
    read.length = 0;
    expect(parseCatalog(first, wellFormed)).toBe(first);
    expect(read).toEqual([]);
    parseCatalog({ ...catalog, segments: first.segments }, wellFormed);
    expect(read).toEqual(['segments']);
    parseCatalog({ ...catalog, segments: [segment] }, wellFormed);
    expect(read).not.toContain('title');
    expect(linesOf(() => parseCatalog({ ...first, links: 1 }, wellFormed))).toEqual(['wrong_type links']);
  });

  it('a loaded catalog may have several of everything, with unique ids', () => {
    const two = {
      ...catalog,
      fields: ['f', 'g'].map((id) => ({ id, type: 'text' })),
      segments: ['s', 't'].map((id) => ({ id, title: '' })),
      links: ['l', 'm'].map((id) => ({ id, segmentId: 's', courseId: 'c' })),
    };
    expect(parseCatalog(two)).toBe(two);
  });

  it('a loaded catalog with an endless list is rejected', () => {
    expect(linesOf(() => parseCatalog({ ...catalog, courses: new Array(2 ** 32 - 1) }))).toHaveLength(1_000);
  });

  it('a malformed catalog is rejected again when it is loaded again', () => {
    const wellFormed = new WeakSet<object>();
    const bad = { ...catalog, courses: [{ id: 1, enrolmentMethod: 'open' }] };
    for (let i = 0; i < 2; i++)
      expect(linesOf(() => parseCatalog(bad, wellFormed))).toEqual(['wrong_type courses.0.id']);
  });

  it('a list that was not checked, because 1,000 issues precede it, is checked the next time', () => {
    const wellFormed = new WeakSet<object>();
    const links = [{ id: 1 }];
    expect(linesOf(() => parseCatalog({ ...catalog, segments: Array(1_000).fill(0), links }, wellFormed))).toHaveLength(
      1_000,
    );
    expect(linesOf(() => parseCatalog({ ...catalog, links }, wellFormed))).toContain('wrong_type links.0.id');
  });
});
