import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';

/** Gzipped, and about a tenth above what it was: who needs more raises it, and says why beside the number. */
const ceilings = [
  // More than half is zod. `import * as z`, since `import { z }` brings its translations too: 67 kB.
  { subpath: 'smart-enrolments', without: [], kilobytes: 62 },
  // Our own: half of it is the core, the rest the engine, its checks of input, and what its errors say. From 25: the core's growth.
  { subpath: 'smart-enrolments', without: ['zod', 'immer', '@noble/*'], kilobytes: 29 },
  // Rules by columns, catalog, diff and explanation: 14 kB, and immer. From 19: needles, limits and rows, for a diff of a third of the time.
  { subpath: 'smart-enrolments/core', without: [], kilobytes: 22 },
  // A store of maps with locks and layers, the evaluator for its hints, and the errors. From 10: the evaluator's growth.
  { subpath: 'smart-enrolments/memory', without: [], kilobytes: 12 },
  // Drivers for ten libraries, three dialects, and the evaluator for conditions; no package at all.
  { subpath: 'smart-enrolments/sql', without: [], kilobytes: 26 },
  // Cases and a simulation, for tests only; the engine that the simulation drives, and zod, come with it.
  { subpath: 'smart-enrolments/testkit', without: ['zod', 'immer', '@noble/*'], kilobytes: 50 },
] as const;

/** Bundles a subpath as a web page would: no Node, nothing left out but what is named. */
async function bundle(subpath: string, external: readonly string[]): Promise<{ bytes: number; inputs: string[] }> {
  const result = await build({
    stdin: { contents: `export * from '${subpath}';`, resolveDir: inject('consumer') },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser' },
    ...{ external: [...external], write: false, metafile: true, logLevel: 'silent' },
  } as const);
  const metafile: Metafile = result.metafile;
  return {
    bytes: gzipSync(result.outputFiles[0]!.contents, { level: 9 }).length,
    inputs: Object.keys(metafile.inputs),
  };
}

describe('bundled for a browser', () => {
  test.each(ceilings)('$subpath without $without is at most $kilobytes kB', async (ceiling) => {
    const { bytes } = await bundle(ceiling.subpath, ceiling.without);
    expect(bytes).toBeLessThanOrEqual(ceiling.kilobytes * 1000);
  });

  test('the core brings neither zod nor the hash, and no other door', async () => {
    const { inputs } = await bundle('smart-enrolments/core', []);
    expect(inputs.some((path) => path.includes('/immer/'))).toBe(true);
    expect(inputs.filter((path) => /\/(zod|@noble)\/|dist\/(index|memory|sql)\./.test(path))).toEqual([]);
  });

  test.each(['memory', 'sql'])('%s brings no package', async (door) => {
    const { inputs } = await bundle(`smart-enrolments/${door}`, []);
    expect(inputs.filter((path) => /\/(zod|@noble|immer)\//.test(path))).toEqual([]);
  });
});
