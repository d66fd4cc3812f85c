import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = new URL('./', import.meta.url);
/** TypeDoc's program. */
export const TYPEDOC = fileURLToPath(new URL('node_modules/typedoc/bin/typedoc', HERE));
/** Mermaid as a page loads it. */
export const MERMAID = new URL('node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js', HERE);

/** Installs TypeDoc and Mermaid if they are missing. */
export default function prepare(): void {
  if (existsSync(TYPEDOC) && existsSync(MERMAID)) return;
  console.log('TypeDoc and Mermaid are missing: npm ci in test/reference installs them, once.');
  execSync('npm ci', { cwd: fileURLToPath(HERE), stdio: 'inherit' });
}
