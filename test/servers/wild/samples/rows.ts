import type { FieldType, Scalar } from '../../../../src/core.js';
import type { Expected, Sample } from '../column-kind.js';
import { dateTexts } from './dates.js';
import { BLANK, BLOCKED, either, instant, value } from './sample.js';
import { texts } from './texts.js';

const rows = (stored: readonly (string | null)[], expected: Expected): Sample => ({ stored, expected });
const list = (...of: readonly Scalar[]): Expected => value(of);

const common = [rows([], BLANK), rows([null], BLANK), rows([''], BLANK), rows([null, ' '], BLANK)];

/** Rows of a table of values, which are all text, by the type of the field. */
export const valueRows: { readonly [Type in FieldType]: readonly Sample[] } = {
  text: [
    ...common,
    ...texts().map(({ stored, expected }) => rows([stored as string | null], expected)),
    rows(['Bristol', 'Bristol'], list('Bristol', 'Bristol')),
    rows(['7'], value('7')),
  ],
  number: [
    ...common,
    ...['42', ' 42 ', '1.5', '-7', '0', '7', '1e3', '007'].map((text) => rows([text], value(Number(text)))),
    rows(['3', '3'], list(3, 3)),
    ...['abc', '1,5', 'NaN', 'Infinity', '4 2'].map((text) => rows([text], BLOCKED)),
    rows(['0x1F'], either(value(31), BLOCKED)),
    rows(['9007199254740993'], either(BLOCKED, value(2 ** 53))),
    rows(['5', 'many'], BLOCKED),
  ],
  boolean: [
    ...common,
    ...['true', ' Yes', 'ON', '1', 't'].map((text) => rows([text], value(true))),
    ...['false', 'No ', 'off', '0', 'f'].map((text) => rows([text], value(false))),
    ...['perhaps', '2'].map((text) => rows([text], BLOCKED)),
  ],
  date: [
    ...common,
    ...dateTexts.map(({ stored, expected }) => rows([stored as string | null], expected)),
    rows(['2026-03-01', '2026-03-01'], { is: 'list', of: [instant('2026-03-01'), instant('2026-03-01')] }),
  ],
};
