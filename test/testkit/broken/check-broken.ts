import { expect, test } from 'vitest';
import { type Case, repositoriesContract } from '../../../src/testkit/index.js';
import { ROW_METHODS } from '../stored-rows.js';
import { type Broken, faulty } from './alter.js';

/** Cases with large amounts cost as much as all the others. They run on adapters that break one of them; with KIT_ALL, on all. */
const LARGE = /-many(-|$)/;

/** Tests that each adapter breaks exactly the cases it should. Adapters that hang wait for the time limit concurrently. */
export function checkBroken(adapters: readonly Broken[]): void {
  const named = (hangs: boolean) =>
    adapters
      .filter((broken) => (broken.hangs ?? false) === hangs)
      .map((broken) => [broken.id, broken.does, broken] as const);
  test.each(named(false))('the case %s rejects an adapter that %s', (_, __, broken) => checkOne(broken));
  test.concurrent.each(named(true))('the case %s rejects an adapter that %s', (_, __, broken) => checkOne(broken));
}

async function checkOne(broken: Broken): Promise<void> {
  const expected = [broken.id, ...(broken.also?.ids ?? [])];
  const large = process.env.KIT_ALL !== undefined || expected.some((id) => LARGE.test(id));
  const create = () => faulty(broken.fault());
  const cases = repositoriesContract({ create, methods: ROW_METHODS, timeout: 6_000 });
  expect(cases.map(({ id }) => id)).toContain(broken.id);
  const failed: string[] = [];
  const messages = new Map<string, string>();
  const check = ({ id, run }: Case): Promise<void> =>
    run().catch((error: Error) => {
      failed.push(id);
      messages.set(id, error.message);
    });
  await Promise.all(cases.filter(({ id }) => !LARGE.test(id)).map(check));
  // One after the other: run concurrently, they would make cases that wait for a transaction exceed their time limit.
  for (const one of cases) if (large && LARGE.test(one.id)) await check(one);
  expect(failed.sort(), [...messages.values()].join('\n')).toEqual(expected.sort());
  const { title } = cases.find(({ id }) => id === broken.id)!;
  expect(messages.get(broken.id)).toContain(title);
}
