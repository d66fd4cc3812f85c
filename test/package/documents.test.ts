import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';

let installed: string;

beforeAll(() => {
  installed = join(inject('consumer'), 'node_modules', 'smart-enrolments');
});

const read = (path: string): string => readFileSync(join(installed, path), 'utf8');

/** The targets of a document's links and pictures, and of those around a picture, that are no addresses. */
function relativeLinks(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return targets.filter((target) => !/^[a-z]+:/i.test(target) && !target.startsWith('#'));
}

describe('the packed documents', () => {
  test('the packed documents link only to files of the package', () => {
    const guides = readdirSync(join(installed, 'docs'), { recursive: true, encoding: 'utf8' });
    const documents = ['README.md', 'CHANGELOG.md', ...guides.map((name) => `docs/${name}`)];
    expect(documents).toContain('docs/tour.md');
    const links = documents.flatMap((path) => relativeLinks(read(path)).map((target) => ({ path, target })));
    expect(links.length).toBeGreaterThan(100);
    const lost = links.filter(({ path, target }) => {
      const file = normalize(join(dirname(path), target.split('#')[0]!));
      return file.startsWith('..') || !existsSync(join(installed, file));
    });
    expect(lost).toEqual([]);
  });

  test('the check of links finds relative links, and those around a picture', () => {
    const text = '[a](../src/index.ts) [![b](https://example.org/b.svg)](LICENSE) [c](#c) [d](https://example.org)';
    expect(relativeLinks(text)).toEqual(['../src/index.ts', 'LICENSE']);
  });
});

describe('the packed README', () => {
  test('the README has at most 10,000 bytes', () => {
    expect(statSync(join(installed, 'README.md')).size).toBeLessThanOrEqual(10_000);
  });

  test('the README has the two commands, each in a block of its own', () => {
    for (const command of ['npm ci && npm run demo', 'npm ci && npm test'])
      expect(read('README.md')).toContain(`\n\`\`\`sh\n${command}\n\`\`\`\n`);
  });

  test('the README has badges with the version, the licence and the Node versions of the package', () => {
    const { version, license, engines } = JSON.parse(read('package.json'));
    const badges = [...read('README.md').matchAll(/img\.shields\.io\/badge\/([^)]+)-\w+\)/g)].map(([, text]) => text!);
    expect(badges.map(decodeURIComponent)).toEqual([`npm-${version}`, `licence-${license}`, `node-${engines.node}`]);
  });

  test('the README links to the repository of package.json', () => {
    const { repository } = JSON.parse(read('package.json'));
    const addresses = [...read('README.md').matchAll(/\]\((https:\/\/github\.com\/[\w-]+\/[\w-]+)\//g)];
    expect(new Set(addresses.map(([, address]) => `git+${address}.git`))).toEqual(new Set([repository.url]));
  });
});
