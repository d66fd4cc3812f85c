import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSmartEnrolments } from 'smart-enrolments';
import type { Host as HostContract } from 'smart-enrolments/memory';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Host } from '../../examples/custom-adapter/host.js';
import { createRepositories } from '../../examples/custom-adapter/repositories.js';
import { Store } from '../../examples/custom-adapter/store.js';
import { expecting } from '../../src/testkit/fixtures.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { before, edits, learners } from './story.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custom-adapter-'));
  file = join(folder, 'lms.log');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the log for as long as `work` runs. */
async function using<T>(work: (store: Store, host: HostContract) => Promise<T>): Promise<T> {
  const store = await Store.open(file);
  try {
    return await work(store, new Host(store));
  } finally {
    await store.close();
  }
}

async function prepared(): Promise<void> {
  await using(async (store, host) => {
    await host.saveCourses(['fire-safety', 'welding'].map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })));
    await host.saveLearners(learners);
    await createSmartEnrolments(createRepositories(store)).apply(before);
    await host.recordTraining('learner-03', 'welding', 'completed');
  });
}

function everything(): Promise<unknown> {
  return using(async (_, host) =>
    Promise.all(learners.map(async ({ id }) => ({ state: await host.state(id), archived: await host.archived(id) }))),
  );
}

function script(name: string): string[] {
  return ['--import', 'tsx', fileURLToPath(new URL(`./${name}`, import.meta.url)), file];
}

describe('a process killed in the middle of an edit', () => {
  test('a process killed during an edit loses nothing, and the next process continues its work', async () => {
    await prepared();
    const prior = readFileSync(file);
    await using(async (store, host) => {
      await createSmartEnrolments(createRepositories(store)).apply(edits);
      expect(await host.archived('learner-03')).toEqual(['welding']);
      expect((await host.assignments()).length).toBe(50);
    });
    const uninterrupted = await everything();

    writeFileSync(file, prior);
    const killed = spawn(process.execPath, script('killed-process.ts'), { stdio: ['pipe', 'pipe', 'inherit'] });
    const exit = once(killed, 'exit');
    const [output] = await Promise.race([once(killed.stdout, 'data'), exit]);
    expect(String(output)).toBe('in the middle\n');
    killed.kill('SIGKILL');
    expect(await exit).toEqual([null, 'SIGKILL']);
    const [half] = await using(async (store) => [await store.state.catalog]);
    expect(half!.unsettled).toHaveLength(1);
    expect(await everything()).not.toEqual(uninterrupted);

    appendFileSync(file, '0123456789abcdef [{"type":"enrolmentsWritt');
    const next = await promisify(execFile)(process.execPath, script('next-process.ts'));
    const { settled, reconciled } = JSON.parse(next.stdout);
    expect(settled).toMatchObject({ learners: 40, enrolled: 40, unenrolled: 0 });
    expect(reconciled).toMatchObject({ learners: 0, blockedTotal: 0 });
    expect(await everything()).toEqual(uninterrupted);
  });
});

describe('the log', () => {
  test('the log reads the same however much of a torn last line was written', async () => {
    await prepared();
    const prior = await everything();
    const whole = readFileSync(file);
    await using((_, host) => host.enrolIndividually('learner-01', 'fire-safety'));
    const longer = readFileSync(file);
    for (let length = whole.length; length < longer.length; length++) {
      writeFileSync(file, longer.subarray(0, length));
      expect(await everything()).toEqual(prior);
      expect(readFileSync(file).length).toBe(whole.length);
    }
  });

  test('opening the log fails if a line in the middle is damaged', async () => {
    await prepared();
    const bytes = readFileSync(file);
    bytes[20]! ^= 1;
    writeFileSync(file, bytes);
    await expect(Store.open(file)).rejects.toThrow('damaged at byte 0');
  });

  test('load returns the same catalog object until something in it changes', async () => {
    await prepared();
    await using(async (store, host) => {
      const { catalog } = createRepositories(store);
      const first = await catalog.load();
      await host.enrolIndividually('learner-01', 'fire-safety');
      expect(await catalog.load()).toBe(first);
      await host.saveCourses([{ id: 'first-aid', enrolmentMethod: 'self' }]);
      expect(await catalog.load()).not.toBe(first);
      expect((await catalog.load()).segments).toBe(first.segments);
    });
  });
});

describe('a transaction', () => {
  const diff = {
    learnerId: 'learner-20',
    assigned: [{ courseId: 'welding', linkId: 'leeds-welding', segmentId: 's' }],
    released: [],
    enrolled: [{ courseId: 'welding', training: 'start' as const }],
    unenrolled: [],
    kept: [],
  };

  test('a transaction reads its own writes, and leaves none of them if it fails', async () => {
    await prepared();
    await using(async (store) => {
      const repositories = createRepositories(store);
      const failing = repositories.transaction(['learner-20'], async (inside) => {
        await inside.enrolments.write([diff], CONTEXT);
        expect(await inside.enrolments.holders({ after: 'learner-19', limit: 10 })).toEqual(['learner-20']);
        expect(await repositories.enrolments.holders({ after: 'learner-19', limit: 10 })).toEqual([]);
        throw new Error('roll back');
      });
      await expect(failing).rejects.toThrow('roll back');
      expect(await repositories.enrolments.holders({ after: 'learner-19', limit: 10 })).toEqual([]);
    });
  });

  test('a nested transaction rolls back only itself', async () => {
    await prepared();
    await using(async (store) => {
      const repositories = createRepositories(store);
      await repositories.transaction(['learner-20', 'learner-21'], async (inside) => {
        await inside.enrolments.write([diff], CONTEXT);
        const inner = inside.transaction(['learner-21'], async (within) => {
          await within.enrolments.write([{ ...diff, learnerId: 'learner-21' }], CONTEXT);
          throw new Error('only this');
        });
        await expect(inner).rejects.toThrow('only this');
      });
      expect(await repositories.enrolments.holders({ after: 'learner-19', limit: 10 })).toEqual(['learner-20']);
    });
  });

  test('a transaction that loaded the catalog blocks commits of others until it ends', async () => {
    await prepared();
    await using(async (store) => {
      const repositories = createRepositories(store);
      const change = { saveSegments: [], deleteSegments: [], saveLinks: [], deleteLinks: [] };
      const order: string[] = [];
      let commit: Promise<unknown> = Promise.resolve();
      await repositories.transaction([], async (inside) => {
        const { revision } = await inside.catalog.load();
        commit = repositories.catalog.commit(change, expecting(revision)).then(() => order.push('commit'));
        await repositories.learners.page({ limit: 1 });
        expect((await inside.catalog.load()).revision).toBe(revision);
        order.push('transaction');
      });
      await commit;
      expect(order).toEqual(['transaction', 'commit']);
      const found = (await repositories.catalog.load()).revision;
      const late = repositories.catalog.commit(change, expecting(found - 1));
      await expect(late).rejects.toMatchObject({ code: 'catalog_conflict', details: { expected: found - 1, found } });
    });
  });

  test('a transaction that has ended records nothing more', async () => {
    await using(async (store) => {
      const repositories = createRepositories(store);
      const ended = await repositories.transaction([], async (inside) => inside);
      await expect(ended.enrolments.write([diff], CONTEXT)).rejects.toThrow('has ended');
    });
  });
});
