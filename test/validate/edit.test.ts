import { describe, expect, it } from 'vitest';
import type { Edit, LinkEdit } from '../../src/model/catalog.js';
import { everyone, field } from '../../src/rules/build.js';
import { parseEdits } from '../../src/validate/parse.js';
import { issuesOf, linesOf } from './issues-of.js';

const edits: readonly Edit[] = [
  { type: 'saveSegment', segment: { id: 's', title: 'S', rule: field('site').equals('Bristol') } },
  { type: 'saveSegment', segment: { id: 't', title: '', rule: null } },
  { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', rule: everyone } },
  { type: 'link', link: { id: '', segmentId: 's', courseId: '__proto__' } },
  { type: 'unlink', linkId: 'l' },
  { type: 'deleteSegment', segmentId: 's' },
];

/** One object that is passed several times. */
const NOTED = { everyone: true, note: 1 };

describe('edits', () => {
  it('edits are copied, in order, and share nothing with their input', () => {
    const input = structuredClone(edits) as Edit[];
    const copy = parseEdits(input);
    expect(copy).toEqual(edits);
    expect(copy[0]).not.toBe(input[0]);
    (input[0] as { segment: { title: string } }).segment.title = 'changed';
    expect(copy).toEqual(edits);
  });

  it('a single edit is accepted', () => {
    expect(parseEdits(edits[4])).toEqual([edits[4]]);
  });

  it('edits keep data as given, up to 10 kB of UTF-8', () => {
    const data = { text: 'é'.repeat(4_994), '': [null, true, 1.5, {}], gone: undefined };
    const { text, '': rest } = data;
    const [edit] = parseEdits({ type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', data: { text } } });
    expect(edit).toHaveProperty('link.data', { text });
    const nasty = JSON.parse('{"__proto__":{"a":1}}');
    const [own] = parseEdits({
      type: 'link',
      link: { id: 'l', segmentId: 's', courseId: 'c', data: { ...data, text: nasty } },
    });
    expect(JSON.stringify((own as LinkEdit).link.data)).toBe(JSON.stringify({ text: nasty, '': rest }));
  });

  it('the size of edits includes their data', () => {
    const data = { text: 'x'.repeat(9_980) };
    const linking = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        type: 'link',
        link: { id: `${i}`, segmentId: 's', courseId: 'c', data },
      }));
    expect(parseEdits(linking(4_990))).toHaveLength(4_990);
    expect(linesOf(() => parseEdits(linking(5_010)))).toEqual(['too_long']);
  });

  it('edits reject data that refers to itself or is nested without end, without reading on', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = [cyclic];
    const wide = new Array(100_000_000);
    for (const data of [cyclic, { wide }]) {
      const edit = { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', data } };
      expect(linesOf(() => parseEdits(edit))).toHaveLength(1);
    }
  });

  it('the copy of an edit has no key whose value is undefined', () => {
    const [edit] = parseEdits({ type: 'saveSegment', segment: { id: 's', title: 'S', rule: undefined } });
    expect(Object.keys((edit as { segment: object }).segment)).toEqual(['id', 'title']);
  });

  it.each([
    ['nothing', undefined, ['wrong_type']],
    ['text', 'unlink', ['wrong_type']],
    ['an entry that is none', [null], ['wrong_type 0']],
    ['an unknown type', { type: 'remove' }, ['wrong_type type']],
    ['no type', {}, ['wrong_type type']],
    ['a missing id', { type: 'unlink' }, ['wrong_type linkId']],
    ['an unknown key', { type: 'unlink', linkId: 'l', why: 1 }, ['unknown_key why']],
    ['an own __proto__', JSON.parse('{"type":"unlink","linkId":"l","__proto__":1}'), ['unknown_key __proto__']],
    ['a long id', { type: 'unlink', linkId: 'x'.repeat(1_001) }, ['too_long linkId']],
    [
      'a long title',
      { type: 'saveSegment', segment: { id: 's', title: 'x'.repeat(10_001), rule: null } },
      ['too_long segment.title'],
    ],
    ['a segment that is none', { type: 'saveSegment', segment: 's' }, ['wrong_type segment']],
    ['a title of null', { type: 'saveSegment', segment: { id: 's', title: null } }, ['wrong_type segment.title']],
    [
      'a link whose rule has its old name',
      { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', profile: everyone } },
      ['unknown_key link.profile'],
    ],
    ...[[], 'text', 1, new Date(0), new Map([['a', 1]])].map((data): [string, unknown, string[]] => [
      'data that is no JSON object',
      { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', data } },
      ['wrong_type link.data'],
    ]),
    ...[Number.NaN, new Date(0), () => 1, Symbol('s'), 1n].map((value): [string, unknown, string[]] => [
      'data with a value that is no JSON',
      { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', data: { a: [{ b: value }] } } },
      ['wrong_type link.data.a.0.b'],
    ]),
    [
      'data of more than 10 kB',
      { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', data: { a: 'é'.repeat(4_997) } } },
      ['too_long link.data'],
    ],
    [
      'a title and a rule, both listed',
      [edits[0], { type: 'saveSegment', segment: { id: 's', title: 5, rule: { all: [1] } } }],
      ['wrong_type 1.segment.title', 'wrong_type 1.segment.rule.all.0'],
    ],
    [
      'a link and its rule, both listed',
      { type: 'link', link: { id: 'l', segmentId: 's', rule: { not: {} } } },
      ['wrong_type link.courseId', 'wrong_type link.rule.not'],
    ],
    [
      'a malformed rule of a link',
      { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', rule: { not: {} } } },
      ['wrong_type link.rule.not'],
    ],
    [
      'one rule with an unknown key, given twice: both places are listed',
      ['s', 't'].map((id) => ({ type: 'saveSegment', segment: { id, title: '', rule: NOTED } })),
      ['unknown_key 0.segment.rule.note', 'unknown_key 1.segment.rule.note'],
    ],
    [
      'a key of no rule',
      { type: 'saveSegment', segment: { id: 's', title: '', rule: NOTED } },
      ['unknown_key segment.rule.note'],
    ],
  ])('edits are rejected: %s', (_, change, lines) => {
    expect(linesOf(() => parseEdits(change))).toEqual(lines);
  });

  it('100,000 edits are accepted, and an endless list is not read', () => {
    const unlink = { type: 'unlink', linkId: 'l' };
    expect(parseEdits(new Array(100_000).fill(unlink))).toHaveLength(100_000);
    expect(linesOf(() => parseEdits(new Array(100_001).fill(unlink)))).toEqual(['too_long']);
    expect(linesOf(() => parseEdits(new Array(2 ** 32 - 1)))).toEqual(['too_long']);
  });

  it('edits list the first 1,000 issues', () => {
    expect(issuesOf(() => parseEdits(new Array(5_000).fill(1)))).toHaveLength(1_000);
  });

  it('a rule that many edits share is read once', () => {
    const rule = { any: Array.from({ length: 10_000 }, () => everyone) };
    const saving = (length: number) =>
      Array.from({ length }, (_, i) => ({ type: 'saveSegment', segment: { id: `${i}`, title: '', rule } }));
    const copy = parseEdits(saving(100));
    const rules = new Set(copy.map((edit) => edit.type === 'saveSegment' && edit.segment.rule));
    expect(rules.size).toBe(1);
    expect(rules.has(rule as never)).toBe(false);
    // Written out in JSON, which plans are, they would be longer than any text may be.
    expect(linesOf(() => parseEdits(saving(20_000)))).toEqual(['too_long']);
  });

  it('the edits of a list may search for 5,000,000 characters together, not more', () => {
    const rule = { any: Array.from({ length: 10 }, () => ({ field: 'f', op: 'contains', value: 'x'.repeat(10_000) })) };
    const saving = (length: number) =>
      Array.from({ length }, (_, i) => ({ type: 'saveSegment', segment: { id: `${i}`, title: '', rule } }));
    expect(parseEdits(saving(50))).toHaveLength(50);
    const [issue] = issuesOf(() => parseEdits(saving(51)));
    expect(issue).toMatchObject({ code: 'too_long', path: [] });
    expect(issue?.message).toContain('5,000,000 characters in contains');
  });

  it('the edits of a list may have 50,000,000 characters together, not more', () => {
    const title = 'x'.repeat(10_000);
    const saving = (length: number) =>
      Array.from({ length }, (_, i) => ({
        type: 'saveSegment',
        segment: { id: `${i}`.padStart(1_000), title: title.slice(1_000) },
      }));
    expect(parseEdits(saving(5_000))).toHaveLength(5_000);
    const [issue] = issuesOf(() => parseEdits(saving(5_001)));
    expect(issue).toMatchObject({ code: 'too_long', path: [] });
    expect(issue?.message).toContain('split the edits into several lists');
  });
});
