import type { Learner, Profile } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';
import { type PageOfList, pageOf } from './page-of-list.js';

export interface Person {
  readonly id: number;
  readonly name: string | null;
  readonly active: boolean;
  readonly profile: Profile;
}

/** The maximum length of a name, in characters. */
export const LONGEST_NAME = 200;
/** The number of people on a page of a list. */
const PAGE = 25;

/** People in the data sets have a number and no name. */
export function nameOf({ id, name }: Pick<Person, 'id' | 'name'>): string {
  return name ?? `Learner ${id}`;
}

/** Returns the value of a profile field. Fields may have names that every object inherits, such as `constructor`. */
export function profileValue({ profile }: Person, field: string): Profile[string] | undefined {
  return Object.hasOwn(profile, field) ? profile[field] : undefined;
}

/** Returns a page of the people whose number begins with a text or whose name contains it. */
export async function findPeople(
  db: SqlDriver,
  search: string,
  asked: number,
): Promise<{ readonly people: readonly Person[]; readonly total: number } & PageOfList> {
  const where = `WHERE $1 = '' OR starts_with(id::text, $1) OR name ILIKE '%' || $2 || '%'`;
  const sought = [search, search.replace(/[\\%_]/g, '\\$&')];
  const [{ total } = { total: 0 }] = await db.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM people ${where}`,
    sought,
  );
  const { no, last } = pageOf(total, PAGE, asked);
  const people = await db.query<Person>(
    `SELECT id, name, active, profile FROM people ${where} ORDER BY id LIMIT ${PAGE} OFFSET $3::int`,
    [...sought, (no - 1) * PAGE],
  );
  return { people, total, no, last };
}

export async function getPerson(db: SqlDriver, id: number): Promise<Person | undefined> {
  const [person] = await getPeople(db, [id]);
  return person;
}

export async function getPeople(db: SqlDriver, ids: readonly number[]): Promise<readonly Person[]> {
  return db.query<Person>(
    `SELECT id, name, active, profile FROM people
      WHERE id IN (SELECT jsonb_array_elements_text($1::text::jsonb)::int) ORDER BY id`,
    [JSON.stringify(ids)],
  );
}

/** Creates or replaces people. The caller has to notify the library afterwards. */
export async function savePeople(db: SqlDriver, people: readonly Person[]): Promise<void> {
  await db.query(
    `INSERT INTO people (id, name, active, profile)
      SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS row(id int, name text, active boolean, profile jsonb)
      ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, active = excluded.active, profile = excluded.profile`,
    [JSON.stringify(people)],
  );
}

export async function placementsOf(db: SqlDriver, person: number): Promise<readonly string[]> {
  const rows = await db.query<{ segment: string }>('SELECT segment FROM placements WHERE person = $1', [person]);
  return rows.map(({ segment }) => segment);
}

/** Removes placements in deleted segments, so that a new segment with the same id begins empty. */
export async function dropPlacements(db: SqlDriver, segments: readonly string[]): Promise<void> {
  await db.query('DELETE FROM placements WHERE segment IN (SELECT jsonb_array_elements_text($1::text::jsonb))', [
    JSON.stringify(segments),
  ]);
}

export async function savePlacements(db: SqlDriver, person: number, segments: readonly string[]): Promise<void> {
  await db.query('DELETE FROM placements WHERE person = $1', [person]);
  await db.query('INSERT INTO placements SELECT $1, jsonb_array_elements_text($2::text::jsonb)', [
    person,
    JSON.stringify(segments),
  ]);
}

/** A person in the form that the library reads. */
export async function asLearners(db: SqlDriver, people: readonly Person[]): Promise<readonly Learner[]> {
  const rows = await db.query<{ person: number; segment: string }>(
    `SELECT person, segment FROM placements WHERE person IN (SELECT jsonb_array_elements_text($1::text::jsonb)::int)`,
    [JSON.stringify(people.map(({ id }) => id))],
  );
  const placed = new Map<number, string[]>();
  for (const { person, segment } of rows) placed.set(person, [...(placed.get(person) ?? []), segment]);
  return people.map(({ id, profile, active }) => ({
    id: String(id),
    profile,
    active,
    segments: placed.get(id) ?? [],
  }));
}
