import type { SqlDriver } from 'smart-enrolments/sql';

/** The number of wrong passwords after which a name has to wait. */
const MOST = 5;
/** The waiting time from the first of them. */
const MINUTES = 10;

/** Counts an attempt to sign in with a name, whether or not it exists; returns whether it is one too many. */
export async function isOneTooMany(db: SqlDriver, name: string): Promise<boolean> {
  await db.query(`DELETE FROM attempts WHERE since <= now() - interval '${MINUTES} minutes'`);
  // Counted before the password is checked, so that concurrent attempts cannot exceed the limit.
  const [counted] = await db.query<{ tries: number }>(
    `INSERT INTO attempts (name, tries) VALUES ($1, 1)
      ON CONFLICT (tenant, name) DO UPDATE SET tries = attempts.tries + 1 RETURNING tries`,
    [name],
  );
  return counted!.tries > MOST;
}

/** Forgets the attempts after a correct password. */
export async function forgetAttempts(db: SqlDriver, name: string): Promise<void> {
  await db.query('DELETE FROM attempts WHERE name = $1', [name]);
}
