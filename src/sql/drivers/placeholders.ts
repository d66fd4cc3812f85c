import type { Dialect, SqlParameter } from '../driver.js';

/** A statement cut at its placeholders: the text before each, with the parameter that stands there, and the text behind. */
export interface Cut {
  readonly pieces: readonly string[];
  readonly parameters: readonly SqlParameter[];
}

// What may hold a placeholder's sign without being one: strings, quoted names, comments.
const postgres = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([a-z_]\w*)?\$[\s\S]*?\$\1\$|\$(\d+)/giu;
const mysql = /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/gu;
const sqlite = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/gu;

/** Finds the placeholders of a statement, for clients that write their own. A parameter that stands twice is there twice. */
export function cut(text: string, given: readonly SqlParameter[], dialect: Dialect): Cut {
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
