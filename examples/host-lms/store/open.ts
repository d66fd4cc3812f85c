import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { field, linkCourses } from 'smart-enrolments';
import { fromPglite, migrate } from 'smart-enrolments/sql';
import { saveAccount } from '../lms/accounts.js';
import { because } from '../lms/causes.js';
import { type Lms, lmsOn } from '../lms/lms.js';
import { seed } from './open-university.js';
import { polite } from './polite.js';
import { TABLES } from './tables.js';

/** Somebody of the data who may sign in from the beginning. */
export const LEARNER = 648_369;

/** Opens the LMS in memory, or in a folder that stays; an empty one is filled first. */
export async function openLms(folder?: string): Promise<Lms & { close(): Promise<void> }> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const pglite = await PGlite.create(folder);
  const db = fromPglite(polite(pglite));
  await migrate(db, { learnerIds: 'integer' });
  const lms = lmsOn(db);
  const [made] = await db.query("SELECT 1 FROM information_schema.tables WHERE table_name = 'people'");
  if (!made) {
    await db.transaction(async (tx) => {
      for (const statement of TABLES.split(';')) await tx.query(statement);
      await seed(tx);
      await saveAccount(tx, { name: 'admin', role: 'admin', person: null }, 'admin');
      await saveAccount(tx, { name: 'learner', role: 'learner', person: LEARNER }, 'learner');
    });
    await because('the LMS', 'Set up the first segments', () => begin(lms));
  }
  // What an interrupted edit left.
  await lms.enrolments.settle();
  return { ...lms, close: () => pglite.close() };
}

/** Two segments to begin with; the second is linked already. */
async function begin({ enrolments }: Lms): Promise<void> {
  await enrolments.apply([
    { type: 'saveSegment', segment: { id: 'wales', title: 'Wales', rule: field('region').equals('Wales') } },
    {
      type: 'saveSegment',
      segment: { id: 'postgraduates', title: 'Postgraduates', rule: field('education').startsWith('Post Graduate') },
    },
    ...linkCourses('postgraduates', ['BBB-2014J', 'DDD-2013J']),
  ]);
}
