import { createMemoryRepositories } from 'smart-enrolments/memory';
import { expect, test } from 'vitest';
import { type HistoryEvent, readHistory } from '../../examples/demo/history.js';
import { openPglite } from '../../examples/demo/pglite.js';
import { faultsOf, play, type Stage } from '../../examples/demo/play.js';
import type { Findings } from '../../examples/demo/report.js';

/** The history of two teams that share a course, one step for each month. */
const events = readHistory().filter(({ team }) => team === 'cargo' || team === 'compiler');
const months = [...new Set(events.map(({ at }) => at.slice(0, 7)))].map((month) =>
  events.filter(({ at }) => at.startsWith(month)),
);

/** All results except the duration. */
async function found(steps: readonly (readonly HistoryEvent[])[], stage: Stage): Promise<Omit<Findings, 'seconds'>> {
  const { seconds, ...rest } = await play(steps, stage, () => undefined);
  return rest;
}

function inMemory(): Stage {
  const { host, ...repositories } = createMemoryRepositories();
  return { repositories, host };
}

test('a part of the demo has the same results on PGlite as in memory', async () => {
  const expected = await found(months, inMemory());
  expect(expected.found.heldTwice).toBeGreaterThan(0);
  const pglite = await openPglite();
  expect(await found(months, pglite)).toEqual(expected);
  await pglite.close();
  // The demo would report that a part is not the whole.
  expect(faultsOf({ ...expected, seconds: 0 })).toContainEqual(expect.stringContaining('started: expected 5235'));
});
