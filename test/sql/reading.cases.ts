import { describe } from 'vitest';
import { openPglite } from './pglite-world.js';
import { describeIdentity } from './reading/identity.js';
import { describeMapped } from './reading/mapped.js';
import { describeRows } from './reading/rows.js';

describe('rows that cannot be read', () => {
  describeRows(openPglite('rows_'));
});

describe('descriptions of columns', () => {
  describeMapped(openPglite('mapped_'));
});

describe('ids that a database treats as equal', () => {
  describeIdentity(openPglite('ids_'), false);
});
