import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const [, supported] = read('docs/versions.md').split('## What is supported');
const rows = [...supported!.matchAll(/^\| (.+) \| (.+) \| (.+) \|$/gm)].map(([, what, version, leg]) => ({
  ...{ what: what!, version: version!, leg: leg! },
}));
const of = (what: string) => rows.filter((row) => row.what === what).map(({ version }) => version);

describe('what is supported', () => {
  const ci = read('.ci/run');
  const legs = new Set([
    ...[...ci.matchAll(/\bleg (["'])(.+?)(?: \$\w+)?\1 /g)].map(([, , name]) => name!),
    ...[...ci.matchAll(/\bleg (\w+) '/g)].map(([, name]) => name!),
    ...[...ci.matchAll(/^on [\d.]+$/gm)].map(([name]) => name),
  ]);

  test('every supported version is tested by an existing CI leg', () => {
    const named = rows.slice(1).map(({ leg }) => [...leg.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
    const lost = named.map((names) => names.filter((name) => !legs.has(name)));
    expect(named.every((names) => names.length > 0)).toBe(true);
    expect(lost.flat()).toEqual([]);
    expect(named.length).toBeGreaterThan(8);
  });

  test('the supported versions are the installed TypeScript versions, the oldest Node of the package, and every other tested Node', () => {
    const { devDependencies, engines } = JSON.parse(read('package.json'));
    const { dependencies } = JSON.parse(read('test/typescript/package.json'));
    const others = Object.values<string>(dependencies).map((version) => version.replace('npm:typescript@', ''));
    expect(of('TypeScript')).toEqual([devDependencies.typescript, others.join(', ')]);

    const nodes = [...ci.matchAll(/^on ([\d.]+)$/gm)].map(([, version]) => version!);
    const listed = of('Node').flatMap((version) => version.match(/\d[\d.]*/g)!);
    expect([...listed].sort()).toEqual(['20', ...nodes].sort());
    expect(engines.node).toContain(`^${nodes[0]!.replace(/\.0$/, '')}`);
  });
});

describe('the changelog', () => {
  test('the changelog has the format of Keep a Changelog, with the newest version first', () => {
    const headings = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);
    expect(headings[0]).toBe('[Unreleased]');
    for (const heading of headings.slice(1))
      expect(heading).toMatch(/^\[\d+\.\d+\.\d+\] - (\d{4}-\d\d-\d\d|unreleased)$/);
    const kinds = [...read('CHANGELOG.md').matchAll(/^### (.+)$/gm)].map(([, kind]) => kind!);
    const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    expect(kinds.filter((kind) => !known.includes(kind))).toEqual([]);
    expect(headings[1]).toContain(`[${JSON.parse(read('package.json')).version}]`);
  });
});
