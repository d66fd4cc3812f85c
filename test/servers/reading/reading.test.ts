import { describe } from 'vitest';
import { describeBounds } from '../../sql/reading/bounds.js';
import { describeIdentity } from '../../sql/reading/identity.js';
import { describeMapped } from '../../sql/reading/mapped.js';
import { describeRows } from '../../sql/reading/rows.js';
import { describeStores, opened, stores } from '../repositories/stores.js';

describeStores(stores(), (store) => {
  describe('rows that cannot be read', () => describeRows(() => opened(store)));
  describe('descriptions of columns', () => describeMapped(() => opened(store)));
  describe('identity', () => describeIdentity(() => opened(store)));
  describe('bounds of results', () => describeBounds(() => opened(store)));
});
