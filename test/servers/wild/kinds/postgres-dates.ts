import type { ColumnKind, Sample } from '../column-kind.js';
import { beyondIso, dateTexts, days, firstDays, instants, localTimes, manyDays, manyTimes } from '../samples/dates.js';
import { dateArrays } from '../samples/lists.js';

const native = (type: string, samples: readonly Sample[], more: Partial<ColumnKind> = {}): ColumnKind => ({
  ...{ name: type, column: type, type: 'date', place: 'column', native: true, write: `CAST(? AS ${type})` },
  ...{ samples: [...samples, ...beyondIso], indexed: true },
  ...more,
});

/** Columns of dates, which every session writes in its own style and time zone. */
export const postgresDates: readonly ColumnKind[] = [
  native('date', [...days, ...firstDays], { many: manyDays() }),
  native('timestamp', [...localTimes, ...firstDays.map(atMidnight)], { many: manyTimes() }),
  native('timestamptz', instants, { many: manyTimes('+00') }),
  native('hired_on', days, { name: 'a domain over date', setup: ['CREATE DOMAIN hired_on AS date'] }),
  { name: 'date[]', column: 'date[]', write: 'CAST(? AS date[])', type: 'date', place: 'column', samples: dateArrays },
];

/** Text, which every session writes in the same way. */
export const postgresDateTexts: readonly ColumnKind[] = [
  { name: 'text declared date', column: 'text', type: 'date', place: 'column', samples: dateTexts, indexed: true },
];

function atMidnight({ stored }: Sample): Sample {
  return { stored: `${stored} 00:00:00`, expected: { is: 'instant', iso: `${stored}T00:00:00Z` } };
}
