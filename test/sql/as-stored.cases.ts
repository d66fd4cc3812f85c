import { describe } from 'vitest';
import { openPglite } from './pglite-world.js';
import { describeAsStored } from './reading/as-stored.js';
import { describeAsStoredPlaces } from './reading/as-stored-places.js';

describe('asStored by column type', () => {
  describeAsStored(openPglite('stored_'));
});

describe('asStored by storage', () => {
  describeAsStoredPlaces(openPglite('places_'));
});
