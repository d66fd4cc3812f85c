import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** Every section and numbered detail that the semantics have: `6`, `7`, `7.14`. */
function sections(): Set<string> {
  const found = new Set<string>();
  let section = '';
  for (const line of read('docs/semantics.md').split('\n')) {
    const heading = /^## (\d+)\. /.exec(line);
    if (heading) section = heading[1]!;
    const detail = /^(\d+)\. /.exec(line);
    if (heading) found.add(section);
    else if (detail) found.add(`${section}.${detail[1]}`);
  }
  return found;
}

function sourcesUnder(folder: string): string[] {
  const files = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });
  const paths = files.filter((file) => file.endsWith('.ts')).map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
  // The benchmark and the mutation tests have packages of their own.
  return paths.filter((path) => !path.includes('/node_modules/'));
}

describe('the semantics', () => {
  test('have every section that the code refers to', () => {
    const known = sections();
    expect([...known].filter((id) => id.startsWith('7.'))).toHaveLength(16);
    const cited = ['src', 'test', 'examples']
      .flatMap(sourcesUnder)
      .flatMap((path) => [...read(path).matchAll(/§(\d+(?:\.\d+)?)/g)].map(([, id]) => ({ path, id: id! })));
    expect(cited.length).toBeGreaterThan(10);
    expect(cited.filter(({ id }) => !known.has(id))).toEqual([]);
  });
});

describe('the links of the documents', () => {
  test.each([
    'README.md',
    'ARCHITECTURE.md',
    'CHANGELOG.md',
    'docs/semantics.md',
    'docs/write-an-adapter.md',
    'docs/on-postgres-with-pg.md',
    'docs/with-other-drivers.md',
    'docs/map-your-tables.md',
    'docs/outbox-and-notifications.md',
    'docs/on-sql.md',
    'docs/bench/results.md',
    'examples/host-lms/README.md',
  ])('in %s lead somewhere', (path) => {
    const targets = [...read(path).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target]) => target!);
    const local = targets.filter((target) => !/^https?:/.test(target));
    expect(local.filter((target) => !existsSync(new URL(target, new URL(path, root))))).toEqual([]);
  });
});

describe("the README's errors", () => {
  test('are all that there are', () => {
    const [, details] = /export interface ErrorDetails \{([\s\S]*?)\n\}/.exec(read('src/errors.ts'))!;
    const codes = [...details!.matchAll(/^ {2}(\w+): /gm)].map(([, code]) => code!);
    const rows = [...read('README.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code!);
    expect(codes).toHaveLength(13);
    expect(rows).toEqual(codes);
  });
});
