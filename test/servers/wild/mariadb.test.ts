import { describeKinds } from './describe-kinds.js';
import { mariadbKinds } from './kinds/mariadb.js';
import { mariadbStore } from './wild-store.js';

describeKinds(mariadbStore('kinds'), mariadbKinds);
