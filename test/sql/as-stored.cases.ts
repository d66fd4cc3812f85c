import { describe } from 'vitest';
import { pgliteDriver } from './pglite-world.js';
import { describeAsStored } from './reading/as-stored.js';
import { describeAsStoredPlaces } from './reading/as-stored-places.js';

const open = (prefix: string) => async () => ({ db: await pgliteDriver(), prefix, close: async () => undefined });

describe('asStored by column type', () => {
  describeAsStored(open('stored_'));
});

describe('asStored by storage', () => {
  describeAsStoredPlaces(open('places_'));
});
