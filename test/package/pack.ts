import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with the packed package, and what it depends on, in its `node_modules`. */
    consumer: string;
    /** The package as it would be published. */
    tarball: string;
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const dependencies = ['@noble/hashes', 'fast-check', 'immer', 'pure-rand', 'zod'];

/** Builds and packs the package once, and installs it as a host would, but without a network. */
export function setup(project: TestProject): () => void {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'smart-enrolments-')));
  const consumer = join(scratch, 'consumer');
  const installed = join(consumer, 'node_modules', 'smart-enrolments');

  execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const packed = readdirSync(scratch).filter((name) => name.endsWith('.tgz'));
  if (packed.length !== 1) throw new Error(`npm pack made ${packed.length} tarballs`);
  const tarball = join(scratch, packed[0]!);

  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const name of dependencies) {
    const link = join(consumer, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }

  project.provide('consumer', consumer);
  project.provide('tarball', tarball);
  return () => rmSync(scratch, { recursive: true, force: true });
}
