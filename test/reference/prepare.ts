import { fileURLToPath } from 'node:url';
import { install } from '../tooling/install.js';

const HERE = new URL('./', import.meta.url);
/** TypeDoc's program. */
export const TYPEDOC = fileURLToPath(new URL('node_modules/typedoc/bin/typedoc', HERE));
/** Mermaid as a page loads it. */
export const MERMAID = new URL('node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js', HERE);

/** Installs TypeDoc and Mermaid if they are missing. */
export default function prepare(): void {
  install(HERE, 'TypeDoc and Mermaid', ['typedoc', '@mermaid-js/tiny']);
}
