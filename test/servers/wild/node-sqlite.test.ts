import { describeKinds } from './describe-kinds.js';
import { sqliteKinds } from './kinds/sqlite.js';
import { nodeSqliteStore } from './sqlite-clients.js';

describeKinds(nodeSqliteStore(), sqliteKinds);
