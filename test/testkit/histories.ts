import { readdirSync, readFileSync } from 'node:fs';
import type { History } from '../../src/testkit/index.js';

const folder = new URL('../regressions/', import.meta.url);

/** The histories that once found a bug, by the name of the bug. */
export const histories: readonly (readonly [found: string, history: History])[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as History]);
