import { describe, expect, it } from 'vitest';
import { describeContract, repositoriesContract, type World } from '../../src/testkit/index.js';
import { type Fault, faulty, forEver } from './broken/alter.js';
import { brokenCommit } from './broken/commit.js';
import { memoryWorld } from './memory-world.js';
import { ROW_METHODS } from './stored-rows.js';

const without = (id: string): Fault => brokenCommit.find((broken) => broken.id === id)!.fault();
const outcome = (run: () => Promise<void>): Promise<string> =>
  run().then(
    () => 'passed',
    (error: Error) => error.message,
  );

describe('the contract', () => {
  it('every contract case has a unique id and a title that is a sentence about a method', () => {
    const cases = repositoriesContract({ create: memoryWorld, methods: ROW_METHODS });
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    for (const { id, title } of cases) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(title).toMatch(
        /^(catalog\.(load|commit|settled)|learners\.(get|page|asStored)|enrolments\.(read|holders|write)|transaction|Every method) .*\.$/,
      );
    }
  });

  it('each run of a case creates a fresh world and cleans up all its clients, the last one first', async () => {
    const made: string[] = [];
    const create = async (): Promise<World> => {
      const world = await memoryWorld();
      const named = (name: string): World => ({
        ...world,
        reopen: async () => named(`${name}, reopened`),
        cleanup: async () => void made.push(`${name} cleaned up`),
      });
      made.push('created');
      return named('world');
    };
    const [one] = repositoriesContract({ create }).filter(({ id }) => id === 'load-survives');
    await one!.run();
    await one!.run();
    const once = ['created', 'world, reopened cleaned up', 'world cleaned up'];
    expect(made).toEqual([...once, ...once]);
  });

  it('a case that fails cleans up too, and its error names the case', async () => {
    let cleaned = 0;
    const create = async (): Promise<World> => ({
      ...(await faulty(without('commit-replaces'))),
      cleanup: async () => {
        cleaned++;
        throw new Error('nor can it be cleaned up');
      },
    });
    const [one] = repositoriesContract({ create }).filter(({ id }) => id === 'commit-replaces');
    expect(await outcome(one!.run)).toMatch(
      /The promise "commit-replaces" is broken: catalog.commit replaces.*\n.*segments/,
    );
    expect(cleaned).toBe(1);
    const [other] = repositoriesContract({ create }).filter(({ id }) => id === 'get-nobody');
    expect(await outcome(other!.run)).toMatch(/"get-nobody".*\ncleanup\(\) failed: nor can it/);
  });

  it('each case fails and names its promise if the world cannot be created', async () => {
    const create = () => Promise.reject(new Error('no database'));
    const cases = repositoriesContract({ create });
    for (const { id, title, run } of cases) {
      expect(await outcome(run)).toBe(`The promise "${id}" is broken: ${title}\ncreate() failed: no database`);
    }
  });

  it('a case fails if its repository or its world hangs, and the other cases still run', async () => {
    const hanging: Fault = { repositories: () => ({ learners: { get: forEver } }) };
    const cases = repositoriesContract({ create: () => faulty(hanging), timeout: 100 });
    const ends = await Promise.all(
      cases
        .filter(({ id }) => /^get-(nobody|latest)|^settled/.test(id))
        .map(async ({ id, run }) => [id, await outcome(run)]),
    );
    for (const [id, end] of ends) {
      if (id!.startsWith('get')) expect(end).toMatch(/is broken: learners.get .*\nThe case did not end within 100 ms/);
      else expect(end).toBe('passed');
    }
    expect(ends).toHaveLength(10);
    const [never] = repositoriesContract({ create: forEver, timeout: 10 });
    expect(await outcome(never!.run)).toContain('The case did not end within 10 ms');
  });
});

describe('cases that need a method of the world', () => {
  it('cases that need a method of the world are listed only if `methods` names it', () => {
    const without = repositoriesContract({ create: memoryWorld }).map(({ id }) => id);
    const needing = ROW_METHODS.map((name) =>
      repositoriesContract({ create: memoryWorld, methods: [name] })
        .map(({ id }) => id)
        .filter((id) => !without.includes(id)),
    );
    expect(needing).toEqual([
      ['get-unreadable', 'page-unreadable', 'matching-unreadable'],
      ['read-unreadable'],
      ['read-retakes', 'training-archive-retakes'],
    ]);
  });

  it('cases that need a method fail if the world does not have it', async () => {
    const create = async () => ({ ...(await memoryWorld()), makeUnreadable: undefined });
    const cases = repositoriesContract({ create: create as typeof memoryWorld, methods: ['makeUnreadable'] });
    const { run } = cases.find(({ id }) => id === 'get-unreadable')!;
    expect(await outcome(run)).toMatch(
      /create\(\) resolved with a world without makeUnreadable\. .* remove it from the option "methods"\./,
    );
  });

  it('cases that need a method can be known gaps only if they are listed', () => {
    const knownGaps = ['get-unreadable'];
    expect(() => repositoriesContract({ create: memoryWorld, knownGaps })).toThrow(/get-unreadable/);
    const methods = ['makeUnreadable'] as const;
    expect(repositoriesContract({ create: memoryWorld, knownGaps, methods }).length).toBeGreaterThan(0);
  });
});

describe('known gaps', () => {
  it('a known gap passes as long as its case fails', async () => {
    const create = () => faulty(without('commit-replaces'));
    const cases = repositoriesContract({ create, knownGaps: ['commit-replaces'] });
    const gap = cases.find(({ id }) => id === 'commit-replaces')!;
    expect(gap.title).toContain('(known gap)');
    await gap.run();
  });

  it('a known gap fails once its case passes', async () => {
    const cases = repositoriesContract({ create: memoryWorld, knownGaps: ['commit-replaces'] });
    const { run } = cases.find(({ id }) => id === 'commit-replaces')!;
    expect(await outcome(run)).toMatch(/The known gap "commit-replaces" now passes\. Remove it from knownGaps\./);
  });

  it('a known gap has to be the id of a case', () => {
    expect(() => repositoriesContract({ create: memoryWorld, knownGaps: ['get-nobody', 'nonsense'] })).toThrow(
      /nonsense/,
    );
  });
});

it('describeContract registers each case with any test runner', async () => {
  const registered: string[] = [];
  const bodies: (() => Promise<void>)[] = [];
  const cases = repositoriesContract({ create: memoryWorld }).slice(0, 2);
  describeContract('mine', cases, {
    describe: (name, body) => {
      registered.push(name);
      body();
    },
    it: (name, body) => {
      registered.push(name);
      bodies.push(body);
    },
  });
  expect(registered).toEqual(['mine', ...cases.map(({ id, title }) => `${id}: ${title}`)]);
  for (const body of bodies) await body();
});
