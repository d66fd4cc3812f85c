import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSmartEnrolmentsError, type LearnerDiff } from '../../src/index.js';
import { withoutOperations } from '../engine/world.js';
import { ask, type Holdings, Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { applySteps, calmSteps, histories, type LibraryStep, learnerSteps, noticed } from '../model/steps.js';
import { type Fault, failing, retrying } from '../testkit/faults.js';

const faults: fc.Arbitrary<Fault> = fc.record({
  at: fc.nat(1000),
  when: fc.constantFrom('before' as const, 'after' as const),
  dies: fc.boolean(),
});
const sizes = fc.constantFrom(1, 3, 1000);

const assignments = (holdings: Holdings) =>
  new Map([...holdings].map(([id, state]) => [id, JSON.stringify(state.assignments)]));

/** Runs the step on this play where one of its calls fails, having counted on a twin how many it makes. */
async function crash(
  play: Play,
  twin: Play,
  step: LibraryStep,
  { at, ...fault }: Fault,
  batchSize: number,
): Promise<void> {
  const counted = failing(twin.store, { at: -1, ...fault });
  await ask(
    twin.another(() => counted.repositories, { batchSize }),
    step,
  ).catch(() => {});
  const { repositories } = failing(play.store, { at: at % counted.calls(), ...fault });
  const error: unknown = await ask(
    play.another(() => repositories, { batchSize }),
    step,
  ).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(isSmartEnrolmentsError(error, 'repository_failed')).toBe(true);
}

it('crash: after an edit fails at any call, all learners are unchanged or settled, and settle() alone finishes a committed edit', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(calmSteps, { inactive: true }, 3),
      applySteps,
      faults,
      sizes,
      fc.boolean(),
      async ({ start, steps }, edit, fault, batchSize, byApply) => {
        const options = { steps: steps.flatMap(noticed) };
        const [play, twin] = [await Play.begin(start, options), await Play.begin(start, options)];
        const before = await play.holdings();
        const { revision } = await play.store.catalog.load();
        await crash(play, twin, edit, fault, batchSize);
        const crashed = await play.store.catalog.load();
        if (crashed.revision === revision) expect(assignments(await play.holdings())).toEqual(assignments(before));
        else play.world.take(edit);
        const [was, now, due] = [before, await play.holdings(), play.expected(before)].map(assignments) as [
          Map<string, string>,
          Map<string, string>,
          Map<string, string>,
        ];
        for (const [id, held] of now)
          expect([was.get(id), sorted(due.get(id)!)]).toContain(held === was.get(id) ? held : sorted(held));
        const library = play.another((same) => same, { batchSize });
        if (byApply)
          await library.apply({ type: 'saveSegment', segment: { id: 'another', title: 'Another', rule: null } });
        else await library.settle();
        const after = await play.holdings();
        const done = new Map([...assignments(after)].map(([id, held]) => [id, sorted(held)]));
        expect(done).toEqual(new Map([...due].map(([id, held]) => [id, sorted(held)])));
        for (const [id, { individual }] of after) expect(individual).toEqual(before.get(id)!.individual);
        expect((await play.store.catalog.load()).unsettled).toEqual([]);
        const diffs: LearnerDiff[] = [];
        await library.reconcile({ onDiff: (batch) => void diffs.push(...batch) });
        expect(diffs).toEqual([]);
      },
    ),
    runs(60),
  );
});

it('crash: after a notice or a reconcile fails at any call, a second run ends in the same state as one that never failed', async () => {
  const asked = fc.constantFrom<LibraryStep>(
    { do: 'reconcile' },
    { do: 'notice', ids: ['a', 'A', '', '__proto__', '😀'] },
  );
  await fc.assert(
    fc.asyncProperty(
      histories(learnerSteps({ inactive: true, invalid: true })),
      asked,
      faults,
      sizes,
      async ({ start, steps }, step, fault, batchSize) => {
        const [play, twin] = [await Play.begin(start, { steps }), await Play.begin(start, { steps })];
        await crash(play, twin, step, fault, batchSize);
        await ask(play.library, step);
        expect(await play.holdings()).toEqual(await twin.holdings());
      },
    ),
    runs(50),
  );
});

it('crash: transactions that are rolled back and run again change neither the final state nor the reports', async () => {
  await fc.assert(
    fc.asyncProperty(histories(learnerSteps({})), applySteps, sizes, async ({ start, steps }, edit, batchSize) => {
      const [play, twin] = [
        await Play.begin(start, { steps, batchSize }),
        await Play.begin(start, { steps, batchSize, around: retrying }),
      ];
      for (const step of [edit, { do: 'reconcile' as const }]) {
        const [once, again] = [await play.take(step), await twin.take(step)];
        expect({ ...again, outcome: withoutOperations(again.outcome) }).toEqual({
          ...once,
          outcome: withoutOperations(once.outcome),
        });
      }
    }),
    runs(30),
  );
});

function sorted(held: string): string {
  return JSON.stringify(
    (JSON.parse(held) as { courseId: string; linkId: string }[])
      .map(({ courseId, linkId }) => JSON.stringify([courseId, linkId]))
      .sort(),
  );
}
