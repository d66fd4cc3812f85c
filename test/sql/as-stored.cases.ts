import { describe } from 'vitest';
import { pgliteDriver } from './pglite-world.js';
import { describeAsStored } from './reading/as-stored.js';
import { describeAsStoredPlaces } from './reading/as-stored-places.js';

const open = (prefix: string) => async () => ({ db: await pgliteDriver(), prefix, close: async () => undefined });

describe('values as they would be stored', () => {
  describeAsStored(open('stored_'));
});

describe('places of values as they would be stored', () => {
  describeAsStoredPlaces(open('places_'));
});
