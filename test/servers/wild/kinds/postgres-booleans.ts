import type { ColumnKind, Sample } from '../column-kind.js';
import { bitTruths, letterTruths, numberTruths, truths, wordTruths } from '../samples/booleans.js';

const kind = (type: string, samples: readonly Sample[], more: Partial<ColumnKind> = {}): ColumnKind => ({
  ...{ name: `${type} declared boolean`, column: type, type: 'boolean', place: 'column', write: `CAST(? AS ${type})` },
  samples,
  ...more,
});

/** Columns of booleans, and of types that hosts use instead. */
export const postgresBooleans: readonly ColumnKind[] = [
  kind('boolean', truths, { native: true, indexed: true }),
  kind('smallint', numberTruths),
  kind('bit(1)', bitTruths),
  kind('char(1)', letterTruths),
  kind('text', wordTruths),
];
