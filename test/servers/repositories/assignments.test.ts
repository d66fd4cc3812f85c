import { describe } from 'vitest';
import { describeAssignments } from '../../sql/describe-assignments.js';
import { describeStores, opened, stores } from './stores.js';

describeStores(stores(), (store) => {
  describe('the table of assignments', () => describeAssignments(() => opened(store)));
});
