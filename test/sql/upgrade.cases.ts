import { describeUpgrade } from './describe-upgrade.js';
import { pgliteDriver } from './pglite-world.js';

describeUpgrade('PGlite', pgliteDriver, 'up_');
