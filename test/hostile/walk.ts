import { isSmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';
import { FUNCTIONS, type Hostile, VALUES } from './values.js';

/** A public function, and arguments that it takes. */
export interface Subject {
  readonly name: string;
  call(...args: readonly unknown[]): unknown;
  /** Makes valid arguments, afresh for each call. */
  args(): readonly unknown[];
  /** Errors of another kind that its documentation promises. */
  promises?(error: unknown): boolean;
  /** Whether everything is as it was before the call, asked after each call. */
  isUnchanged?(): Promise<boolean>;
}

const opaque = new WeakSet<object>();

/** Marks an argument whose inside is the library's own: it is replaced as a whole only. */
export function asWhole<Value extends object>(value: Value): Value {
  opaque.add(value);
  return value;
}

type Path = readonly (string | number)[];

/** The longest that one call may take, in milliseconds: a call that hangs takes for ever. */
const SLOW = 5_000;
/** How deep in an argument a value is replaced. */
const DEEPEST = 7;

/** Calls a function with each hostile value in each place of its arguments; returns a sentence for each call that goes wrong. */
export async function faultsOf(subject: Subject): Promise<string[]> {
  const faults: string[] = [];
  for (const path of placesIn(subject.args())) {
    const values = typeof valueAt(subject.args(), path) === 'function' ? VALUES : [...VALUES, ...FUNCTIONS];
    for (const hostile of values) {
      const fault = await faultOf(subject, path, hostile);
      if (fault !== undefined) faults.push(`${subject.name} with ${hostile.name} at ${path.join('.')}: ${fault}`);
    }
  }
  return faults;
}

async function faultOf(subject: Subject, path: Path, { make }: Hostile): Promise<string | undefined> {
  const args = replaced(subject.args(), path, make()) as readonly unknown[];
  const start = performance.now();
  let error: unknown;
  let failed = false;
  try {
    const result = subject.call(...args);
    if (result instanceof Promise && (await within(result)) === PENDING) return 'it never settles';
  } catch (thrown) {
    failed = true;
    error = thrown;
  }
  const taken = duration(start);
  const isUnchanged = (await subject.isUnchanged?.()) ?? true;
  if (!failed) return taken;
  if (!isUnchanged) return 'something changed although it failed';
  if (subject.promises?.(error)) return taken;
  if (!isSmartEnrolmentsError(error)) return `it throws a raw error: ${textOf(error)}`;
  if (error.code === 'repository_failed' || error.code === 'contract_broken')
    return `it blames the host: ${error.message}`;
  return taken;
}

const PENDING = Symbol('pending');

function within(result: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(() => resolve(PENDING), SLOW);
  });
  return Promise.race([result, limit]).finally(() => clearTimeout(timer));
}

function duration(start: number): string | undefined {
  const taken = Math.round(performance.now() - start);
  return taken > SLOW ? `it takes ${taken} ms` : undefined;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : typeof error;
}

/** Every argument, and every place within the plain objects and lists among them. */
function placesIn(value: unknown, path: Path = []): Path[] {
  const here = path.length === 0 ? [] : [path];
  if (path.length > DEEPEST || !isPlain(value)) return here;
  return [...here, ...Object.keys(value).flatMap((key) => placesIn(value[key], [...path, key]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}

function replaced(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const inner = replaced((value as Record<string, unknown>)[key], rest, put);
  if (Array.isArray(value)) return value.map((entry, i) => (String(i) === String(key) ? inner : entry));
  return { ...(value as object), [key]: inner };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || opaque.has(value)) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
