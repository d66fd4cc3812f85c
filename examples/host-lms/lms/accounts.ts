import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { SqlDriver } from 'smart-enrolments/sql';
import { forgetAttempts, isOneTooMany } from './attempts.js';

/** Somebody who may sign in; a learner sees their own courses and nothing else. */
export interface Account {
  readonly name: string;
  readonly role: 'admin' | 'learner';
  readonly person: number | null;
}

const HOURS = 12;

/** Gives an account this password, new or not. */
export async function saveAccount(db: SqlDriver, { name, role, person }: Account, password: string): Promise<void> {
  const salt = randomBytes(16).toString('hex');
  await db.query(
    `INSERT INTO accounts (name, role, person, salt, hash) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (tenant, name) DO UPDATE SET salt = excluded.salt, hash = excluded.hash`,
    [name, role, person, salt, hashOf(password, salt)],
  );
  // Whoever had the old one is out.
  await db.query('DELETE FROM sessions WHERE account = $1', [name]);
}

/** How signing in ends: with the token of a session, or without; which says nothing of whether there is such an account. */
export type SignedIn = { readonly token: string } | { readonly refused: 'wrong' | 'too-often' };

/** Opens a session where name and password fit. */
export async function signIn(db: SqlDriver, name: string, password: string): Promise<SignedIn> {
  if (await isOneTooMany(db, name)) return { refused: 'too-often' };
  const [found] = await db.query<{ salt: string; hash: string }>('SELECT salt, hash FROM accounts WHERE name = $1', [
    name,
  ]);
  // As much work for a name that is not there.
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

/** Whose session this is. */
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

/** What the next page says: of what was done, or why it was not. */
export type Message = { readonly done: string } | { readonly refused: string };

/** Leaves a message for the next page that the session sees. */
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

/** A stolen table of sessions opens none. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
