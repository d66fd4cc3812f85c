import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from '../../../src/sql/drivers/pglite.js';
import { driverContract } from './driver-contract.js';

const traits = { dialect: 'postgres', concurrent: false, observed: false, mistakable: true } as const;

driverContract('fromPglite, on PGlite', traits, async () => {
  const db = await PGlite.create();
  await db.exec("SET default_transaction_isolation = 'serializable'");
  return {
    driver: fromPglite(db),
    table: 'driver_case',
    inHosts: async (work) => void (await db.transaction((tx) => work(fromPglite(tx)))),
    // A host's own wrapper that is not a transaction.
    mistaken: (work) => work(fromPglite({ query: (text, parameters) => db.query(text, parameters) })),
    close: () => db.close(),
  };
});
