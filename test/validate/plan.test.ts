import { describe, expect, it } from 'vitest';
import { isSmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';
import type { Edit } from '../../src/model/catalog.js';
import { everyone, field } from '../../src/rules/build.js';
import { parseChange } from '../../src/validate/parse.js';
import { linesOf } from './issues-of.js';

const edits: readonly Edit[] = [
  { type: 'saveSegment', segment: { id: 's', title: 'S', rule: field('site').equals('Bristol') } },
  { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', rule: everyone } },
  { type: 'unlink', linkId: 'l' },
];
const read = { format: 1, edits, revision: 3, fingerprint: 'f' };

/** What is wrong with a plan that is stale because it cannot be read, as `code path` lines. */
function faultsOf(value: unknown): readonly string[] {
  try {
    parseChange(value);
  } catch (error) {
    if (!isSmartEnrolmentsError(error, 'plan_stale')) throw error;
    expect(error.details).toEqual({ changed: 'format', planned: 'f' });
    expect(error.message).toBe(
      'The plan cannot be read: another version of the library made it, or it was changed. Nothing was changed; preview the edits again.',
    );
    return linesOf(() => {
      throw error.cause;
    });
  }
  throw new Error('nothing was thrown');
}

describe('the parts of a plan that are read', () => {
  it('only these parts of a plan are copied', () => {
    const input = structuredClone({ ...read, undoes: 'o', summary: { kept: 0.5 }, exceeds: [1], note: 1 });
    const copy = parseChange(input);
    expect(copy).toEqual({ ...read, undoes: 'o' });
    Object.assign(input.edits[2]!, { linkId: 'changed' });
    expect(copy).toEqual({ ...read, undoes: 'o' });
  });

  it('a plan survives JSON', () => {
    expect(parseChange(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });

  it.each([
    ['its format is missing', { ...read, format: undefined }, ['wrong_type format']],
    ['its format is a later one', { ...read, format: 2 }, ['wrong_type format']],
    ['its format is text', { ...read, format: '1' }, ['wrong_type format']],
    [
      'a later format has no edits',
      { format: 2, steps: [], fingerprint: 'f' },
      ['wrong_type format', 'wrong_type edits', 'wrong_type revision'],
    ],
    ['its edits are missing', { ...read, edits: undefined }, ['wrong_type edits']],
    ['its edits are no list', { ...read, edits: 1 }, ['wrong_type edits']],
    ['it has an edit of an unknown type', { ...read, edits: [{ type: 'pause' }] }, ['wrong_type edits.0.type']],
    [
      'an edit has an unknown key',
      { ...read, edits: [...edits, { type: 'unlink', linkId: 'm', force: true }] },
      ['unknown_key edits.3.force'],
    ],
    [
      'a rule has an unknown key',
      { ...read, edits: [{ type: 'saveSegment', segment: { id: 's', title: '', rule: { ...everyone, note: 1 } } }] },
      ['unknown_key edits.0.segment.rule.note'],
    ],
    ['its revision is no count', { ...read, revision: -1 }, ['wrong_type revision']],
    ['what it undoes is no text', { ...read, undoes: 7 }, ['wrong_type undoes']],
    [
      'several parts cannot be read',
      { ...read, revision: -1, edits: [1] },
      ['wrong_type revision', 'wrong_type edits.0'],
    ],
  ])('a plan is stale, and the cause lists every issue, if %s', (_, value, lines) => {
    expect(faultsOf(value)).toEqual(lines);
  });
});

describe('values that are not plans', () => {
  it.each([
    ['a number', 7, ['wrong_type']],
    ['null', null, ['wrong_type']],
    ['an object with neither edits nor format', { fingerprint: 'f', summary: {} }, ['wrong_type type']],
    ['an object with edits and no fingerprint', { edits }, ['wrong_type fingerprint']],
    ['a plan whose fingerprint is no text', { ...read, fingerprint: 1 }, ['wrong_type fingerprint']],
  ])('a value that is not a plan is invalid input: %s', (_, value, lines) => {
    expect(linesOf(() => parseChange(value))).toEqual(lines);
  });

  it('a value that is not a plan is read as edits, alone or in a list', () => {
    expect(parseChange(edits)).toEqual(edits);
    expect(parseChange(edits[2])).toEqual([edits[2]]);
  });
});
