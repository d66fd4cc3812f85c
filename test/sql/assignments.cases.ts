import { describe } from 'vitest';
import { describeAssignments } from './describe-assignments.js';
import { dropLms } from './lms.js';
import { pgliteDriver } from './pglite-world.js';

let worlds = 0;

describe('the table of assignments', () => {
  describeAssignments(async () => {
    const [driver, prefix] = [await pgliteDriver(), `asg${worlds++}_`];
    return { driver, prefix, close: () => dropLms(driver, prefix) };
  });
});
