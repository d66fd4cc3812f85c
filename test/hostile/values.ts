/** What every trap and getter here throws. */
class Trap extends Error {
  override readonly name = 'Trap';
}

/** A value that no caller should pass, made afresh for each call. */
export interface Hostile {
  readonly name: string;
  make(): unknown;
}

const spring = (): never => {
  throw new Trap('touched');
};
const everyTrap: ProxyHandler<object> = new Proxy({}, { get: () => spring });

/** A proxy that throws whatever is done with it. */
export function trapped(target: object): object {
  return new Proxy(target, everyTrap);
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const DEEP = 100_000;

function nested(wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = {};
  for (let depth = 0; depth < DEEP; depth++) value = wrap(value);
  return value;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = {};
  for (const key of ['all', 'any', 'not', 'rule', 'segment', 'profile']) value[key] = value;
  return value;
}

function cyclicList(): unknown {
  const list: unknown[] = [];
  list.push(list, 'or', list);
  return list;
}

/** Keys that the library reads: each throws when it is read. */
const READ = 'id type rule segment link profile learners edits all any not field op value fields courses links'.split(
  ' ',
);

function withGetters(): unknown {
  return Object.defineProperties({}, Object.fromEntries(READ.map((key) => [key, { get: spring, enumerable: true }])));
}

class Row {
  readonly id = 'row';
  readonly profile = new Map([['site', 'Leeds']]);
}

/** Whatever awaits it calls `then`. */
function thenable(then: () => unknown): unknown {
  return Object.fromEntries([['then', then]]);
}

const fixed = (name: string, value: unknown): Hostile => ({ name, make: () => value });
const long = 'x'.repeat(2_000_000);
const [deepObject, deepNot, deepAll, deepList] = [
  nested((inner) => ({ inner })),
  nested((not) => ({ not })),
  nested((inner) => ({ all: [inner] })),
  nested((inner) => [inner]),
];

/** Anything that is not a function. */
export const VALUES: readonly Hostile[] = [
  ...[undefined, null, true, false, 0, -0, 1, -1, 0.5, 2 ** 53].map((value) => fixed(String(value), value)),
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => fixed(String(value), value)),
  fixed('a bigint', 7n),
  fixed('a symbol', Symbol('hostile')),
  fixed('empty text', ''),
  fixed('a lone surrogate', '\ud800'),
  fixed('the other half of a pair', '\udc00x'),
  fixed('a NUL', '\0'),
  fixed('"__proto__"', '__proto__'),
  fixed('long text', long),
  { name: 'an empty list', make: () => [] },
  { name: 'a list of nothing', make: () => [null, undefined] },
  { name: 'a list of numbers', make: () => [1, Number.NaN] },
  { name: 'a list with holes', make: () => Object.assign(new Array(4), { 1: 'a', 3: {} }) },
  { name: 'the longest list', make: () => new Array(2 ** 32 - 1) },
  fixed('a list of a million', new Array(1_000_000).fill(null)),
  { name: 'a list within itself', make: cyclicList },
  { name: 'a list with a throwing getter', make: () => Object.defineProperty([], 0, { get: spring }) },
  { name: 'a list whose methods throw', make: () => Object.assign([{}], { map: spring, [Symbol.iterator]: spring }) },
  { name: 'typed numbers', make: () => new Uint8Array(3) },
  { name: 'an empty object', make: () => ({}) },
  { name: 'an object within itself', make: cyclic },
  { name: 'an object whose getters throw', make: withGetters },
  { name: 'an object without prototype', make: () => Object.assign(Object.create(null), { id: 'x', constructor: 1 }) },
  { name: 'an own __proto__', make: () => JSON.parse('{"__proto__":{"id":"x","type":"unlink"},"id":{"__proto__":1}}') },
  { name: 'an object that is like a list', make: () => ({ length: 1e9, 0: 'x' }) },
  { name: 'a throwing toJSON', make: () => ({ toJSON: spring, id: 'x' }) },
  { name: 'a throwing toString', make: () => ({ toString: spring, valueOf: spring, [Symbol.toPrimitive]: spring }) },
  { name: 'an invalid date', make: () => new Date(Number.NaN) },
  { name: 'a map', make: () => new Map([['id', 'x']]) },
  { name: 'a set', make: () => new Set(['x']) },
  { name: 'an instance of a class', make: () => new Row() },
  { name: 'boxed text', make: () => Object('x') },
  { name: 'a regular expression', make: () => /x/ },
  { name: 'an error', make: () => new Error('x') },
  { name: 'a promise', make: () => Promise.resolve('x') },
  { name: 'a thenable that never settles', make: () => thenable(() => undefined) },
  { name: 'a thenable that throws', make: () => thenable(spring) },
  { name: 'a proxy of an object that throws', make: () => trapped({}) },
  { name: 'a proxy of a list that throws', make: () => trapped([]) },
  { name: 'a revoked proxy of an object', make: () => revoked({}) },
  { name: 'a revoked proxy of a list', make: () => revoked([]) },
  fixed('an object 100,000 deep', deepObject),
  fixed('a rule 100,000 deep', deepNot),
  fixed('a rule of lists 100,000 deep', deepAll),
  fixed('a list 100,000 deep', deepList),
];

/** Functions, and what passes for one. */
export const FUNCTIONS: readonly Hostile[] = [
  { name: 'a function that throws', make: () => spring },
  { name: 'a class', make: () => Row },
  { name: 'a proxy of a function that throws', make: () => trapped(() => undefined) },
  { name: 'a revoked proxy of a function', make: () => revoked(() => undefined) },
];
