import { skipped } from '../drivers/skipped.js';
import { HAS_MIKRO_ORM } from '../newer-node.js';
import { describeOnWrite } from './describe-on-write.js';

if (HAS_MIKRO_ORM) describeOnWrite((name) => name.startsWith('mikro-orm'));
else skipped("the guide's onWrite, with MikroORM", `MikroORM 7 needs Node 22.17; this is ${process.version}`);
