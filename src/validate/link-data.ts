import type { Json, LinkData } from '../model/catalog.js';
import { tooLong } from './id.js';
import type { Issues } from './issues.js';
import { at, type Place } from './place.js';
import { isPlain } from './plain.js';
import type { RuleReading } from './rule.js';
import { DATA_BYTES } from './size-limits.js';

/** JSON text of the allowed size cannot have more parts. */
const PARTS = DATA_BYTES;
/** How deep data may be nested. */
const DEPTH = 50;

/**
 * Copies a link's data, or adds why it is not a JSON object of the allowed size. Its length as JSON counts towards `written`. Returns `null`
 * and `undefined` unchanged.
 */
export function readData(value: unknown, place: Place, reading: RuleReading): LinkData | null | undefined {
  if (value === undefined || value === null) return value;
  const { issues, size } = reading;
  if (typeof value !== 'object' || Array.isArray(value)) {
    issues.wrongType('a JSON object', value, place);
    return undefined;
  }
  const found = issues.list.length;
  const copy = new Copier(issues).copy(value, place, 1);
  if (issues.list.length > found) return undefined;
  const json = JSON.stringify(copy);
  reading.size = { ...size, written: size.written + json.length };
  const bytes = new TextEncoder().encode(json).length;
  if (bytes <= DATA_BYTES) return copy as LinkData;
  issues.add('too_long', place, tooLong(DATA_BYTES, bytes, 'bytes of JSON'));
  return undefined;
}

/** Copies JSON part by part. Stops at the first part that is not JSON or exceeds a limit. */
class Copier {
  #parts = 0;
  readonly #issues: Issues;
  readonly #found: number;

  constructor(issues: Issues) {
    this.#issues = issues;
    this.#found = issues.list.length;
  }

  copy(value: unknown, place: Place, depth: number): Json {
    if (this.#isStopped) return null;
    if (depth > DEPTH)
      return this.#stop('too_deep', place, `data can be nested at most ${DEPTH} levels deep; does it refer to itself?`);
    if (++this.#parts > PARTS) return this.#stop('too_long', place, `data is at most ${DATA_BYTES} bytes of JSON`);
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string' && value.length <= DATA_BYTES) return value;
    if (typeof value === 'string')
      return this.#stop('too_long', place, tooLong(DATA_BYTES, value.length, 'bytes of JSON'));
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) {
      const list: Json[] = [];
      for (let i = 0; i < value.length && !this.#isStopped; i++)
        list.push(this.copy(value[i], at(place, i), depth + 1));
      return Object.freeze(list);
    }
    if (isPlain(value)) {
      const entries = Object.entries(value).filter(([, part]) => part !== undefined);
      const copied = entries.map(([key, part]): [string, Json] => [key, this.copy(part, at(place, key), depth + 1)]);
      // Unlike an assignment, this defines keys such as __proto__.
      return Object.freeze(Object.fromEntries(copied));
    }
    this.#issues.wrongType('JSON (text, a finite number, true, false, null, a list or a plain object)', value, place);
    return null;
  }

  get #isStopped(): boolean {
    return this.#issues.list.length > this.#found;
  }

  #stop(code: 'too_deep' | 'too_long', place: Place, message: string): null {
    this.#issues.add(code, place, message);
    return null;
  }
}
