import { withAdvice } from './advice.js';
import { MAX_PARAMETERS, MAX_STATEMENT_LENGTH } from './bounds.js';
import type { Dialect, SqlDriver, SqlParameter } from './driver.js';
import { parseExact } from './exact-json.js';

/** A part of a statement: texts, with a parameter between each two. Values never become text. */
export class Fragment {
  constructor(
    readonly texts: readonly string[],
    readonly parameters: readonly SqlParameter[],
  ) {}
}

/** Creates a part of a statement; each `${…}` is a parameter or another part. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Fragment | SqlParameter)[]): Fragment {
  const texts = [strings[0]!];
  const parameters: SqlParameter[] = [];
  for (const [i, value] of values.entries()) {
    const after = strings[i + 1]!;
    if (value instanceof Fragment) {
      append(texts, value.texts[0]!);
      // One by one: a call of `push` fails with too many arguments.
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

/** Text that the library writes: a quoted name, a type, a keyword. */
export function raw(text: string): Fragment {
  return new Fragment([text], []);
}

/** On Postgres, makes the current transaction's COMMIT not wait for the disk: a crash of the server may undo it. */
export const SKIP_FSYNC = raw(`set_config('synchronous_commit', 'off', true)`);

/** Joins parts with a separator, in time proportional to their total size. */
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
 * @throws if it exceeds {@link MAX_PARAMETERS} or {@link MAX_STATEMENT_LENGTH}: the code that built it must split it.
 */
export async function run<Row>(db: SqlDriver, statement: Fragment): Promise<Row[]> {
  const text = textOf(statement, db.dialect);
  checkBounds(text, statement.parameters.length);
  try {
    return await db.query<Row>(text, statement.parameters);
  } catch (error) {
    throw withAdvice(error, db.isHostsTransaction);
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
 * Runs a statement that returns one column `j` of JSON text, and resolves with the parsed values. Drivers convert numbers, dates and column
 * names in different ways, but all leave text and a single letter unchanged. Values that a driver has already parsed are used as they are.
 */
export async function queryJson<Result>(db: SqlDriver, statement: Fragment): Promise<Result[]> {
  const rows = await run<{ readonly j: unknown }>(db, statement);
  if (rows.every(({ j }) => typeof j === 'string')) {
    return parseExact<Result[]>(`[${rows.map(({ j }) => j as string).join()}]`);
  }
  return rows.map(({ j }) => (typeof j === 'string' ? parseExact<Result>(j) : (j as Result)));
}

function textOf({ texts }: Fragment, dialect: Dialect): string {
  if (dialect !== 'postgres') return texts.join('?');
  return texts.map((text, i) => (i === 0 ? text : `$${i}${text}`)).join('');
}

function append(texts: string[], text: string): void {
  texts[texts.length - 1] += text;
}
