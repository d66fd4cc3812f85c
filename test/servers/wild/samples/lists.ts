import { BLANK, BLOCKED, either, sample, value } from './sample.js';

/** Arrays of text, as Postgres writes them. */
export const textArrays = [
  sample(null, BLANK),
  sample('{}', BLANK),
  sample('{NULL,"", " "}', BLANK),
  sample('{Bristol}', value(['Bristol'])),
  sample('{bristol,"cafe\u0301",NULL}', value(['bristol', 'cafe\u0301', null])),
  sample('{café,Leeds}', value(['café', 'Leeds'])),
  sample('{"{","\\"quoted\\"","back\\\\slash"}', value(['{', '"quoted"', 'back\\slash'])),
  sample('{"a,b",a}', value(['a,b', 'a'])),
  sample('{{a,b},{c,d}}', either(BLOCKED, value(['a', 'b', 'c', 'd']))),
];

/** Arrays of whole numbers. */
export const numberArrays = [
  sample(null, BLANK),
  sample('{}', BLANK),
  sample('{NULL}', BLANK),
  ...[[1], [7, 42], [0, -1], [3, 3, 3], [1000]].map((list) => sample(`{${list.join()}}`, value(list))),
];

/** Arrays of dates. */
export const dateArrays = [
  sample(null, BLANK),
  sample('{}', BLANK),
  ...[['2026-03-01'], ['2005-01-01', '1970-01-01'], ['9999-12-31', '2026-01-02']].map((list) =>
    sample(`{${list.join()}}`, value(list)),
  ),
  sample('{infinity}', BLOCKED),
];
