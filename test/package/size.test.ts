import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';
import { doors } from '../architecture/doors.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Gzipped, and about a tenth above what it was: who needs more raises it, and says why beside the number. */
const ceilings = [
  // Our own, 8 kB of zod/mini, 4 kB of immer, and the hash. All of zod would take 28 kB: each of its schemas has every method.
  { subpath: 'smart-enrolments', without: [], kilobytes: 52 },
  // Our own: half of it is the core, the rest the engine, its checks of input, and what its errors say. From 29: failing batches are halved, and work is
  // tried again by itself. From 35: operations, and work in ranges.
  { subpath: 'smart-enrolments', without: ['zod', 'immer', '@noble/*'], kilobytes: 37 },
  // Rules by columns, catalog, diff and explanation, and 4 kB of immer. From 22: invisible characters and dashes are folded. From 23: catalogs,
  // edits, rules and states are checked. From 27: edits
  // are patches, links have data, and edits are built from one state to another. From 29: longer messages, in plain English.
  { subpath: 'smart-enrolments/core', without: [], kilobytes: 29 },
  // A store of maps with locks and layers, the evaluator for its hints, and the errors. From 12: rows that cannot be read.
  // From 13: what a host stores is checked.
  { subpath: 'smart-enrolments/memory', without: [], kilobytes: 14 },
  // Drivers for fourteen libraries, three dialects, and the evaluator for conditions. From 29: columns' types are read, compared natively, and what
  // cannot be read is told apart. From 43: a preview reads values as the database would store them, and tables are migrated by numbered steps.
  // From 52: createSqlEnrolments brings the engine, which hosts import anyway, and its packages.
  { subpath: 'smart-enrolments/sql', without: [], kilobytes: 102 },
  // Cases and a simulation, for tests only; the engine that the simulation drives, and zod, come with it. From 55: cases and faults of
  // rows that cannot be read. From 62: cases and laws of operations and ranges.
  { subpath: 'smart-enrolments/testkit', without: ['zod', 'immer', '@noble/*'], kilobytes: 66 },
  // The model and its calls; fast-check is the tests' own.
  { subpath: 'smart-enrolments/testkit/model-based', without: ['fast-check'], kilobytes: 2.7 },
] as const;

/** A program that is bundled as for a web page: no Node, and everything in it but what is external. */
interface Bundle {
  /** Gzipped. */
  readonly bytes: number;
  /** The files that were read. */
  readonly read: readonly string[];
  /** The files of which something is in the bundle. */
  readonly kept: readonly string[];
}

async function bundled(contents: string, external: readonly string[] = [], from = inject('consumer')): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: from },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser' },
    ...{ external: [...external], write: false, metafile: true, logLevel: 'silent', absWorkingDir: root },
  } as const);
  const [output] = Object.values(metafile.outputs);
  const kept = Object.entries(output!.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  return {
    bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length,
    ...{ read: Object.keys(metafile.inputs), kept },
  };
}

const door = (subpath: string): string => `export * from '${subpath}';`;

/** The source files of which something is in a bundle. The packed files do not show this. */
async function sourcesOf(contents: string): Promise<readonly string[]> {
  return (await bundled(contents, ['zod', 'immer', '@noble/*'], `${root}src`)).kept;
}

describe('bundled for a browser', () => {
  test.each(ceilings)(
    '$subpath without $without has at most $kilobytes kB in a browser bundle',
    async ({ subpath, without, kilobytes }) => {
      const { bytes } = await bundled(door(subpath), without);
      expect(bytes).toBeLessThanOrEqual(kilobytes * 1000);
    },
  );

  test('every subpath has a size limit', () => {
    const subpaths = new Set<string>(ceilings.map(({ subpath }) => subpath));
    expect(doors.map(({ subpath }) => subpath).filter((subpath) => !subpaths.has(subpath))).toEqual([]);
  });

  test('the core bundles neither zod nor the hash, and no other subpath', async () => {
    const { read, kept } = await bundled(door('smart-enrolments/core'));
    expect(kept.some((path) => path.includes('/immer/'))).toBe(true);
    expect(read.filter((path) => /\/(zod|@noble)\/|dist\/(index|memory|sql)\./.test(path))).toEqual([]);
  });

  test('a bundle of matches contains no package, and at most 12 kB', async () => {
    const { kept, bytes } = await bundled("export { matches } from 'smart-enrolments/core';");
    expect(kept.filter((path) => /\/(zod|@noble|immer)\//.test(path))).toEqual([]);
    expect(bytes).toBeLessThanOrEqual(12_000);
  });

  test('the core bundles no engine, no store, and no input check that needs a schema', async () => {
    const whole = await sourcesOf(door('./index.js'));
    expect(whole).toEqual(expect.arrayContaining(['src/engine/operations/settle.ts', 'src/validate/rule.ts']));
    const core = await sourcesOf(door('./core.js'));
    expect(core).toContain('src/reconcile/diff.ts');
    const others = /^src\/((engine|memory|sql|testkit)\/|validate\/(schema|edit|learner|options|plan|parse)\.)/;
    expect(core.filter((path) => others.test(path))).toEqual([]);
  });

  test('tree shaking keeps only the rule builders that are used', async () => {
    expect(await sourcesOf("export { all, field } from './index.js';")).toEqual(['src/rules/build.ts']);
    const { bytes } = await bundled("export { all, field } from 'smart-enrolments';");
    expect(bytes).toBeLessThan(300);
  });

  test('memory bundles no package', async () => {
    const { read } = await bundled(door('smart-enrolments/memory'));
    expect(read.filter((path) => /\/(zod|@noble|immer)\//.test(path))).toEqual([]);
  });
});

describe('to download', () => {
  // Without source maps, which were two thirds: the published code is not minified, so a stack trace names its functions.
  test('the package is at most 530 kB', () => {
    expect(statSync(inject('tarball')).size).toBeLessThanOrEqual(530_000);
  });
});
