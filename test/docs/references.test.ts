import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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
  test('the semantics have every section that the code refers to', () => {
    const known = sections();
    expect([...known].filter((id) => id.startsWith('7.'))).toHaveLength(16);
    const cited = ['src', 'test', 'examples']
      .flatMap(sourcesUnder)
      .flatMap((path) => [...read(path).matchAll(/§(\d+(?:\.\d+)?)/g)].map(([, id]) => ({ path, id: id! })));
    expect(cited.length).toBeGreaterThan(10);
    expect(cited.filter(({ id }) => !known.has(id))).toEqual([]);
  });
});

/** The ends of addresses that lead to a document's headings, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  const prose = read(path).replace(/^```[\s\S]*?^```$/gm, '');
  const headings = [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const guides = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'));
const documents = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', ...guides.map((name) => `docs/${name}`)];
/** Addresses of the project's files, for documents that are also read where these files are not. */
const OWN =
  /^https:\/\/(?:github\.com|raw\.githubusercontent\.com)\/smart-enrolments\/smart-enrolments\/(?:blob\/)?main\//;

/** Documents for people who work on the library. */
const pages = readdirSync(new URL('docs/architecture/', root));
const ours = ['CONTRIBUTING.md', 'SECURITY.md', 'test/README.md', ...pages.map((name) => `docs/architecture/${name}`)];

describe('the links of the documents', () => {
  test.each([...documents, ...ours, 'docs/bench/results.md', 'examples/host-lms/README.md'])(
    'every link in %s has an existing target',
    (path) => {
      const targets = [...read(path).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
      const local = targets.filter((target) => OWN.test(target) || !/^https?:/.test(target));
      const lost = local.filter((target) => {
        const [file, anchor] = target.split('#') as [string, string?];
        const from = OWN.test(file) ? root : new URL(path, root);
        const found = file ? new URL(file.replace(OWN, ''), from) : from;
        if (!existsSync(found)) return true;
        return (
          anchor !== undefined && !anchorsOf(fileURLToPath(found).slice(fileURLToPath(root).length)).includes(anchor)
        );
      });
      expect(lost).toEqual([]);
    },
  );

  test('the README links to every guide', () => {
    const readme = read('README.md');
    expect(guides.length).toBeGreaterThan(10);
    expect(guides.filter((name) => !readme.includes(`](docs/${name})`))).toEqual([]);
  });

  test('ARCHITECTURE.md links to each of its pages', () => {
    const architecture = read('ARCHITECTURE.md');
    expect(pages.filter((name) => !architecture.includes(`](docs/architecture/${name})`))).toEqual([]);
  });

  test('the list of guides links to every guide', () => {
    const list = read('docs/README.md');
    const others = guides.filter((name) => name !== 'README.md');
    expect(others.filter((name) => !list.includes(`](${name})`))).toEqual([]);
  });
});

describe('the errors', () => {
  const source = read('src/errors/details.ts');
  const [, details] = /export interface ErrorDetails \{([\s\S]*?)\n\}/.exec(source)!;
  const codes = [...details!.matchAll(/^ {2}(\w+): /gm)].map(([, code]) => code!);

  /** The codes that the table of a section has a row for. */
  const rowsOf = (heading: string): string[] => {
    const section = read('docs/errors.md')
      .split(/^## /m)
      .find((text) => text.startsWith(`${heading}\n`))!;
    return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code!);
  };

  test('the table in docs/errors.md lists all error codes', () => {
    expect(codes).toHaveLength(15);
    expect(rowsOf('All codes')).toEqual(codes);
  });

  test('docs/errors.md has a section for every error code, with its cause, details and fix', () => {
    const sections = read('docs/errors.md').split(/^## /m).slice(1);
    const named = sections.filter((section) => codes.includes(section.split('\n')[0]!));
    expect(named.map((section) => section.split('\n')[0])).toEqual(codes);
    for (const section of named)
      for (const part of ['**When.**', '**Details.**', '**What to do.**', '```ts']) expect(section).toContain(part);
  });

  test('docs/errors.md has a row for every code of an input issue', () => {
    const [, issues] = /export interface InputIssue \{[\s\S]*?readonly code:([\s\S]*?);/.exec(source)!;
    const expected = [...issues!.matchAll(/'(\w+)'/g)].map(([, code]) => code!);
    expect(rowsOf('invalid_input')).toEqual(expected);
  });
});
