import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with the packed package, and what it depends on, in its `node_modules`. */
    consumer: string;
    /** The package as it would be published. */
    tarball: string;
  }
}

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const dependencies = ['@noble/hashes', 'fast-check', 'immer', 'pure-rand', 'zod'];

/** Begins to build and pack the package, once, and to install it as a host would, but without a network; other tests run meanwhile. */
export function setup(project: TestProject): () => Promise<void> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'smart-enrolments-')));
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const tarball = join(scratch, `${name}-${version}.tgz`);
  const consumer = join(scratch, 'consumer');
  project.provide('consumer', consumer);
  project.provide('tarball', tarball);
  const packed = pack(tarball, consumer).then(
    () => writeFileSync(`${tarball}.ready`, ''),
    (error: unknown) => writeFileSync(`${tarball}.ready`, String(error)),
  );
  return async () => {
    await packed;
    rmSync(scratch, { recursive: true, force: true });
  };
}

async function pack(tarball: string, consumer: string): Promise<void> {
  const shell = process.platform === 'win32';
  await run('npm', ['pack', '--silent', '--pack-destination', dirname(tarball)], { cwd: root, shell });
  const installed = join(consumer, 'node_modules', 'smart-enrolments');
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const name of dependencies) {
    const link = join(consumer, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
}
