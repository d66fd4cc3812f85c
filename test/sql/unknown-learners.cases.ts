import { describe } from 'vitest';
import { dropLms } from './lms.js';
import { pgliteDriver } from './pglite-world.js';
import { describeUnknownLearners } from './unknown-learners.js';

let opened = 0;

describe('ids that no learner has', () => {
  describeUnknownLearners(async () => {
    const db = await pgliteDriver();
    const prefix = `unknown${opened++}_`;
    return { drivers: [db, db, db], prefix, close: () => dropLms(db, prefix) };
  });
});
