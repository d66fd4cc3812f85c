import { describe } from 'vitest';
import { openPglite } from './pglite-world.js';
import { describeUpkeep } from './upkeep/describe-upkeep.js';

// PGlite has no ICU collations.
describe('tables that the library keeps', () => describeUpkeep(openPglite('kept_'), false));
