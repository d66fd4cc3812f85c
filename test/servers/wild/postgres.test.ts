import { describeKinds } from './describe-kinds.js';
import { postgresKinds } from './kinds/postgres.js';
import { postgresStore } from './wild-store.js';

describeKinds(postgresStore('kinds'), postgresKinds);
