import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { beforeAll, describe, expect, inject, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let installed: string;

beforeAll(() => {
  installed = join(inject('consumer'), 'node_modules', 'smart-enrolments');
});

describe('the packed package', () => {
  test('the packed package has these files and no others', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true, encoding: 'utf8' });
    const paths = files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name).slice(installed.length + 1))
      .map((path) => path.replaceAll('\\', '/'));
    const built = paths.filter((path) => path.startsWith('dist/'));
    const rest = paths.filter((path) => !path.startsWith('dist/'));
    const guides = readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? `docs/${name}` : []));
    expect(guides).toContain('docs/embed-in-10-minutes.md');
    expect(rest.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', ...guides, 'package.json'].sort());

    const doors = ['core', 'index', 'memory', 'model-based', 'sql', 'testkit'];
    const endings = ['.js', '.cjs', '.d.ts', '.d.cts'];
    expect(built).toEqual(expect.arrayContaining(doors.flatMap((door) => endings.map((end) => `dist/${door}${end}`))));
    const expected =
      /^dist\/((core|index|memory|model-based|sql|testkit)\.(c?js|d\.c?ts)|chunk-\w+\.c?js|[a-z-]+-[\w-]+\.d\.c?ts)$/;
    expect(built.filter((path) => !expected.test(path))).toEqual([]);
  });

  test('the packed package contains no path of the machine it was built on', () => {
    for (const name of readdirSync(join(installed, 'dist'))) {
      expect(readFileSync(join(installed, 'dist', name), 'utf8').includes(root), name).toBe(false);
    }
  });

  test('the packed package runs no script when it is installed', () => {
    const { scripts } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { scripts: object };
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
  });

  test('the packed package passes publint', async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  test('the packed package passes attw', () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const options = ['--format', 'ascii', '--no-color', '--no-emoji'];
    const { status, stdout } = spawnSync(process.execPath, [attw, inject('tarball'), ...options], { encoding: 'utf8' });
    expect(stdout).toContain('smart-enrolments/memory');
    expect(status, stdout).toBe(0);
  });
});
