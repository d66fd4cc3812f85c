import { describeKinds } from './describe-kinds.js';
import { postgresSessionKinds, postgresSessions } from './kinds/postgres.js';
import { postgresStore } from './wild-store.js';

describeKinds(postgresStore('sessions'), postgresSessionKinds, postgresSessions);
