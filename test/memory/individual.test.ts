import { expect, test } from 'vitest';
import { emptyHoldings, withIndividual, withoutIndividual } from '../../src/memory/stored-holdings.js';

test('removing one individual enrolment keeps the others, in order', () => {
  const held = ['d', 'b', 'c', 'b'].reduce(withIndividual, emptyHoldings('a'));
  expect(held.holdings.individual).toEqual(['b', 'c', 'd']);
  expect(withoutIndividual(held, 'c').holdings.individual).toEqual(['b', 'd']);
  expect(withoutIndividual(held, 'gone').holdings.individual).toEqual(['b', 'c', 'd']);
  expect(held.holdings.individual).toEqual(['b', 'c', 'd']);
});
