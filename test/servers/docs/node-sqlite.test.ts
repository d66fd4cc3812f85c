import { WALKS } from '../../docs/walks.js';
import { skipped } from '../drivers/skipped.js';
import { HAS_SQLITE } from '../newer-node.js';
import { describeWalk, titleOf } from './describe-walk.js';
import { inFolder } from './walk-databases.js';

for (const walk of WALKS.filter(({ on }) => on === 'sqlite')) {
  if (!HAS_SQLITE) skipped(titleOf(walk), 'node:sqlite needs Node 22.13');
  else describeWalk(walk, () => inFolder({ NODE_NO_WARNINGS: '1' }));
}
