import { HAS_MIKRO_ORM } from '../newer-node.js';
import { endedConnections } from './describe-ended-connections.js';
import { skipped } from './skipped.js';

if (HAS_MIKRO_ORM) endedConnections((name) => name.startsWith('mikro-orm'));
else
  skipped('connections that the server ends, with MikroORM', `MikroORM 7 needs Node 22.17; this is ${process.version}`);
