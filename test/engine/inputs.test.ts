import { describe, expect, it } from 'vitest';
import {
  all,
  createSmartEnrolments,
  type Edit,
  field,
  type Learner,
  type Plan,
  type SmartEnrolmentsError,
} from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { at, link, numbered, rejection, segment, unlink, type World, withoutOperations, worldOf } from './world.js';

type Mutable<T> = { -readonly [Key in keyof T]: Mutable<T[Key]> };

const standing = [segment('Bristol'), link('Bristol', 'c1')];
const fresh = () => worldOf(at('Bristol', ...numbered(4)), standing, { batchSize: 2 });
const edits = (): Edit[] => [
  segment('Leeds', all(field('site').in(['Leeds', 'York']))),
  link('Leeds', 'c2', field('site').equals('Leeds')),
  unlink('Bristol-c1'),
];
const learners = (): Learner[] => [
  { id: 'l00', profile: { site: ['Leeds', 'York'] }, segments: ['Bristol'], active: true },
];
const plan = async (world: World): Promise<Plan> => JSON.parse(JSON.stringify(await world.engine.preview(edits())));

/** Every object in it, itself included. */
function objects(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objects)];
}

function frozen<T>(value: T): T {
  objects(value).forEach(Object.freeze);
  return value;
}

/** Turns everything in it into something else. */
function spoil(value: unknown): void {
  for (const object of objects(value)) {
    for (const key of Object.keys(object)) delete (object as Mutable<Record<string, unknown>>)[key];
    Object.assign(object, { spoilt: true });
  }
}

/** Operations and what they are given. */
const given: {
  readonly [name: string]: readonly [(world: World) => unknown, (world: World, input: never) => Promise<unknown>];
} = {
  'edits to preview': [edits, ({ engine }, input) => engine.preview(input)],
  'an edit to preview': [() => edits()[2], ({ engine }, input) => engine.preview(input)],
  'learners to preview': [
    () => ({ learners: learners(), deleted: ['l09'] }),
    ({ engine }, input) => engine.previewLearners(input),
  ],
  'edits to apply': [edits, ({ engine }, input) => engine.apply(input)],
  'a plan to apply': [plan, ({ engine }, input) => engine.apply(input)],
  'ids of learners': [() => ['l03', 'l00'], ({ engine }, input) => engine.learnersChanged(input)],
  'the scope of a reconcile': [
    () => ({ after: 'l00', courses: ['c1'] }),
    ({ engine }, input) => engine.reconcile(input),
  ],
};

describe('what is passed in', () => {
  it.each(Object.keys(given))('an argument is neither changed nor frozen: %s', async (name) => {
    const [make, run] = given[name]!;
    const world = await fresh();
    const input = await make(world);
    const before = JSON.stringify(input);
    await run(world, input as never);
    expect(JSON.stringify(input)).toBe(before);
    expect(objects(input).filter((object) => Object.isFrozen(object))).toEqual([]);
  });

  it.each(Object.keys(given))('an argument may be frozen: %s', async (name) => {
    const [make, run] = given[name]!;
    const world = await fresh();
    await run(world, frozen(await make(world)) as never);
  });

  it.each(Object.keys(given))('an argument may change right after the call: %s', async (name) => {
    const [make, run] = given[name]!;
    const outcome = async (spoilt: boolean) => {
      const world = await fresh();
      await world.host.saveLearners(at('York', ...numbered(4)));
      const input = await make(world);
      const running = run(world, input as never);
      if (spoilt) spoil(input);
      return withoutOperations([await running, await world.snapshot()]);
    };
    expect(await outcome(true)).toEqual(await outcome(false));
  });

  it('options of createSmartEnrolments may change after the call', async () => {
    const world = await fresh();
    const options = {
      inactive: 'freeze' as const,
      limits: { unenrolments: { fraction: 0.5, atLeast: 1 } },
      batchSize: 2,
    };
    const engine = createSmartEnrolments(world.repositories, options);
    spoil(options);
    expect(await rejection(engine.apply(unlink('Bristol-c1')))).toMatchObject({ code: 'removal_limit' });
  });

  it('an argument is read once, so a getter cannot return two values', async () => {
    const world = await fresh();
    let read = 0;
    const edit = {
      type: 'unlink',
      get linkId() {
        return read++ === 0 ? 'Bristol-c1' : 'nothing';
      },
    } as const;
    await world.engine.apply(edit).catch((error: unknown) => expect(error).toMatchObject({ code: 'invalid_input' }));
    expect(read).toBeLessThanOrEqual(1);
  });
});

describe('what comes out', () => {
  it('a result is plain JSON that belongs to the caller: changing it has no effect', async () => {
    const world = await fresh();
    const before = await world.snapshot();
    const results = [
      await world.engine.preview(edits()),
      await world.engine.previewLearners({ learners: learners() }),
      await world.engine.explain('l00', 'c1'),
      await world.engine.learnersChanged(numbered(4)),
      await world.engine.settle(),
    ];
    for (const result of results) {
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      try {
        spoil(result);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
      }
    }
    expect(await world.snapshot()).toEqual(before);
    expect((await world.engine.reconcile()).summary.learners).toBe(0);
  });
});

describe('what is not as described', () => {
  const wrong: { readonly [name: string]: (world: World) => Promise<unknown> } = {
    'no edits at all': ({ engine }) => engine.apply(undefined as never),
    'nothing to preview': ({ engine }) => engine.preview(null as never),
    'an edit of no kind': ({ engine }) => engine.apply({ type: 'rename' } as never),
    'a plan that lacks its fingerprint': ({ engine }) => engine.apply({ edits: [], revision: 1 } as never),
    'a plan to preview': async (world) => world.engine.preview((await plan(world)) as never),
    'ids that are no text': ({ engine }) => engine.learnersChanged(['l00', 7] as never),
    'one id instead of a list': ({ engine }) => engine.learnersChanged('l00' as never),
    'an option that does not exist': ({ engine }) => engine.reconcile({ from: 'l00' } as never),
    'a callback that is none': ({ engine }) => engine.settle({ onDiff: 'tell me' } as never),
    'null for options': ({ engine }) => engine.apply(unlink('Bristol-c1'), null as never),
    'a learner without a profile': ({ engine }) => engine.previewLearners({ learners: [{ id: 'l00' }] } as never),
    'the same learner twice': ({ engine }) => engine.previewLearners({ learners: [...learners(), ...learners()] }),
  };
  it.each(Object.keys(wrong))('an invalid argument is rejected before any call to the host: %s', async (name) => {
    const world = await fresh();
    const inputs = world.calls.length;
    const error = await rejection(wrong[name]!(world));
    expect(error).toMatchObject({ code: 'invalid_input' });
    if (name !== 'a plan to preview') expect(world.calls.length).toBe(inputs);
    expect(world.writes()).toEqual([]);
  });

  it('the issues of all arguments are listed together', async () => {
    const world = await fresh();
    const error = await rejection(world.engine.apply([{ type: 'unlink' } as never], { confirm: 7 } as never));
    expect(error).toMatchObject({ details: { issues: [{ path: [0, 'linkId'] }, { path: ['confirm'] }] } });
  });

  it.each(['preview', 'apply'] as const)(
    'the path of an issue in %s fits the argument: one edit, or a list',
    async (name) => {
      const engine = createSmartEnrolments(createMemoryRepositories({ fields: [{ id: 'site', type: 'text' }] }));
      const misfit = segment('Leeds', field('site').lt(5));
      const pathsOf = async (change: Edit | readonly Edit[]) => {
        const error = await rejection(engine[name](change as Edit));
        return (error as SmartEnrolmentsError<'invalid_input'>).details.issues.map(({ path }) => path);
      };
      expect(await pathsOf(misfit)).toEqual([['segment', 'rule', 'op']]);
      expect(await pathsOf([segment('Bristol'), misfit])).toEqual([[1, 'segment', 'rule', 'op']]);
    },
  );

  it('createSmartEnrolments rejects invalid repositories and options', async () => {
    const { repositories } = await fresh();
    const { transaction, ...rest } = repositories;
    expect(transaction).toBeTypeOf('function');
    const broken = [
      () => createSmartEnrolments(rest as never),
      () => createSmartEnrolments(repositories, { batchSize: 0 }),
    ];
    for (const make of broken) expect(make).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
