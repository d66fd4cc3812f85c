import { createSmartEnrolments, type Repositories, type SmartEnrolments } from 'smart-enrolments';
import { createSqlRepositories, type SqlDriver } from 'smart-enrolments/sql';
import { host } from '../store/host.js';

/** More than this is asked for twice. */
export const LIMITS = { unenrolments: 100, archives: 25 };
/** PGlite does one thing at a time: pages are answered between batches. */
const BATCH = 250;

/** The LMS's database, and the library over it. */
export interface Lms {
  readonly db: SqlDriver;
  readonly repositories: Repositories;
  readonly enrolments: SmartEnrolments;
}

/** Puts the library over a database, or over an open transaction of it. */
export function lmsOn(db: SqlDriver): Lms {
  const repositories = createSqlRepositories({ driver: db, host });
  return { db, repositories, enrolments: createSmartEnrolments(repositories, { limits: LIMITS, batchSize: BATCH }) };
}

/** Does all of it, or nothing: what is stored here, and what follows from it in the library. */
export function together<T>({ db }: Lms, work: (inside: Lms) => Promise<T>): Promise<T> {
  return db.transaction((tx) => work(lmsOn(tx)));
}
