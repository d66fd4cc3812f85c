import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { fromPglite, migrate, type Pglite, type SqlDriver } from 'smart-enrolments/sql';
import { saveAccount } from '../lms/accounts.js';
import { because } from '../lms/causes.js';
import { type Lms, lmsOf, together } from '../lms/lms.js';
import type { Organisations } from '../lms/organisations.js';
import type { Beginning } from './beginning.js';
import { COMPANY } from './company.js';
import { OPEN_UNIVERSITY } from './open-university.js';
import { polite } from './polite.js';
import { TABLES } from './tables.js';
import { closeTables } from './tenant.js';

/** Opens the LMS in memory, or in a persistent folder; fills an empty one first. */
export async function openLms(folder?: string): Promise<Organisations & { close(): Promise<void> }> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const pglite = await PGlite.create(folder);
  const db = polite(pglite);
  await makeTables(fromPglite(db));
  const home = await begun(OPEN_UNIVERSITY, db);
  const all = [home, await begun(COMPANY, db)];
  // Finishes the work that an interrupted edit left.
  for (const { enrolments } of all) await enrolments.settle();
  return { home, all: new Map(all.map((lms) => [lms.organisation.id, lms])), close: () => pglite.close() };
}

async function makeTables(db: SqlDriver): Promise<void> {
  await migrate(db, { learnerIds: 'integer' });
  await db.transaction(async (tx) => {
    const [made] = await tx.query("SELECT 1 FROM information_schema.tables WHERE table_name = 'people'");
    if (!made) for (const statement of TABLES.split(';')) await tx.query(statement);
    await closeTables(tx);
  });
}

/** Creates the LMS of an organisation, with its initial data. */
async function begun({ organisation, fill, edits, learner }: Beginning, pglite: Pglite): Promise<Lms> {
  const lms = lmsOf(organisation, pglite);
  const [filled] = await lms.db.query('SELECT 1 FROM accounts LIMIT 1');
  if (filled) return lms;
  await together(lms, async ({ db }) => {
    await fill(db);
    await saveAccount(db, { name: 'admin', role: 'admin', person: null }, 'admin');
    await saveAccount(db, { name: 'learner', role: 'learner', person: learner }, 'learner');
  });
  await lms.enrolments.apply(edits, because('the LMS', 'Set up the first segments'));
  return lms;
}
