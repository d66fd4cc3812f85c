import { MAX_PARAMETERS, MAX_STATEMENT_LENGTH } from './bounds.js';
import type { Dialect, SqlDriver, SqlParameter } from './driver.js';
import { parseExact } from './exact-json.js';
import { explained } from './explained.js';

/** A piece of a statement: text, and between two texts a parameter. Values never become text. */
export class Fragment {
  constructor(
    readonly texts: readonly string[],
    readonly parameters: readonly SqlParameter[],
  ) {}
}

/** Writes a piece of SQL; what stands in it is a parameter, or a piece of its own. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Fragment | SqlParameter)[]): Fragment {
  const texts = [strings[0]!];
  const parameters: SqlParameter[] = [];
  for (const [i, value] of values.entries()) {
    const after = strings[i + 1]!;
    if (value instanceof Fragment) {
      append(texts, value.texts[0]!);
      // One by one: as arguments of `push`, more than a call takes would fail.
      for (let t = 1; t < value.texts.length; t++) texts.push(value.texts[t]!);
      for (const parameter of value.parameters) parameters.push(parameter);
      append(texts, after);
    } else {
      parameters.push(value);
      texts.push(after);
    }
  }
  return new Fragment(texts, parameters);
}

/** Text of the library's own: a name that is quoted, a type, a keyword. */
export function raw(text: string): Fragment {
  return new Fragment([text], []);
}

/** Evaluated in a transaction of Postgres, has it not wait for the disk when it commits: a crash of the server may undo it. */
export const NO_DISK = raw(`set_config('synchronous_commit', 'off', true)`);

/** Joins pieces with a separator. Takes time in proportion to what they have in all, however many there are. */
export function joined(pieces: readonly Fragment[], separator: string): Fragment {
  const texts = [''];
  const parameters: SqlParameter[] = [];
  for (const [i, piece] of pieces.entries()) {
    append(texts, i === 0 ? piece.texts[0]! : separator + piece.texts[0]!);
    for (let t = 1; t < piece.texts.length; t++) texts.push(piece.texts[t]!);
    for (const parameter of piece.parameters) parameters.push(parameter);
  }
  return new Fragment(texts, parameters);
}

/**
 * Runs a statement.
 * @throws if it exceeds {@link MAX_PARAMETERS} or {@link MAX_STATEMENT_LENGTH}: the code that wrote it has to split it.
 */
export async function run<Row>(db: SqlDriver, statement: Fragment): Promise<Row[]> {
  const text = textOf(statement, db.dialect);
  checkBounds(text, statement.parameters.length);
  try {
    return await db.query<Row>(text, statement.parameters);
  } catch (error) {
    throw explained(error);
  }
}

function checkBounds(text: string, parameters: number): void {
  const excess =
    parameters > MAX_PARAMETERS
      ? `${parameters} parameters, more than MAX_PARAMETERS (${MAX_PARAMETERS})`
      : text.length > MAX_STATEMENT_LENGTH
        ? `${text.length} characters, more than MAX_STATEMENT_LENGTH (${MAX_STATEMENT_LENGTH})`
        : undefined;
  if (excess === undefined) return;
  throw new Error(
    `A statement has ${excess}. This is a bug in smart-enrolments; please report it. It begins: ${text.slice(0, 100)}`,
  );
}

/**
 * Runs a statement that answers one column `j` of JSON text, and answers what that says. Whatever a driver makes of numbers, dates
 * and names of columns, it leaves text and a single letter as they are; one that has parsed JSON already is taken at its word.
 */
export async function ask<Answer>(db: SqlDriver, statement: Fragment): Promise<Answer[]> {
  const rows = await run<{ readonly j: unknown }>(db, statement);
  if (rows.every(({ j }) => typeof j === 'string')) {
    return parseExact<Answer[]>(`[${rows.map(({ j }) => j as string).join()}]`);
  }
  return rows.map(({ j }) => (typeof j === 'string' ? parseExact<Answer>(j) : (j as Answer)));
}

function textOf({ texts }: Fragment, dialect: Dialect): string {
  if (dialect !== 'postgres') return texts.join('?');
  return texts.map((text, i) => (i === 0 ? text : `$${i}${text}`)).join('');
}

function append(texts: string[], text: string): void {
  texts[texts.length - 1] += text;
}
