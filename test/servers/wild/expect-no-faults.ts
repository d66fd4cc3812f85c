import { expect } from 'vitest';
import { getOrCreate } from '../../../src/collections/get-or-create.js';
import type { WrongAnswer } from './check-rules.js';

/** How many examples to show of each sort of fault. */
const MOST = 6;

/** Fails unless the list is empty, with the shortest examples of each sort of fault. */
export function expectNoFaults(wrong: readonly WrongAnswer[]): void {
  if (wrong.length === 0) return;
  const bySort = new Map<string, string[]>();
  for (const one of wrong) getOrCreate(bySort, `${one.sort}`, () => []).push(lineOf(one));
  const lines = [...bySort.values()].flatMap((some) =>
    [...new Set(some)].sort((a, b) => a.length - b.length).slice(0, MOST),
  );
  expect.fail(`${wrong.length} faults, such as\n  ${lines.slice(0, 30).join('\n  ')}`);
}

function lineOf({ rule, fault }: WrongAnswer): string {
  return rule ? `${fault}, for ${JSON.stringify(rule).slice(0, 300)}` : fault;
}
