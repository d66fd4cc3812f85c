import { describe } from 'vitest';
import { describeEnrolments } from '../../sql/upkeep/describe-enrolments.js';
import { describeTraining } from '../../sql/upkeep/describe-training.js';
import { clientStores } from './client-stores.js';
import { describeStores, opened, stores } from './stores.js';

describeStores([...stores(), ...clientStores()], (store) => {
  describe('the table of enrolments', () => describeEnrolments(() => opened(store)));
  describe('training records', () => describeTraining(() => opened(store)));
});
