import { describe, expect, it } from 'vitest';
import { parseIds, parseWhatIf } from '../../src/validate/parse.js';
import { linesOf } from './issues-of.js';

const parseLearners = (learners: unknown) => parseWhatIf({ learners }).learners;

const ann = { id: 'ann', profile: { site: 'Bristol', grade: 7, tags: ['a', null, 1], remote: false, left: undefined } };

describe('learners of a preview', () => {
  it('learners of a preview are copied, and so are the ids of deleted ones', () => {
    const learners = [ann, { id: '', profile: {}, segments: ['s', 's'], active: false }];
    expect(parseWhatIf({ learners, deleted: ['bob', 'bob'] })).toEqual({ learners, deleted: ['bob', 'bob'] });
    expect(parseWhatIf({})).toEqual({ learners: [], deleted: [] });
    expect(linesOf(() => parseWhatIf({ learners, deleted: ['bob', 'ann'] }))).toEqual(['duplicate deleted.1']);
  });

  it('learners of a preview share nothing with their input', () => {
    const input = structuredClone(ann);
    const [copy] = parseLearners([input]);
    input.profile.tags.push('b');
    input.profile.site = 'Leeds';
    expect(copy).toEqual(ann);
  });

  it('fields of a profile may have any name', () => {
    const [copy] = parseLearners([{ id: 'ann', profile: JSON.parse('{"__proto__":"a","constructor":"b"}') }]);
    expect(Object.entries(copy!.profile)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it('the copy of a learner has no key whose value is undefined', () => {
    const [copy] = parseLearners([{ id: 'ann', profile: {}, segments: undefined, active: undefined }]);
    expect(Object.keys(copy!)).toEqual(['id', 'profile']);
  });

  it('a profile may have no prototype', () => {
    const profile = Object.assign(Object.create(null), { site: 'Bristol' });
    expect(parseLearners([{ id: 'ann', profile }])).toEqual([{ id: 'ann', profile: { site: 'Bristol' } }]);
  });

  it('only own properties of a profile are copied', () => {
    const inherited = Object.assign(Object.create(Object.create(null)), { site: 'Bristol' });
    expect(Object.keys(parseLearners([{ id: 'ann', profile: inherited }])[0]!.profile)).toEqual(['site']);
  });

  it.each([
    ['no list', 'ann', ['wrong_type ']],
    ['an entry that is none', [1], ['wrong_type 0']],
    ['an entry of null', [null], ['wrong_type 0']],
    ['neither id nor profile, each once', [{ profile: undefined }], ['wrong_type 0.id', 'wrong_type 0.profile']],
    ['no id', [{ profile: {} }], ['wrong_type 0.id']],
    ['no profile', [{ id: 'ann' }], ['wrong_type 0.profile']],
    ['an unknown key', [{ ...ann, name: 'Ann' }], ['unknown_key 0.name']],
    ['segments that are none', [{ ...ann, segments: 's' }], ['wrong_type 0.segments']],
    ['a segment that is no id', [{ ...ann, segments: ['s', 1] }], ['wrong_type 0.segments.1']],
    ['active of null', [{ ...ann, active: null }], ['wrong_type 0.active']],
    ['the same learner twice', [ann, ann], ['duplicate 1.id']],
    ['a profile that is a map', [{ id: 'ann', profile: new Map() }], ['wrong_type 0.profile']],
    ['a profile that is a list', [{ id: 'ann', profile: [] }], ['wrong_type 0.profile']],
    [
      'values that are not plain',
      [{ id: 1, profile: { a: () => 1, b: {}, c: Number.NaN, d: 1n, e: Symbol(), f: new Date(), g: [[]], h: -1 / 0 } }],
      [
        'id',
        'profile.a',
        'profile.b',
        'profile.c',
        'profile.d',
        'profile.e',
        'profile.f',
        'profile.g.0',
        'profile.h',
      ].map((path) => `wrong_type 0.${path}`),
    ],
    [
      'megabytes',
      [{ id: 'ann', profile: { a: 'x'.repeat(1e6), ['y'.repeat(1e6)]: 1, b: new Array(2 ** 32 - 1) } }],
      ['too_long 0.profile.a', `too_long 0.profile.${'y'.repeat(1e6)}`, 'too_long 0.profile.b'],
    ],
  ])('learners of a preview are rejected: %s', (_, learners, lines) => {
    expect(linesOf(() => parseLearners(learners))).toEqual(
      lines.map((line) => line.replace(' ', ' learners.').replace(/[.]$/, '')),
    );
  });

  it('messages never quote values of learners', () => {
    const secret = { id: 'ann', profile: { a: { secret: 'secret' }, b: ['secret', {}] } };
    expect(() => parseLearners([secret])).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});

it('values of the maximum length are copied', () => {
  const id = 'x'.repeat(1_000);
  expect(parseIds([id])).toEqual([id]);
  const profile = { [id]: 'x'.repeat(100_000), list: new Array(100_000).fill(1) };
  const learner = { id, profile, segments: new Array(100_000).fill('s') };
  expect(parseLearners([learner])).toEqual([learner]);
});

describe('ids', () => {
  it('ids are copied, including duplicates', () => {
    const ids = ['a', '', 'a', '\ud800'];
    expect(parseIds(ids)).toEqual(ids);
    expect(parseIds(ids)).not.toBe(ids);
  });

  it.each([
    ['one id', 'ann', ['wrong_type']],
    ['a number', ['a', 1], ['wrong_type 1']],
    ['a long one', ['x'.repeat(1_001)], ['too_long 0']],
  ])('ids are rejected: %s', (_, ids, lines) => {
    expect(linesOf(() => parseIds(ids))).toEqual(lines);
  });

  it('an endless list of ids is rejected', () => {
    expect(linesOf(() => parseIds(new Array(2 ** 32 - 1)))).toHaveLength(1_000);
  });
});
