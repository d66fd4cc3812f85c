import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doors } from '../architecture/doors.js';
import { TYPEDOC } from './prepare.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const options = 'test/reference/typedoc.json';

function typedoc(cwd: string, ...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TYPEDOC, ...args], { cwd, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

describe('the reference', () => {
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'smart-enrolments-reference-'));
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  test('the reference has every subpath of the package', () => {
    const { entryPoints } = JSON.parse(readFileSync(join(root, options), 'utf8')) as { entryPoints: string[] };
    expect([...entryPoints].sort()).toEqual(doors.map(({ source }) => `../../src/${source}`).sort());
  });

  test('the reference can be built, and every public name is documented', () => {
    const { status, said } = typedoc(root, '--options', options);
    expect(said).not.toMatch(/warning|error/);
    expect(status).toBe(0);
    for (const page of ['index.html', 'interfaces/index.SmartEnrolments.html', 'interfaces/sql.SqlHost.html'])
      expect(existsSync(join(root, '.scratch/reference', page)), page).toBe(true);
  });

  test('the reference cannot be built if a name is not documented', () => {
    const source = join(scratch, 'door.ts');
    writeFileSync(source, '/** Known. */\nexport interface Known {\n  readonly unsaid: string;\n}\n');
    const tsconfig = join(scratch, 'tsconfig.json');
    writeFileSync(tsconfig, JSON.stringify({ compilerOptions: { lib: ['es5'], types: [] }, files: ['door.ts'] }));
    const strict = ['--validation.notDocumented', '--treatValidationWarningsAsErrors', '--emit', 'none'];
    const { status, said } = typedoc(scratch, '--entryPoints', source, '--tsconfig', tsconfig, ...strict);
    expect(said).toContain('unsaid');
    expect(status).not.toBe(0);
  });
});
