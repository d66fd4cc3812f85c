import type { Field } from '../../src/model/learner.js';

// Few, so that they meet; odd, so that a dictionary literal, a prefix match or a change of case shows.
export const LEARNERS = ['', '__proto__', 'constructor', 'a', 'A', 'aa', '😀', '\ud83d', '\ude00', 'toString'];
export const SEGMENTS = ['', '__proto__', 's', 'S', '😀'];
export const COURSES = ['constructor', '', 'c', 'C', '\ude00'];
export const LINKS = ['__proto__', '', 'l', 'L', 'll', 'toString', '\ud83d', '😀'];

/** The fields as the host declares them to begin with. */
export const FIELDS: readonly Field[] = [
  { id: 'site', type: 'text' },
  { id: '__proto__', type: 'text' },
  { id: 'level', type: 'number' },
  { id: 'constructor', type: 'boolean' },
  { id: 'since', type: 'date' },
];

/** What the host may declare later: everything, one field less, one of another type, or nothing at all. */
export const DECLARATIONS: readonly (readonly Field[])[] = [
  FIELDS,
  FIELDS.filter(({ id }) => id !== 'site'),
  FIELDS.map((field) => (field.id === 'level' ? { ...field, type: 'text' } : field)),
  FIELDS.map((field) => (field.id === 'since' ? { ...field, type: 'boolean' } : field)),
  [],
];

/** Values of each type: the few that meet often, then those that are the same or nearly so only by the rules of §7.1. */
export const VALUES = {
  text: {
    few: ['Bristol', ' bRiStOl\u00a0', 'Leeds', '2026-03-01'],
    traps: [
      'straße',
      'STRASSE',
      'Σίσυφος',
      'ΣΊΣΥΦΟΣ',
      'ﬁre',
      'fire',
      '007',
      '7',
      'Ａ',
      'a',
      'b c',
      'b \t\u3000c',
      'true',
      '😀',
      '\ud83d',
      ...['Bris\u00adtol', '\u200bBristol\ufeff', 'b \u2060 c', '\u202eleeds'],
      ...['Wi-Fi', 'wi\u2011fi', 'WI\u2212FI', 'wi\u2013\u200dfi'],
      ...['é', 'e\u200b\u0301', '\u0390', '\u03aa\u0301', '👩\u200d🚀', '👩🚀'],
    ],
  },
  number: { few: [0, 7, 7.5], traps: [-0, -1, 1e21, 8, Number.MIN_VALUE] },
  boolean: { few: [true, false], traps: [] },
  date: {
    few: ['2026-03-01', '2026-03-01T01:00:00+01:00', '2026-03-02'],
    traps: ['2026-02-28T23:59:59.999Z', '2026-03-01T00:00:00.001Z', '1969-12-31', '1970-01-01', '2024-02-29'],
  },
} as const;

/** Values that no declared date, number or boolean takes. */
export const MISFITS = ['2026-02-30', 'yesterday', '2026-3-1', 'x'];

/** Every way of saying nothing. */
export const BLANKS = [null, '', ' ', '\u00a0\t', '\u200b', ' \ufeff\u00ad', []] as const;
