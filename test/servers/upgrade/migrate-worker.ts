import { migrate } from '../../../src/sql/index.js';
import { NEW } from '../../sql/this-library.js';
import { type Watch, watched } from '../../sql/watched.js';
import { KIND } from './company.js';
import { open, type TestDatabase } from './test-database.js';

/** When a migrating process is killed: immediately after a statement, or immediately after the transaction that ends with it. */
export interface Kill {
  readonly statement: string;
  readonly when: 'statement' | 'commit';
}

const { database, kill }: { readonly database: TestDatabase; readonly kill: Kill } = JSON.parse(process.argv[2]!);
const die = (is: boolean): Promise<void> | void => {
  if (!is) return;
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};
const watch: Watch =
  kill.when === 'statement'
    ? { onStatement: (statement) => die(statement === kill.statement) }
    : { onCommit: (statements) => die(statements.at(-1) === kill.statement) };

const { driver, end } = open(database, NEW);
await migrate(watched(driver, watch), { prefix: `${database.prefix}${KIND}_se_`, learnerIds: KIND });
await end();
process.disconnect();
