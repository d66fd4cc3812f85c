import { describeKinds } from './describe-kinds.js';
import { sqliteKinds } from './kinds/sqlite.js';
import { betterSqlite3Store } from './sqlite-clients.js';

describeKinds(betterSqlite3Store(), sqliteKinds);
