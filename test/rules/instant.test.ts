import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/rules/instant.js';

const noon = Date.UTC(2026, 2, 1, 12);

describe('§7.4 dates and instants', () => {
  it.each([
    ['2026-03-01', Date.UTC(2026, 2, 1)],
    ['1969-12-31', Date.UTC(1969, 11, 31)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2000-02-29', Date.UTC(2000, 1, 29)],
    ['9999-12-31', Date.UTC(9999, 11, 31)],
    ['2026-03-01T12:00Z', noon],
    ['2026-03-01T12:00:00Z', noon],
    ['2026-03-01T12:00:00+00:00', noon],
    ['2026-03-01T12:00:00-00:00', noon],
    ['2026-03-01T13:00+01:00', noon],
    ['2026-03-01T17:45+05:45', noon],
    ['2026-03-01T02:30:00-09:30', noon],
    ['2026-03-02T11:59+23:59', noon],
    ['2026-02-28T12:01-23:59', noon],
    ['2026-03-01T23:59:59Z', Date.UTC(2026, 2, 1, 23, 59, 59)],
    ['2026-03-01T00:00:00Z', Date.UTC(2026, 2, 1)],
    ['2026-03-01T12:00:00.5Z', noon + 500],
    ['2026-03-01T12:00:00,25Z', noon + 250],
    ['2026-03-01T12:00:00.123Z', noon + 123],
    ['2026-03-01T13:00:00.007+01:00', noon + 7],
  ])('parseInstant parses %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it('parseInstant takes a year below 100 literally', () => {
    expect(parseInstant('0099-01-01')).toBe(Date.parse('0099-01-01T00:00:00Z'));
  });

  it('parseInstant distinguishes microseconds', () => {
    const [a, b] = ['2026-03-01T12:00:00.000001Z', '2026-03-01T12:00:00.000002Z'].map((text) => parseInstant(text)!);
    expect(a).toBeGreaterThan(noon);
    expect(b).toBeGreaterThan(a!);
  });

  it.each([
    ['a day that is in no calendar', '2026-02-29'],
    ['29 February of a century', '1900-02-29'],
    ['31 April', '2026-04-31'],
    ['day 0', '2026-03-00'],
    ['day 32', '2026-03-32'],
    ['month 0', '2026-00-10'],
    ['month 13', '2026-13-10'],
    ['a time without offset', '2026-03-01T12:00:00'],
    ['a time without offset or seconds', '2026-03-01T12:00'],
    ['hour 24', '2026-03-01T24:00:00Z'],
    ['minute 60', '2026-03-01T12:60:00Z'],
    ['second 60', '2026-03-01T12:00:60Z'],
    ['an offset of 24 hours', '2026-03-01T12:00:00+24:00'],
    ['an offset of 60 minutes', '2026-03-01T12:00:00+01:60'],
    ['an offset without colon', '2026-03-01T12:00:00+0100'],
    ['a date with an offset', '2026-03-01Z'],
    ['an hour without minutes', '2026-03-01T12Z'],
    ['a fraction without digits', '2026-03-01T12:00:00.Z'],
    ['ten digits of a fraction', '2026-03-01T12:00:00.0123456789Z'],
    ['a space for T', '2026-03-01 12:00:00Z'],
    ['a date written the other way', '01.03.2026'],
    ['slashes', '2026/03/01'],
    ['digits missing', '2026-3-1'],
    ['no date', 'tomorrow'],
    ['nothing', ''],
    ['more before it', 'x2026-03-01'],
    ['more after it', '2026-03-01x'],
    ['a line end after it', '2026-03-01\n'],
  ])('parseInstant rejects %s', (_, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
