import { inject } from 'vitest';
import { WALKS } from '../../docs/walks.js';
import { skipped } from '../drivers/skipped.js';
import { HAS_MIKRO_ORM } from '../newer-node.js';
import { describeWalk, titleOf } from './describe-walk.js';
import { onPostgres } from './walk-databases.js';

const missing = HAS_MIKRO_ORM ? inject('missing').postgres : `MikroORM 7 needs Node 22.17; this is ${process.version}`;

for (const walk of WALKS.filter(({ mikroOrm }) => mikroOrm)) {
  if (missing) skipped(titleOf(walk), missing);
  else describeWalk(walk, onPostgres);
}
