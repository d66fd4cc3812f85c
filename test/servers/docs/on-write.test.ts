import { describeOnWrite } from './describe-on-write.js';

describeOnWrite((name) => !name.startsWith('mikro-orm'));
