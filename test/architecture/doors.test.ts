import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { doors } from './doors.js';

/** The exports of an entry point, read from its text, because types do not exist at run time. */
function listed(source: string, typeOnly: boolean): string[] {
  const text = readFileSync(new URL(`../../src/${source}`, import.meta.url), 'utf8');
  const clauses = ts.createSourceFile(source, text, ts.ScriptTarget.Latest).statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map((name) => ({
          name: name.name.text,
          type: statement.isTypeOnly || name.isTypeOnly,
        }))
      : [],
  );
  return clauses.flatMap(({ name, type }) => (type === typeOnly ? [name] : [])).sort();
}

describe.each(doors)('$subpath', ({ source, values, types }) => {
  test('the module exports exactly these values', async () => {
    const module: object = await import(/* @vite-ignore */ `../../src/${source}`);
    expect(Object.keys(module).sort()).toEqual([...values].sort());
  });

  test('the source lists exactly these values and types', () => {
    expect(listed(source, false)).toEqual([...values].sort());
    expect(listed(source, true)).toEqual([...types].sort());
  });
});
