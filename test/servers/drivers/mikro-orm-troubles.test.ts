import { HAS_MIKRO_ORM } from '../newer-node.js';
import { describeTroubles } from './describe-troubles.js';
import { skipped } from './skipped.js';

if (HAS_MIKRO_ORM) describeTroubles('smart_enrolments_test_trouble_2', (name) => name.startsWith('mikro-orm'));
else skipped('trouble through MikroORM', `MikroORM 7 needs Node 22.17; this is ${process.version}`);
