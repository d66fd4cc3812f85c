import { describe } from 'vitest';
import { describeAssignments } from './describe-assignments.js';
import { dropLms } from './lms.js';
import { pgliteDriver } from './pglite-world.js';

let worlds = 0;

describe('the table of assignments', () => {
  describeAssignments(async () => {
    const [db, prefix] = [await pgliteDriver(), `asg${worlds++}_`];
    return { db, prefix, close: () => dropLms(db, prefix) };
  });
});
