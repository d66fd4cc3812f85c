import { describe } from 'vitest';
import { pgliteDriver } from './pglite-world.js';
import { describeRows } from './reading/rows.js';

describe('rows that cannot be read', () => {
  describeRows(async () => ({ db: await pgliteDriver(), prefix: 'rows_', close: async () => undefined }));
});
