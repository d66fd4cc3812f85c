import type { FieldType } from '../../../../src/core.js';
import type { Expected, Sample } from '../column-kind.js';
import { dateTexts, days } from './dates.js';
import { BLANK, BLOCKED, either, sample, value } from './sample.js';
import { texts } from './texts.js';

const inObject = (json: string): string => `{"other": 1, "value": ${json}}`;
const of = (json: string, expected: Expected): Sample => sample(inObject(json), expected);

/** JSON whose key is blank, missing, or has a value that no field accepts. */
const common: readonly Sample[] = [
  sample('{}', BLANK),
  sample('{"Value": "other key"}', BLANK),
  ...['null', '""', '" "', '[]', '[null, ""]'].map((json) => of(json, BLANK)),
  ...['{"nested": 1}', '[["a"]]'].map((json) => of(json, BLOCKED)),
];

/** JSON text that every type of column accepts, by the type of the field. */
export const jsonSamples: { readonly [Type in FieldType]: readonly Sample[] } = {
  text: [
    ...common,
    ...texts()
      .filter(({ expected }) => expected.is === 'value')
      .map(({ stored, expected }) => of(JSON.stringify(stored), expected)),
    ...['["Bristol", "Leeds"]', '["cafe\\u0301"]'].map((json) => of(json, value(JSON.parse(json) as string[]))),
    of('["Bristol", null, " "]', value(['Bristol', null, ' '])),
    ...['5', 'true', '["a", 5]'].map((json) => of(json, BLOCKED)),
  ],
  number: [
    ...common,
    ...['0', '1', '-1', '7', '7.0', '1.5', '0.1', '1e3', '1E-3', '9007199254740991', '1e15', '-2.5'].map((json) =>
      of(json, value(Number(json))),
    ),
    // jsonb writes all digits; JavaScript keeps sixteen of them.
    of('1e100', either(BLOCKED, value(1e100))),
    of('[1, 2, 3]', value([1, 2, 3])),
    ...['"7"', 'true', '["1", 2]', '"abc"'].map((json) => of(json, either(BLOCKED, value(Number(JSON.parse(json)))))),
    of('9007199254740993', either(BLOCKED, value(9_007_199_254_740_992))),
  ],
  boolean: [
    ...common,
    ...['true', 'false', 'true'].map((json) => of(json, value(json === 'true'))),
    of('[true, false]', value([true, false])),
    ...['1', '0'].map((json) => of(json, value(json === '1'))),
    ...['2', '"perhaps"', '[true, 5]'].map((json) => of(json, BLOCKED)),
  ],
  date: [
    ...common,
    ...days.concat(dateTexts).flatMap(({ stored, expected }) => (stored ? [of(JSON.stringify(stored), expected)] : [])),
    of('["2026-03-01", "2005-01-01"]', value(['2026-03-01', '2005-01-01'])),
    ...['20260301', '{"day": 1}'].map((json) => of(json, BLOCKED)),
  ],
};

/** JSON that is not an object. */
export const noObjects: readonly Sample[] = [
  sample(null, BLANK),
  ...['[]', '"text"', '5', 'true', '[{"value": "Bristol"}]'].map((json) => sample(json, BLOCKED)),
  sample('null', either(BLANK, BLOCKED)),
];

/** Invalid JSON, which a text column accepts. */
export const unparsable: readonly Sample[] = [
  '{"value',
  '',
  '{"value": "Bristol"} x',
  "{'value': 1}",
  '{value: 1}',
].map((json) => sample(json, BLOCKED));

/** Escapes of text that no database can store, which JSON in a text column may contain. */
export const oddEscapes: readonly Sample[] = [
  of('"a\\u0000b"', either(BLOCKED, value('a\0b'))),
  of('"a\\ud800b"', either(BLOCKED, value('a\ud800b'))),
  of('"\\u0042ristol"', either(value('Bristol'), BLOCKED)),
];

/** A key that is written twice, and a number beyond the range of doubles: read like the library's own JSON, or blocked. */
export const oddNumbers: readonly Sample[] = [
  sample('{"value": 1, "value": 2}', either(value(2), BLOCKED)),
  of('1e400', BLOCKED),
];
