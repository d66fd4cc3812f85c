import { randomUUID } from 'node:crypto';
import {
  type By,
  isSmartEnrolmentsError,
  type LearnerDiff,
  type LimitExceeded,
  type Outcome,
  type Summary,
} from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';
import { because } from './causes.js';
import { type Line, personAfter } from './csv.js';
import { type Lms, together } from './lms.js';
import { isNumberAsked } from './number-asked.js';
import { once } from './once.js';
import { asLearners, getPeople, type Person, savePeople } from './people.js';

/** An import that waits for approval: what it would do; nothing is done yet. */
export interface DryRun {
  readonly id: string;
  readonly file: string;
  readonly lines: readonly Line[];
  readonly added: number;
  readonly changed: number;
  readonly summary: Summary;
  readonly who: readonly LearnerDiff[];
  readonly again?: boolean;
}

/** The result of an import. */
export type Imported =
  | { readonly done: Outcome }
  /** The import was already done. */
  | { readonly gone: true }
  | { readonly moved: DryRun }
  | { readonly exceeded: readonly LimitExceeded[] };

const SHOWN = 100;

/** Previews the import of these lines. */
export async function dryRun(lms: Lms, file: string, lines: readonly Line[], again = false): Promise<DryRun> {
  const { people, added } = await differing(lms.db, lines);
  const who: LearnerDiff[] = [];
  const { summary } = await lms.enrolments.previewLearners(
    { learners: await asLearners(lms.db, people) },
    { onDiff: (diffs) => void who.push(...diffs.slice(0, SHOWN - who.length)) },
  );
  const changed = people.length - added;
  const made: DryRun = { id: randomUUID(), file, lines, added, changed, summary, who, again };
  await lms.db.query("DELETE FROM imports WHERE made_at < now() - interval '1 day'");
  await lms.db.query('INSERT INTO imports (id, body) VALUES ($1, $2)', [made.id, JSON.stringify(made)]);
  return made;
}

export async function getDryRun(db: SqlDriver, id: string): Promise<DryRun | undefined> {
  const [found] = await db.query<{ body: DryRun }>('SELECT body FROM imports WHERE id = $1', [id]);
  return found?.body;
}

/** Imports exactly what was shown, in one transaction: the people and the changes of their enrolments. A request that is sent twice is done once. */
export function importPeople(lms: Lms, by: string, shown: DryRun, typed: string): Promise<Imported> {
  return once(shown.id, async () =>
    (await getDryRun(lms.db, shown.id)) ? run(lms, by, shown, typed) : { gone: true },
  );
}

async function run(lms: Lms, by: string, shown: DryRun, typed: string): Promise<Imported> {
  try {
    const done = await together(lms, async (inside) => {
      const { people } = await differing(inside.db, shown.lines);
      await savePeople(inside.db, people);
      const ids = people.map(({ id }) => String(id));
      const cause = because(by, `Imported ${shown.file}`);
      const outcome = await noticed(inside, ids, cause, isNumberAsked(typed, shown.summary.unenrolled));
      if (figures(outcome.summary) !== figures(shown.summary)) throw new Moved();
      return outcome;
    });
    await lms.db.query('DELETE FROM imports WHERE id = $1', [shown.id]);
    return { done };
  } catch (error) {
    if (error instanceof Moved) return { moved: await dryRun(lms, shown.file, shown.lines, true) };
    if (isSmartEnrolmentsError(error, 'removal_limit')) return { exceeded: error.details.exceeded };
    throw error;
  }
}

/** The import would do something else now; it was rolled back. */
class Moved extends Error {}

/** Notifies the library. If a limit stops the operation, nothing is written yet, and it continues once the number was typed. */
async function noticed({ enrolments }: Lms, ids: readonly string[], cause: By, isCounted: boolean): Promise<Outcome> {
  try {
    return await enrolments.learnersChanged(ids, cause);
  } catch (error) {
    const confirm = isSmartEnrolmentsError(error, 'removal_limit') ? error.details.fingerprint : undefined;
    if (!isCounted || confirm === undefined) throw error;
    return enrolments.learnersChanged(ids, { ...cause, confirm });
  }
}

/** The people that the import creates or changes. */
async function differing(
  db: SqlDriver,
  lines: readonly Line[],
): Promise<{ readonly people: readonly Person[]; readonly added: number }> {
  const before = new Map(
    (
      await getPeople(
        db,
        lines.map(({ id }) => id),
      )
    ).map((person) => [person.id, person]),
  );
  const people = lines
    .map((line) => personAfter(line, before.get(line.id)))
    .filter((person) => !isSame(person, before.get(person.id)));
  return { people, added: people.filter(({ id }) => !before.has(id)).length };
}

function isSame(after: Person, before: Person | undefined): boolean {
  const text = ({ name, active, profile }: Person) => JSON.stringify([name, active, Object.entries(profile).sort()]);
  return before !== undefined && text(after) === text(before);
}

/** The counts in a fixed order, which a JSON column does not keep. */
function figures({ courses, ...summary }: Summary): string {
  const { learners, assigned, released, enrolled, resumed, unenrolled, archived, kept } = summary;
  const each = courses.map((course) => {
    return [course.courseId, course.enrolled, course.resumed, course.unenrolled, course.archived];
  });
  return JSON.stringify([learners, assigned, released, enrolled, resumed, unenrolled, archived, kept, each]);
}
