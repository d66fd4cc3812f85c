import { describe } from 'vitest';
import { pgliteDriver } from './pglite-world.js';
import { describeAsStored } from './reading/as-stored.js';

describe('learners as they would be stored', () => {
  describeAsStored(async () => ({ db: await pgliteDriver(), prefix: 'stored_', close: async () => undefined }));
});
