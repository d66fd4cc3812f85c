import type { SqlDriver } from 'smart-enrolments/sql';

/** So many wrong passwords for a name, and it has to wait. */
const MOST = 5;
/** From the first of them. */
const MINUTES = 10;

/** Counts an attempt to sign in by a name, whether or not anybody has it; says whether it is one too many. */
export async function isOneTooMany(db: SqlDriver, name: string): Promise<boolean> {
  await db.query(`DELETE FROM attempts WHERE since <= now() - interval '${MINUTES} minutes'`);
  // Counted before the password is looked at: of many at once, no more than these are let in.
  const [counted] = await db.query<{ tries: number }>(
    `INSERT INTO attempts (name, tries) VALUES ($1, 1)
      ON CONFLICT (tenant, name) DO UPDATE SET tries = attempts.tries + 1 RETURNING tries`,
    [name],
  );
  return counted!.tries > MOST;
}

/** The password was right. */
export async function forgetAttempts(db: SqlDriver, name: string): Promise<void> {
  await db.query('DELETE FROM attempts WHERE name = $1', [name]);
}
