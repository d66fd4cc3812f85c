import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, inject, test } from 'vitest';

/** Bundles a module for no platform, and returns its exports where the only globals are those of the language and these. */
async function loaded(contents: string, define: Record<string, string> = {}, globals = {}): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: inject('consumer') },
    ...{ bundle: true, format: 'iife', globalName: 'module', platform: 'neutral', target: 'es2022' },
    ...{ define, write: false, logLevel: 'silent' },
  } as const);
  return runInContext(`${outputFiles[0]!.text}; module.default`, createContext({ ...globals }));
}

const rules = `
import { everyone, matches } from 'smart-enrolments/core';
export default matches(everyone, { id: 'ada', profile: {} });`;

const evolving = `
import { evolve } from 'smart-enrolments/core';
const catalog = { revision: 0, courses: [], segments: [], links: [], unsettled: [] };
export default evolve(catalog, [{ type: 'saveSegment', segment: { id: 's', rule: null } }]).segments.length;`;

const engine = `
import { createSmartEnrolments } from 'smart-enrolments';
import { createMemoryRepositories } from 'smart-enrolments/memory';
export default createSmartEnrolments(createMemoryRepositories()).reconcile().then(({ revision }) => revision);`;

test('rules need nothing of a runtime', async () => {
  expect(await loaded(rules)).toBe(true);
});

// immer exports no build that does without: `docs/versions.md` shows what a host defines.
test('evolve and the engine need process.env.NODE_ENV, which a bundler can define', async () => {
  const define = { 'process.env.NODE_ENV': '"production"' };
  await expect(loaded(evolving)).rejects.toThrow('process is not defined');
  expect(await loaded(evolving, define)).toBe(1);
  const { TextEncoder, crypto } = globalThis;
  expect(await loaded(engine, define, { TextEncoder, crypto })).toBe(0);
});
