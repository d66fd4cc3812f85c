import { expect, test } from 'vitest';
import { repositoriesContract } from '../../../src/testkit/index.js';
import { ROW_METHODS } from '../stored-rows.js';
import { type Broken, faulty } from './alter.js';

/** Cases about large amounts, which cost as much as all the others: run on adapters that break one of them, or on all with KIT_ALL. */
const LARGE = /-many(-|$)/;

/** Tests that each adapter breaks the cases it should, and no other. */
export function checkBroken(adapters: readonly Broken[]): void {
  test.each(adapters.map((broken) => [broken.id, broken.does, broken] as const))(
    '%s finds one that %s',
    async (_, __, broken) => {
      const expected = [broken.id, ...(broken.also?.ids ?? [])];
      const large = process.env.KIT_ALL !== undefined || expected.some((id) => LARGE.test(id));
      const create = () => faulty(broken.fault());
      const cases = repositoriesContract({ create, methods: ROW_METHODS, timeout: 3_000 });
      expect(cases.map(({ id }) => id)).toContain(broken.id);
      const failed: string[] = [];
      const messages = new Map<string, string>();
      await Promise.all(
        cases.map(async ({ id, run }) => {
          if (LARGE.test(id) && !large) return;
          await run().catch((error: Error) => {
            failed.push(id);
            messages.set(id, error.message);
          });
        }),
      );
      expect(failed.sort(), [...messages.values()].join('\n')).toEqual(expected.sort());
      const { title } = cases.find(({ id }) => id === broken.id)!;
      expect(messages.get(broken.id)).toContain(title);
    },
  );
}
