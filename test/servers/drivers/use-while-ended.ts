import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlDriver } from '../../../src/sql/index.js';
import { CLIENTS, type Client, type ClientName, type MadeClient } from './clients.js';
import { endConnections } from './end-connections.js';

/** The report of a process that used a client while the server ended its connections. */
export interface Report {
  /** How many connections the server ended. */
  readonly ended: number;
  /** How many statements and transactions resolved meanwhile, and how many rejected. */
  readonly resolved: number;
  readonly rejected: number;
  /** How many had settled in neither way long after the last connection was ended. */
  readonly unsettled: number;
  /** The uncaught errors: each would have ended the process. */
  readonly uncaught: readonly string[];
}

/** How long a worker waits for a call before it makes another, and how long calls may take to settle at the end, in milliseconds. */
const PATIENCE = 200;
const LAST_CALLS = 3_000;

type Work = (client: MadeClient) => Promise<unknown>;

const ask = (tx: SqlDriver): Promise<unknown> => tx.query('SELECT 1 AS j');
const askAndWait = async (tx: SqlDriver): Promise<void> => {
  await ask(tx);
  await sleep(3);
  await ask(tx);
};

const KINDS: readonly Work[] = [
  ({ driver }) => ask(driver),
  ({ driver }) => driver.transaction(ask),
  ({ driver }) =>
    driver.transaction(async (tx) => {
      await tx.transaction((inner) => inner.query('SELECT missing')).catch(() => undefined);
      await ask(tx);
    }),
  ({ driver }) =>
    driver.transaction(async () => {
      await sleep(3);
      throw new Error('The work rejects.');
    }),
  ({ driver }) => driver.transaction(askAndWait),
];

/** Uses a client in every way, concurrently, while so many of its connections are ended. */
async function useWhileEnded(name: ClientName, wanted: number): Promise<Report> {
  const uncaught: string[] = [];
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => uncaught.push(`${event}: ${error instanceof Error ? error.stack : error}`));
  const { dialect, make }: Client = CLIENTS[name];
  const client = await make();
  let done = false;
  const ending = endConnections(dialect, wanted).finally(() => {
    done = true;
  });
  const { inHosts } = client;
  const kinds: readonly Work[] = inHosts ? [...KINDS, () => inHosts(askAndWait)] : KINDS;
  let resolved = 0;
  let rejected = 0;
  const calls = new Set<Promise<unknown>>();
  const workers = Array.from({ length: 8 }, async (_, worker) => {
    for (let i = worker; !done; i++) {
      const call = kinds[i % kinds.length]!(client).then(
        () => resolved++,
        () => rejected++,
      );
      calls.add(call);
      void call.then(() => calls.delete(call));
      await Promise.race([call, sleep(PATIENCE, undefined, { ref: false })]);
      // So that some connections are idle when they are ended.
      if (i % 7 === 0) await sleep(5);
    }
  });
  const ended = await ending;
  await Promise.all(workers);
  await Promise.race([Promise.all(calls), sleep(LAST_CALLS)]);
  const unsettled = calls.size;
  await Promise.race([client.close().catch(() => undefined), sleep(500)]);
  return { ended, resolved, rejected, unsettled, uncaught };
}

const [name, wanted] = process.argv.slice(2);
process.send?.(await useWhileEnded(name as ClientName, Number(wanted)), () => process.exit(0));
