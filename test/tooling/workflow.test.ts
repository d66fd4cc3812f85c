import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const workflow = read('.github/workflows/ci.yml');
const ci = read('.ci/run');

/** The commands of the workflow; each is on the line of its `run`. */
const commands = [...workflow.matchAll(/^\s+(?:- )?run: (.*)$/gm)].map(([, command]) => command!);
/** The commands of the legs of `.ci/run`. */
const legs = new Set([...ci.matchAll(/\bleg (?:"[^"]*"|'[^']*'|\w+) '([^']+)'/g)].map(([, command]) => command!));

/** Returns the npm scripts of a command that its folder's `package.json` lacks. */
function lackingScripts(command: string): string[] {
  return command.split(' && ').flatMap((part) => {
    const [, name] = /\bnpm (?:run )?(test|start|(?<=run )[\w:-]+)/.exec(part) ?? [];
    if (name === undefined) return [];
    const folder = / --prefix (\S+)/.exec(part)?.[1] ?? '.';
    const { scripts } = JSON.parse(read(`${folder}/package.json`)) as { readonly scripts: Record<string, string> };
    return Object.hasOwn(scripts, name) ? [] : [part];
  });
}

describe('the CI workflow', () => {
  test('every command of the workflow is a leg of .ci/run, or installs the packages', () => {
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((command) => command !== 'npm ci' && !legs.has(command))).toEqual([]);
  });

  test('every leg of .ci/run is a command of the workflow', () => {
    expect(legs.size).toBeGreaterThan(10);
    expect([...legs].filter((command) => !commands.includes(command))).toEqual([]);
  });

  test('every npm script that the workflow runs exists', () => {
    expect(commands.flatMap(lackingScripts)).toEqual([]);
    expect(lackingScripts('npm ci && npm run absent')).toEqual(['npm run absent']);
    expect(lackingScripts('npm run absent --prefix examples/host-lms')).toHaveLength(1);
  });

  test('the workflow runs on the versions of Node of .ci/run, and on 20, which runs .ci/run itself', () => {
    const [, listed] = /^\s+node: \[(.*)\]$/m.exec(workflow)!;
    const versions = listed!.split(', ').map((version) => version.replaceAll("'", ''));
    const others = [...ci.matchAll(/^on ([\d.]+)$/gm)].map(([, version]) => version!);
    expect(versions.sort()).toEqual(['20', ...others].sort());
  });

  test('the workflow passes the addresses of its servers in the variables that the tests read', () => {
    const variables = [...workflow.matchAll(/^\s+((?:PG|MYSQL_)[A-Z]+): /gm)].map(([, name]) => name!);
    const servers = read('test/servers/servers.ts');
    expect(variables.length).toBeGreaterThan(5);
    expect(variables.filter((name) => !servers.includes(name))).toEqual([]);
  });
});
