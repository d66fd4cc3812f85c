import { describe } from 'vitest';
import { pgliteDriver } from './pglite-world.js';
import { describeEnrolments } from './upkeep/describe-enrolments.js';
import { describeTraining } from './upkeep/describe-training.js';

const open = (prefix: string) => async () => ({ db: await pgliteDriver(), prefix, close: async () => undefined });

describe('the table of enrolments', () => {
  describeEnrolments(open('kept_'), false);
});

describe('training records', () => {
  describeTraining(open('records_'));
});
