import { inject } from 'vitest';
import { WALKS } from '../../docs/walks.js';
import { skipped } from '../drivers/skipped.js';
import { describeWalk, titleOf } from './describe-walk.js';
import { inFolder, onMariadb, onPostgres } from './walk-databases.js';

const { postgres, mariadb } = inject('missing');
const DATABASES = { postgres: onPostgres, mariadb: onMariadb, libsql: inFolder } as const;
const MISSING = { postgres, mariadb, libsql: '' } as const;

for (const walk of WALKS) {
  if (walk.on === 'sqlite' || walk.mikroOrm) continue;
  const { on } = walk;
  if (MISSING[on]) skipped(titleOf(walk), MISSING[on]);
  else describeWalk(walk, () => DATABASES[on]());
}
