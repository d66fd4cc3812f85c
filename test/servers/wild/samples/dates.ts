import type { Sample } from '../column-kind.js';
import { BLANK, BLOCKED, either, instant, sample, value } from './sample.js';

const DAYS = [
  ...['1900-01-01', '1914-01-01', '1969-12-31', '1970-01-01', '1999-12-31', '2000-01-01', '2000-02-29', '2004-12-31'],
  ...['2005-01-01', '2005-01-02', '2018-11-04', '2019-02-17', '2026-02-28', '2026-03-01', '2026-03-02', '2026-03-01'],
  ...['2026-01-02', '2026-02-01', '2026-12-11', '2026-11-12', '9998-12-31', '9999-12-31'],
];
const FIRST = ['0001-01-01', '0099-12-31', '1000-01-01'];

const TIMES = ['00:00:00', '00:30:00', '02:59:59', '10:00:00.5', '12:00:00', '21:00:00', '23:59:59.999999'];

/** Dates without time, and NULL. */
export const days: readonly Sample[] = [sample(null, BLANK), ...DAYS.map((day) => sample(day, value(day)))];

/** Years that not every database can store. */
export const firstDays: readonly Sample[] = FIRST.map((day) => sample(day, value(day)));

/** Dates and times without offset: read as UTC. */
export const localTimes: readonly Sample[] = [
  sample(null, BLANK),
  ...DAYS.map((day, i) => {
    const time = TIMES[i % TIMES.length]!;
    return sample(`${day} ${time}`, instant(`${day}T${time}Z`));
  }),
];

/** Instants, written in UTC. */
export const instants: readonly Sample[] = [
  sample(null, BLANK),
  ...DAYS.map((day, i) => {
    const time = TIMES[i % TIMES.length]!;
    return sample(`${day} ${time}+00`, instant(`${day}T${time}Z`));
  }),
];

/** Other Postgres dates, which are not ISO dates with a year of four digits. */
export const beyondIso: readonly Sample[] = [
  'infinity',
  '-infinity',
  '10000-06-01',
  '20000-06-15',
  '0044-03-15 BC',
].map((text) => sample(text, BLOCKED));

/** MariaDB's values for days that do not exist. */
export const zeroDays: readonly Sample[] = ['0000-00-00', '2026-00-00'].map((text) => sample(text, BLOCKED));

/** Text in a column of a date field. */
export const dateTexts: readonly Sample[] = [
  ...days,
  sample('', BLANK),
  sample('  ', BLANK),
  ...['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.123456789Z', '2026-03-01T10:00Z'].map((text) =>
    sample(text, instant(text)),
  ),
  ...['2026-03-01T01:00:00+01:00', '2026-02-28T21:00:00-03:00', '2026-03-01T00:00:00-00:00'].map((text) =>
    sample(text, instant(text)),
  ),
  sample('2026-03-01 10:00:00', instant('2026-03-01T10:00:00Z')),
  sample('2026-03-01T10:00:00', instant('2026-03-01T10:00:00Z')),
  ...['01/03/2026', '2026-02-30', '2026-3-1', 'infinity', 'tomorrow', '20260301', '+010000-01-01', '12345'].map(
    (text) => sample(text, BLOCKED),
  ),
  sample(' 2026-03-01', either(value('2026-03-01'), BLOCKED)),
];

/** More different days than the library lists, from 1995 on. */
export function manyDays(): Sample[] {
  return Array.from({ length: 5_200 }, (_, i) => {
    const day = new Date(Date.UTC(1995, 0, 1 + 2 * i)).toISOString().slice(0, 10);
    return sample(day, value(day));
  });
}

/** More different times than the library lists, 31 hours apart; the suffix is the zone in which they are written. */
export function manyTimes(suffix = ''): Sample[] {
  return Array.from({ length: 5_200 }, (_, i) => {
    const iso = new Date(Date.UTC(1995, 0, 1) + i * 31 * 3_600_000 + (i % 3) * 500).toISOString();
    return sample(`${iso.slice(0, 10)} ${iso.slice(11, 23)}${suffix}`, instant(iso));
  });
}
