import type { FieldType, Scalar } from '../../../src/core.js';
import { fold } from '../../../src/rules/fold.js';
import { parseInstant } from '../../../src/rules/instant.js';
import type { Random } from '../../../src/testkit/random.js';
import type { Expected, Sample } from './column-kind.js';

/** Operands for rules: stored values, and near misses. */
export function operandsOf(type: FieldType, samples: readonly Sample[]): (random: Random) => string | number | boolean {
  const known = [...new Set(samples.flatMap(({ expected }) => valuesOf(expected)))];
  switch (type) {
    case 'text': {
      const texts = known.filter((value) => typeof value === 'string');
      return (random) => nonBlank(nearText(random.pick(texts.length > 0 ? texts : ['Bristol']), random));
    }
    case 'number': {
      const numbers = known.filter((value) => typeof value === 'number');
      return (random) => nearNumber(random.pick(numbers.length > 0 ? numbers : [7]), random);
    }
    case 'date': {
      const dates = known.filter((value) => typeof value === 'string' && parseInstant(value) !== undefined);
      return (random) => nearDate(random.pick(dates.length > 0 ? (dates as string[]) : ['2026-03-01']), random);
    }
    case 'boolean':
      return (random) => random.chance(0.5);
    default:
      return type satisfies never;
  }
}

function valuesOf(expected: Expected): Scalar[] {
  switch (expected.is) {
    case 'value':
      return Array.isArray(expected.value) ? [...(expected.value as readonly Scalar[])] : [expected.value as Scalar];
    case 'padded':
      return [expected.text];
    case 'instant':
      return [expected.iso];
    case 'list':
    case 'either':
      return expected.of.flatMap(valuesOf);
    default:
      return [];
  }
}

function nonBlank(text: string): string {
  return fold(text) === '' ? 'zzz' : text;
}

function nearText(text: string, random: Random): string {
  const points = [...text];
  const from = random.below(points.length);
  const forms: (() => string)[] = [
    ...[() => text, () => text, () => text, () => text.toUpperCase(), () => text.toLowerCase()],
    ...[() => text.normalize('NFC'), () => text.normalize('NFD'), () => `${text} `, () => ` ${text}`],
    ...[() => text.normalize('NFD').replace(/\p{M}/gu, ''), () => points.slice(0, -1).join(''), () => `${text}s`],
    () => points.slice(from, from + 1 + random.below(4)).join(''),
    () => 'nowhere',
  ];
  return random.pick(forms)();
}

function nearNumber(number: number, random: Random): number {
  const step = Math.abs(number) * Number.EPSILON || Number.MIN_VALUE;
  const forms = [number, number, number, number + 1, number - 1, number + 0.5, number + step, number - step, -number];
  return finite(random.chance(0.05) ? random.pick([0, 1e308, -1e308, 2 ** 53 + 2, 1e-9]) : random.pick(forms));
}

const finite = (number: number): number => (Number.isFinite(number) ? number : 0);

const DAY = 86_400_000;
const OFFSETS = ['Z', '+01:00', '-03:00', '+14:00'];

function nearDate(date: string, random: Random): string {
  const time = Math.trunc(parseInstant(date)!);
  const moved = time + random.pick([0, 0, 0, 1, -1, DAY, -DAY, 3 * DAY, 12 * 3_600_000]);
  const extremes = ['0001-01-01', '9999-12-31', '2005-01-01', '1970-01-01'];
  if (random.chance(0.08)) return random.pick(extremes);
  const iso = new Date(moved).toISOString();
  // An ISO date has a year of four digits.
  if (iso.length !== 24 || iso.startsWith('0000')) return random.pick(extremes);
  if (random.chance(0.5)) return iso.slice(0, 10);
  return `${iso.slice(0, -1)}${random.pick(OFFSETS)}`;
}
