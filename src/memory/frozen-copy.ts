import { type Issues, parse } from '../validate/issues.js';

/** Deeper than rules, which are the deepest stored data. */
const DEEPEST = 200;
/** A sparse list can have a length of four billion. */
const LONGEST = 10_000_000;

/**
 * Returns a deeply frozen copy of plain data, which all callers can share.
 * @throws `invalid_input` for data that refers to itself, is nested too deep, or throws when it is read.
 */
export function frozenCopy<T>(value: T): T {
  return parse((issues) => copy(value, 1, { issues, copies: new Map() }) as T);
}

/** The state of one copy: the issues, and the copies made, so that a shared object is copied once. */
interface Copying {
  readonly issues: Issues;
  readonly copies: Map<object, unknown>;
}

function copy(value: unknown, depth: number, copying: Copying): unknown {
  const { issues, copies } = copying;
  if (typeof value !== 'object' || value === null || issues.list.length > 0) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (depth > DEEPEST) {
    issues.add('too_deep', undefined, `data can be nested at most ${DEEPEST} levels deep; does it refer to itself?`);
    return undefined;
  }
  if (Array.isArray(value)) {
    if (value.length <= LONGEST)
      return kept(
        value,
        value.map((inner) => copy(inner, depth + 1, copying)),
        copies,
      );
    issues.add('too_long', undefined, `a list has at most ${LONGEST.toLocaleString('en-GB')} entries`);
    return undefined;
  }
  // Spread, unlike assignment to an empty object, keeps an own key named `__proto__`.
  const own: Record<string, unknown> = { ...value };
  for (const key of Object.keys(own)) {
    const inner = own[key];
    if (typeof inner === 'object') own[key] = copy(inner, depth + 1, copying);
  }
  return kept(value, own, copies);
}

function kept<Copy extends object>(value: object, made: Copy, copies: Map<object, unknown>): Readonly<Copy> {
  copies.set(value, Object.freeze(made));
  return made;
}
