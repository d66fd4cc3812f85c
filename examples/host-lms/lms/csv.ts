import { CsvError, parse } from 'csv-parse/sync';
import type { Profile, Scalar } from 'smart-enrolments';
import { readValue, type TitledField } from './fields.js';
import { LONGEST_NAME, type Person } from './people.js';

/** The changes of a person in one line; what it does not mention stays unchanged. */
export interface Line {
  readonly id: number;
  readonly name?: string | null;
  readonly active?: boolean;
  /** `null` empties a field. */
  readonly profile: Readonly<Record<string, Scalar>>;
}

const MOST_LINES = 5_000;
const SHOWN = 10;

/** Reads a CSV of people; returns error messages if it cannot be read. */
export function readLines(text: string, fields: readonly TitledField[]): { lines: Line[] } | { problems: string[] } {
  if (text.includes('\0')) return { problems: ['This is no text: a CSV is needed, in UTF-8.'] };
  let columns: readonly string[] = [];
  let rows: { readonly record: Record<string, string>; readonly info: { readonly lines: number } }[];
  try {
    rows = parse(text, {
      columns: (names: string[]) => {
        columns = names;
        return names;
      },
      info: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (error instanceof CsvError) return { problems: [`This is no CSV that can be read: ${error.message}.`] };
    throw error;
  }
  if (rows.length === 0) return { problems: ['This file has no people. Its first line names the columns.'] };
  if (rows.length > MOST_LINES) return { problems: [`Import up to ${MOST_LINES} people at once.`] };
  const known = new Map(fields.map((field) => [field.id, field]));
  const unknown = columns.filter((column) => !['id', 'name', 'active'].includes(column) && !known.has(column));
  if (!columns.includes('id')) {
    return {
      problems: [`The column "id" is missing: the first line names ${columns.map((name) => `"${name}"`).join(', ')}.`],
    };
  }
  if (columns.includes('')) return { problems: [`Column ${columns.indexOf('') + 1} has no name in the first line.`] };
  const twice = columns.filter((name, i) => columns.indexOf(name) !== i);
  if (twice.length > 0) return { problems: [`The first line names a column twice: ${twice.join(', ')}.`] };
  if (unknown.length > 0) {
    return {
      problems: [`There is no profile field for: ${unknown.join(', ')}. Add it first, or leave the column out.`],
    };
  }
  const problems: string[] = [];
  const seen = new Set<number>();
  const lines = rows.map(({ record, info }) => {
    const line = readLine(record, known, (problem) => problems.push(`Line ${info.lines}: ${problem}`));
    if (seen.has(line.id)) problems.push(`Line ${info.lines}: ${line.id} is there twice.`);
    seen.add(line.id);
    return line;
  });
  if (problems.length > SHOWN)
    problems.splice(SHOWN, problems.length, `And ${problems.length - SHOWN} more like these.`);
  return problems.length > 0 ? { problems } : { lines };
}

function readLine(
  { id = '', name, active, ...rest }: Readonly<Record<string, string | undefined>>,
  known: ReadonlyMap<string, TitledField>,
  refuse: (problem: string) => void,
): Line {
  if (!/^[1-9]\d{0,8}$/.test(id)) refuse('the id is a whole number of up to nine digits.');
  if (name !== undefined && name.length > LONGEST_NAME) refuse(`the name has up to ${LONGEST_NAME} characters.`);
  const profile: Record<string, Scalar> = {};
  for (const [column, typed = ''] of Object.entries(rest)) {
    const { title, type } = known.get(column)!;
    const read = readValue(type, typed);
    if ('problem' in read) refuse(`${title}: ${read.problem}`);
    else profile[column] = read.value ?? null;
  }
  const isActive = active === undefined ? {} : readValue('boolean', active);
  if ('problem' in isActive) refuse(`active: ${isActive.problem}`);
  return {
    id: Number(id),
    profile,
    ...(name !== undefined && { name: name || null }),
    ...('value' in isActive && { active: isActive.value === true }),
  };
}

/** Returns a person, existing or new, after a line is applied. */
export function personAfter({ id, name, active, profile }: Line, before: Person | undefined): Person {
  const values: Profile = { ...before?.profile, ...profile };
  return {
    id,
    name: name === undefined ? (before?.name ?? null) : name,
    active: active ?? before?.active ?? true,
    profile: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
  };
}
