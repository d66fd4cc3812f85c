import { WALKS } from '../../docs/walks.js';
import { skipped } from '../drivers/skipped.js';
import { HAS_SQLITE } from '../newer-node.js';
import { describeWalk, titleOf } from './describe-walk.js';

for (const walk of WALKS.filter(({ on }) => on === 'sqlite')) {
  if (!HAS_SQLITE) skipped(titleOf(walk), 'node:sqlite needs Node 22.13');
  // The file is created in the folder in which the blocks run, and deleted with it.
  else
    describeWalk(walk, async () => ({
      env: { NODE_NO_WARNINGS: '1' },
      run: () => Promise.reject(new Error('SQL for SQLite is part of the code.')),
      drop: async () => undefined,
    }));
}
