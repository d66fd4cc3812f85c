import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { SqlDriver } from 'smart-enrolments/sql';
import { forgetAttempts, isOneTooMany } from './attempts.js';

/** A user who may sign in; a learner sees only their own courses. */
export interface Account {
  readonly name: string;
  readonly role: 'admin' | 'learner';
  readonly person: number | null;
}

const HOURS = 12;

/** Sets the password of an account, and creates the account if it does not exist. */
export async function saveAccount(db: SqlDriver, { name, role, person }: Account, password: string): Promise<void> {
  const salt = randomBytes(16).toString('hex');
  await db.query(
    `INSERT INTO accounts (name, role, person, salt, hash) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (tenant, name) DO UPDATE SET salt = excluded.salt, hash = excluded.hash`,
    [name, role, person, salt, hashOf(password, salt)],
  );
  // This ends sessions that were opened with the old password.
  await db.query('DELETE FROM sessions WHERE account = $1', [name]);
}

/** The result of signing in: a session token, or none. It does not reveal whether the account exists. */
export type SignedIn = { readonly token: string } | { readonly refused: 'wrong' | 'too-often' };

/** Opens a session if the name and the password match. */
export async function signIn(db: SqlDriver, name: string, password: string): Promise<SignedIn> {
  if (await isOneTooMany(db, name)) return { refused: 'too-often' };
  const [found] = await db.query<{ salt: string; hash: string }>('SELECT salt, hash FROM accounts WHERE name = $1', [
    name,
  ]);
  // This takes the same time for an unknown name.
  const hash = hashOf(password, found?.salt ?? '');
  if (!found || !timingSafeEqual(Buffer.from(hash), Buffer.from(found.hash))) return { refused: 'wrong' };
  await forgetAttempts(db, name);
  const token = randomBytes(32).toString('hex');
  await db.query('DELETE FROM sessions WHERE ends_at < now()');
  await db.query(`INSERT INTO sessions (token, account, ends_at) VALUES ($1, $2, now() + interval '${HOURS} hours')`, [
    digest(token),
    name,
  ]);
  return { token };
}

/** Returns the account of a session. */
export async function accountOf(db: SqlDriver, token: string): Promise<Account | undefined> {
  const [found] = await db.query<Account>(
    `SELECT name, role, person FROM accounts JOIN sessions ON account = name WHERE token = $1 AND ends_at > now()`,
    [digest(token)],
  );
  return found;
}

export async function signOut(db: SqlDriver, token: string): Promise<void> {
  await db.query('DELETE FROM sessions WHERE token = $1', [digest(token)]);
}

/** A message for the next page: what was done, or why it was refused. */
export type Message = { readonly done: string } | { readonly refused: string };

/** Stores a message for the next page of the session. */
export async function leaveMessage(db: SqlDriver, token: string, message: Message): Promise<void> {
  await db.query('UPDATE sessions SET message = $2 WHERE token = $1', [digest(token), JSON.stringify(message)]);
}

export async function takeMessage(db: SqlDriver, token: string): Promise<Message | undefined> {
  const [found] = await db.query<{ message: string | null }>('SELECT message FROM sessions WHERE token = $1', [
    digest(token),
  ]);
  if (!found?.message) return undefined;
  await db.query('UPDATE sessions SET message = NULL WHERE token = $1', [digest(token)]);
  return JSON.parse(found.message) as Message;
}

function hashOf(password: string, salt: string): string {
  return scryptSync(password, salt, 32).toString('hex');
}

/** The table stores only hashes, so a stolen copy opens no session. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
