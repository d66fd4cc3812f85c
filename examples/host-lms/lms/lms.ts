import { createSmartEnrolments, type Repositories, type SmartEnrolments } from 'smart-enrolments';
import { createSqlRepositories, fromPglite, type Pglite, type SqlDriver } from 'smart-enrolments/sql';
import { hostOf } from '../store/host.js';
import { asTenant } from '../store/tenant.js';
import type { Organisation } from './organisations.js';

/** Operations that remove more than this need a confirmation. */
export const LIMITS = { unenrolments: 100, archives: 25 };
/** PGlite does one thing at a time: pages are served between batches. */
const BATCH = 250;

/** One organisation's LMS: its part of the database, and the library over it. */
export interface Lms {
  readonly organisation: Organisation;
  /** Accesses only the rows of the organisation, whatever the query. */
  readonly db: SqlDriver;
  readonly repositories: Repositories;
  readonly enrolments: SmartEnrolments;
}

/** Creates the LMS of an organisation. */
export function lmsOf(organisation: Organisation, pglite: Pglite): Lms {
  return lmsOn(organisation, fromPglite(asTenant(organisation.id, pglite), { inTransaction: false }));
}

/** Runs the work in one transaction: the LMS's own changes, and the changes of the library that follow. */
export function together<T>({ organisation, db }: Lms, work: (inside: Lms) => Promise<T>): Promise<T> {
  return db.transaction((tx) => work(lmsOn(organisation, tx)));
}

/** Creates the library over an organisation's database, or over an open transaction of it. */
function lmsOn(organisation: Organisation, db: SqlDriver): Lms {
  const tenant = organisation.id;
  const repositories = createSqlRepositories({ driver: db, host: hostOf(tenant), tenant, concurrency: 1 });
  return {
    organisation,
    db,
    repositories,
    enrolments: createSmartEnrolments(repositories, { limits: LIMITS, batchSize: BATCH }),
  };
}
