import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';
import * as parsers from '../../src/validate/parse.js';

const json = [
  parsers.parseEdits,
  parsers.parseChange,
  parsers.parseChange,
  parsers.parseWhatIf,
  parsers.parseIds,
  parsers.parseRule,
  parsers.parseRunOptions,
  parsers.parseReconcileOptions,
  parsers.parseOptions,
] as readonly ((value: unknown) => unknown)[];
const all = [...json, parsers.parseRepositories, parsers.parseCatalog] as readonly ((value: unknown) => unknown)[];

const word = fc.constantFrom(
  ...[
    'type',
    'saveSegment',
    'link',
    'unlink',
    'segment',
    'id',
    'title',
    'rule',
    'profile',
    'linkId',
    'segmentId',
    'courseId',
  ],
  ...[
    'all',
    'any',
    'not',
    'everyone',
    'field',
    'op',
    'value',
    'equals',
    'in',
    'lt',
    'blank',
    'edits',
    'learners',
    'segments',
  ],
  ...['__proto__', 'constructor', '', 'limits', 'fraction', 'archives', 'courses', 'revision', 'fingerprint', 'format'],
);
const scalar = fc.oneof(word, fc.boolean(), fc.integer(), fc.double(), fc.constant(null));
/** JSON that is made of the words of the inputs, so that much of it is nearly valid. */
const { nearly } = fc.letrec((tie) => ({
  nearly: fc.oneof(
    { maxDepth: 6 },
    scalar,
    fc.array(tie('nearly'), { maxLength: 4 }),
    fc.array(fc.tuple(word, tie('nearly')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

const id = fc.oneof(word, fc.string({ unit: 'binary', maxLength: 5 }));
const condition = fc.oneof(
  fc.record({ field: id, op: fc.constantFrom('equals', 'contains', 'startsWith', 'endsWith', 'gt'), value: id }),
  fc.record({ field: id, op: fc.constantFrom('equals', 'lt'), value: fc.integer() }),
  fc.record({ field: id, op: fc.constant('in'), value: fc.oneof(fc.array(id), fc.array(fc.integer())) }),
  fc.record({ field: id, op: fc.constant('blank') }),
  fc.record({ segment: id }),
  fc.constant({ everyone: true }),
);
const { rule } = fc.letrec((tie) => ({
  rule: fc.oneof(
    { maxDepth: 5 },
    condition,
    fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ),
}));
const edit = fc.oneof(
  fc.record({
    type: fc.constant('saveSegment'),
    segment: fc.record({ id, title: id, rule }, { requiredKeys: ['id', 'title'] }),
  }),
  fc.record({ type: fc.constant('unlink'), linkId: id }),
  fc.record({ type: fc.constant('deleteSegment'), segmentId: id }),
  fc.record({
    type: fc.constant('link'),
    link: fc.record({ id, segmentId: id, courseId: id, rule }, { requiredKeys: ['id', 'segmentId', 'courseId'] }),
  }),
);

function outcome(parser: (value: unknown) => unknown, value: unknown): { copy?: unknown; refused: boolean } {
  try {
    return { copy: parser(value), refused: false };
  } catch (error) {
    // A plan that cannot be read is stale.
    const refusal = isSmartEnrolmentsError(error, 'plan_stale') ? error.cause : error;
    if (!isSmartEnrolmentsError(refusal, 'invalid_input')) throw error;
    expect(refusal.details.issues.length).toBeGreaterThan(0);
    expect(refusal.details.issues.length).toBeLessThanOrEqual(1_000);
    return { refused: true };
  }
}

/** Every object in a value. */
function objectsIn(value: unknown, found = new Set<unknown>()): Set<unknown> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const key of Object.keys(value)) objectsIn((value as { readonly [key: string]: unknown })[key], found);
  return found;
}

describe('any value at all', () => {
  it('any value is rejected with one error, or parsed', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
    });
    fc.assert(
      fc.property(fc.oneof(anything, nearly), (value) => {
        for (const parser of all) outcome(parser, value);
      }),
    );
  });

  it('any value is neither changed by parsing nor shared with the copy', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, edit, rule), (value) => {
        const before = JSON.stringify(value);
        const given = objectsIn(value);
        for (const parser of json) {
          const { copy } = outcome(parser, value);
          for (const object of objectsIn(copy)) expect(given.has(object)).toBe(false);
        }
        expect(JSON.stringify(value)).toBe(before);
        for (const object of given) expect(Object.isFrozen(object)).toBe(false);
      }),
    );
  });

  it('a value that throws on every access is rejected', () => {
    const traps: ProxyHandler<object> = new Proxy(
      {},
      {
        get() {
          return () => {
            throw new Error('touched');
          };
        },
      },
    );
    for (const target of [{}, [], () => undefined]) {
      for (const parser of all) expect(outcome(parser, new Proxy(target, traps)).refused).toBe(true);
    }
  });

  it('any valid list of edits and any valid rule is parsed', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 5 }), rule, (edits, rule) => {
        expect(parsers.parseEdits(edits)).toEqual(edits);
        expect(parsers.parseRule(rule)).toEqual(rule);
        expect(parsers.parseRule(parsers.parseRule(rule))).toEqual(rule);
      }),
    );
  });
});
