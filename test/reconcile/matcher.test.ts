import { describe, expect, it } from 'vitest';
import { compile, diff, explain, isSmartEnrolmentsError, type Matcher } from '../../src/core.js';
import { audienceOf } from '../../src/reconcile/search/audience.js';
import { matchingOf } from '../../src/reconcile/search/hint.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { stateOf } from './state-of.js';

const catalog = catalogOf({ segments: [segment('s')], links: [link('1', 's', 'c')] });
const matcher = compile(catalog);

const calls: Record<string, (matcher: Matcher) => unknown> = {
  'diff, without learners': (given) => diff(given, []),
  'diff, of some courses': (given) => diff(given, [], { courses: ['c'] }),
  explain: (given) => explain(given, stateOf('a'), 'c'),
  matchingOf: (given) => matchingOf(given, []),
  audienceOf: (given) => audienceOf(given, []),
};

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isSmartEnrolmentsError(error, 'invalid_input')) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

describe.each(Object.entries(calls))('%s', (_, call) => {
  it.each([
    ['a catalog', catalog, 'an object'],
    ['an object with a catalog', { catalog }, 'an object'],
    ['a matcher that went through JSON', JSON.parse(JSON.stringify(matcher)), 'an object'],
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['text', 'catalog', 'text'],
  ])('rejects %s in place of a matcher', (_name, given, kind) => {
    expect(messageOf(() => call(given as Matcher))).toBe(
      `Invalid input; nothing was changed:\n- matcher: expected what compile() of this copy of smart-enrolments/core returned, not ${kind}`,
    );
  });

  it('diff accepts what compile returned', () => {
    expect(() => call(matcher)).not.toThrow();
  });
});

describe('compile', () => {
  it('compile rejects a previous matcher that it did not return', () => {
    const message = messageOf(() => compile(catalog, { previous: { catalog } as Matcher }));
    expect(message).toContain('- options.previous: expected what compile() of this copy');
  });
});
