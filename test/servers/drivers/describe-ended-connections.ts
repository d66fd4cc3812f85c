import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { CLIENTS, type ClientName } from './clients.js';
import { makeDatabase } from './end-connections.js';
import type { Report } from './use-while-ended.js';

/** How many connections are ended: fewer if another library manages the connections, and fewest if that library leaves statements unsettled. */
const ENDED: { readonly [Name in ClientName]?: number } = {
  pg: 300,
  mysql2: 300,
  postgres: 15,
  'drizzle over postgres': 15,
};
const FEWER = 60;

/** Uses a client in a separate process, which an uncaught error would end. */
function reportOf(name: ClientName, wanted: number): Promise<Report> {
  const path = fileURLToPath(new URL('use-while-ended.ts', import.meta.url));
  const child = fork(path, [name, String(wanted)], { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    child.once('message', (report: Report) => resolve(report));
    child.once('exit', (code) => reject(new Error(`The process ended with code ${code} and no report.`)));
  });
}

/** Ends connections of the clients whose names are given, which none of them may notice by an uncaught error. */
export function endedConnections(isTested: (name: ClientName) => boolean): void {
  for (const dialect of ['postgres', 'mysql'] as const) {
    const missing = inject('missing')[dialect === 'postgres' ? 'postgres' : 'mariadb'];
    const names = (Object.keys(CLIENTS) as ClientName[]).filter(
      (name) => CLIENTS[name].dialect === dialect && isTested(name),
    );
    describe.skipIf(missing !== '')(`connections that the server ends, on ${dialect} ${missing}`, () => {
      beforeAll(() => makeDatabase(dialect));

      test.each(names)('connections that the server ends never end a process that uses %s', async (name) => {
        const wanted = ENDED[name] ?? FEWER;
        const { ended, resolved, rejected, unsettled, uncaught } = await reportOf(name, wanted);
        expect(uncaught).toEqual([]);
        // Postgres.js 3.4.9 never settles some of the statements that it sent on a connection that ended.
        if (!name.endsWith('postgres')) expect(unsettled).toBe(0);
        expect(ended).toBeGreaterThanOrEqual(wanted);
        expect(resolved).toBeGreaterThan(0);
        expect(rejected).toBeGreaterThan(0);
      });
    });
  }
}
