import { afterAll } from 'vitest';
import { closePglite } from './pglite-world.js';

// In one file, since each file would create its own PGlite.
import './as-stored.cases.js';
import './assignments.cases.js';
import './ambient.cases.js';
import './contract.cases.js';
import './enrolments.cases.js';
import './host-transaction.cases.js';
import './rows-table.cases.js';
import './hostile.cases.js';
import './migrate.cases.js';
import './narrow.cases.js';
import './reading.cases.js';
import './sql-host.cases.js';
import './unknown-learners.cases.js';
import './steps.cases.js';
import './upgrade.cases.js';
import './upkeep.cases.js';

afterAll(closePglite);
