import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes the reports to the project's docs, or to the folder BENCH_OUT. */
export function write(files: Readonly<Record<string, string>>): void {
  const folder = process.env.BENCH_OUT ?? fileURLToPath(new URL('../../../docs/bench', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    console.log(`written: ${join(folder, name)}`);
  }
}
