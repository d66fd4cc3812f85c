import { describe } from 'vitest';
import { describeAsStored } from '../../sql/reading/as-stored.js';
import { describeAsStoredPlaces } from '../../sql/reading/as-stored-places.js';
import { describeStores, opened, stores } from '../repositories/stores.js';

describeStores(stores(), (store) => {
  describe('values', () => describeAsStored(() => opened(store)));
  describe('places', () => describeAsStoredPlaces(() => opened(store)));
});
