import { describe } from 'vitest';
import { pgliteDriver } from './pglite-world.js';
import { describeIdentity } from './reading/identity.js';
import { describeMapped } from './reading/mapped.js';
import { describeRows } from './reading/rows.js';

const open = (prefix: string) => async () => ({ db: await pgliteDriver(), prefix, close: async () => undefined });

describe('rows that cannot be read', () => {
  describeRows(open('rows_'));
});

describe('descriptions of columns', () => {
  describeMapped(open('mapped_'));
});

describe('ids that a database treats as equal', () => {
  describeIdentity(open('ids_'), false);
});
