import type { Dialect, SqlParameter } from '../../statement/driver.js';

/** A statement split at its placeholders: the text before each, the parameter for each, and the text after the last. */
export interface SplitStatement {
  readonly pieces: readonly string[];
  readonly parameters: readonly SqlParameter[];
}

// Strings, quoted names and comments may contain a placeholder's sign that is no placeholder.
const postgres = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([a-z_]\w*)?\$[\s\S]*?\$\1\$|\$(\d+)/giu;
const mysql = /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/gu;
const sqlite = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/gu;

/** Splits a statement at its placeholders, for clients that write their own. A parameter that is used twice is returned twice. */
export function splitAtPlaceholders(text: string, given: readonly SqlParameter[], dialect: Dialect): SplitStatement {
  const pieces: string[] = [];
  const parameters: SqlParameter[] = [];
  let from = 0;
  for (const found of text.matchAll({ postgres, mysql, sqlite }[dialect])) {
    const number = dialect === 'postgres' ? found[2] : found[0] === '?' && String(parameters.length + 1);
    if (!number) continue;
    const parameter = given[Number(number) - 1];
    if (parameter === undefined) throw new Error(`Parameter ${number} of a statement is missing.`);
    pieces.push(text.slice(from, found.index));
    parameters.push(parameter);
    from = found.index + found[0].length;
  }
  pieces.push(text.slice(from));
  return { pieces, parameters };
}
