import { describeKinds } from './describe-kinds.js';
import { postgresKinds, postgresSessionKinds, postgresSessions } from './kinds/postgres.js';
import { postgresStore } from './wild-store.js';

describeKinds(postgresStore('kinds'), postgresKinds, postgresSessionKinds, postgresSessions);
