import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';
import { doors } from '../architecture/doors.js';

/** Gzipped, and about a tenth above what it was: who needs more raises it, and says why beside the number. */
const ceilings = [
  // More than half is zod. `import * as z`, since `import { z }` brings its translations too: 67 kB.
  // From 69: what is committed and written names its operation.
  { subpath: 'smart-enrolments', without: [], kilobytes: 72 },
  // Our own: half of it is the core, the rest the engine, its checks of input, and what its errors say. From 29: failing batches are halved, and work is
  // tried again by itself. From 35: operations, and work in ranges.
  { subpath: 'smart-enrolments', without: ['zod', 'immer', '@noble/*'], kilobytes: 37 },
  // Rules by columns, catalog, diff and explanation: 14 kB, and immer. From 22: invisible characters and dashes are folded. From 23: catalogs,
  // edits, rules and states are checked. From 27: edits
  // are patches, links have data, and edits are built from one state to another. From 29: longer messages, in plain English.
  { subpath: 'smart-enrolments/core', without: [], kilobytes: 31 },
  // A store of maps with locks and layers, the evaluator for its hints, and the errors. From 12: rows that cannot be read.
  // From 13: what a host stores is checked.
  { subpath: 'smart-enrolments/memory', without: [], kilobytes: 14 },
  // Drivers for ten libraries, three dialects, and the evaluator for conditions; no package at all. From 29: columns'
  // types are read, compared natively, and what cannot be read is told apart. From 43: a preview reads values as the database would store them,
  // and tables are migrated by numbered steps.
  { subpath: 'smart-enrolments/sql', without: [], kilobytes: 49 },
  // Cases and a simulation, for tests only; the engine that the simulation drives, and zod, come with it. From 55: cases and faults of
  // rows that cannot be read. From 62: cases and laws of operations and ranges.
  { subpath: 'smart-enrolments/testkit', without: ['zod', 'immer', '@noble/*'], kilobytes: 66 },
  // The model and its calls; fast-check is the tests' own.
  { subpath: 'smart-enrolments/testkit/model-based', without: ['fast-check'], kilobytes: 2.7 },
] as const;

/** What is left of a program when it is bundled as for a web page: no Node, nothing left out but what is named. */
interface Bundle {
  /** Gzipped. */
  readonly bytes: number;
  /** The files that were read. */
  readonly inputs: readonly string[];
  /** The library's own sources of which something is left, from its root. */
  readonly sources: readonly string[];
}

async function bundled(contents: string, external: readonly string[] = []): Promise<Bundle> {
  const result = await build({
    stdin: { contents, resolveDir: inject('consumer') },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser' },
    ...{ external: [...external], write: false, metafile: true, logLevel: 'silent' },
    ...{ outfile: join(inject('consumer'), 'bundle.js'), sourcemap: 'external', sourcesContent: false },
  } as const);
  const metafile: Metafile = result.metafile;
  const output = (ending: string) => result.outputFiles.find(({ path }) => path.endsWith(ending))!;
  const { sources } = JSON.parse(output('.map').text) as { sources: string[] };
  return {
    bytes: gzipSync(output('.js').contents, { level: 9 }).length,
    inputs: Object.keys(metafile.inputs),
    sources: sources.flatMap((path) => /smart-enrolments\/(src\/.*)$/.exec(path)?.[1] ?? []),
  };
}

const door = (subpath: string): string => `export * from '${subpath}';`;

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
    const { inputs } = await bundled(door('smart-enrolments/core'));
    expect(inputs.some((path) => path.includes('/immer/'))).toBe(true);
    expect(inputs.filter((path) => /\/(zod|@noble)\/|dist\/(index|memory|sql)\./.test(path))).toEqual([]);
  });

  test('the core bundles no engine, no store, and no input check that needs a schema', async () => {
    const whole = await bundled(door('smart-enrolments'));
    expect(whole.sources).toEqual(expect.arrayContaining(['src/engine/operations/settle.ts', 'src/validate/rule.ts']));
    const core = await bundled(door('smart-enrolments/core'));
    expect(core.sources).toContain('src/reconcile/diff.ts');
    const others = /^src\/((engine|memory|sql|testkit)\/|validate\/(schema|edit|learner|options|plan|parse)\.)/;
    expect(core.sources.filter((path) => others.test(path))).toEqual([]);
  });

  test('tree shaking keeps only the rule builders that are used', async () => {
    const { bytes, sources } = await bundled("export { all, field } from 'smart-enrolments';");
    // A source map names a neighbour for a piece at the border of two files, so the size shows that nothing else is left: these take 218 bytes.
    expect(sources).toContain('src/rules/build.ts');
    expect(bytes).toBeLessThan(300);
  });

  test.each(['memory', 'sql'])('%s bundles no package', async (name) => {
    const { inputs } = await bundled(door(`smart-enrolments/${name}`));
    expect(inputs.filter((path) => /\/(zod|@noble|immer)\//.test(path))).toEqual([]);
  });
});

describe('to download', () => {
  // Two thirds are source maps, with the sources in them and for both formats, so that a stack trace says where. From 1,080: every door checks
  // its input, previews read values as stored, and tables are migrated by numbered steps. From 1,210: operations, and guides that the README was.
  test('the package is at most 1,260 kB', () => {
    expect(statSync(inject('tarball')).size).toBeLessThanOrEqual(1_260_000);
  });
});
