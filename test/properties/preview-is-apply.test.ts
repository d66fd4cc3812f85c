import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSmartEnrolmentsError, type LearnerDiff, type Plan } from '../../src/index.js';
import { learners } from '../model/arbitraries.js';
import { lines, Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { applySteps, histories, individualSteps, learnerSteps, type Step, steps } from '../model/steps.js';
import { recordingWrites } from '../testkit/faults.js';

const collect = (diffs: LearnerDiff[]) => ({ onDiff: (batch: readonly LearnerDiff[]) => void diffs.push(...batch) });
const codeOf = (error: unknown) => (isSmartEnrolmentsError(error) ? error.code : error);
/** A plan as it comes back from the admin who approved it: serialised and parsed. */
const filed = (plan: Plan): Plan => JSON.parse(JSON.stringify(plan));

it('preview = apply: a preview writes nothing, and applying its plan does what it reported', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(steps, { inactive: true, invalid: true }, 6),
      applySteps,
      async ({ start, steps }, { edits }) => {
        const writes: string[] = [];
        const play = await Play.begin(start, { steps, around: (store) => recordingWrites(store, writes) });
        const before = lines(await play.holdings());
        writes.length = 0;
        const [previewed, applied]: [LearnerDiff[], LearnerDiff[]] = [[], []];
        const plan = await play.library.preview(edits, collect(previewed)).catch(codeOf);
        expect(writes).toEqual([]);
        expect(lines(await play.holdings())).toEqual(before);
        if (typeof plan === 'string') {
          expect(await play.library.apply(edits).catch(codeOf)).toBe(plan);
          expect(writes).toEqual([]);
          return;
        }
        const outcome = await play.library.apply(filed(plan as Plan), collect(applied));
        expect(applied).toEqual(previewed);
        expect(outcome.summary).toEqual((plan as Plan).summary);
      },
    ),
    runs(60),
  );
});

it('preview = apply: a plan is refused as stale, without a write, exactly if it would no longer do what it reported', async () => {
  const meanwhile = fc.oneof(
    { weight: 3, arbitrary: fc.oneof(learnerSteps({}), individualSteps) as fc.Arbitrary<Step> },
    { weight: 1, arbitrary: steps },
  );
  await fc.assert(
    fc.asyncProperty(histories(steps, {}, 4), applySteps, meanwhile, async ({ start, steps }, { edits }, step) => {
      const writes: string[] = [];
      const play = await Play.begin(start, { steps, around: (store) => recordingWrites(store, writes) });
      const previewed: LearnerDiff[] = [];
      const plan = (await play.library.preview(edits, collect(previewed)).catch(codeOf)) as Plan;
      if (typeof plan === 'string') return;
      await play.takeAll([step]);
      writes.length = 0;
      const [now, applied]: [LearnerDiff[], LearnerDiff[]] = [[], []];
      const again = (await play.library.preview(edits, collect(now)).catch(codeOf)) as Plan;
      const same = JSON.stringify(now) === JSON.stringify(previewed);
      const stands = typeof again !== 'string' && again.revision === plan.revision && same;
      if (typeof again !== 'string' && !same) expect(again.fingerprint).not.toBe(plan.fingerprint);
      if (stands) expect(again.fingerprint).toBe(plan.fingerprint);
      const outcome = await play.library.apply(filed(plan), collect(applied)).catch(codeOf);
      if (stands) {
        expect(typeof outcome).toBe('object');
        expect(applied).toEqual(previewed);
      } else {
        expect(typeof outcome === 'string' ? outcome : 'applied').not.toBe('applied');
        expect(typeof again === 'string' ? [again, 'plan_stale'] : ['plan_stale']).toContain(outcome);
        expect(writes).toEqual([]);
      }
    }),
    runs(60),
  );
});

it('preview = apply: a preview with changed learner facts reports what happens once the facts are stored', async () => {
  const others = fc.uniqueArray(learners({ invalid: true, inactive: true }), {
    minLength: 1,
    selector: ({ id }) => id,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(histories(steps, { inactive: true }, 4), others, async ({ start, steps }, people) => {
      const play = await Play.begin(start, { steps });
      const { summary } = await play.library.previewLearners({ learners: people });
      await play.takeAll([{ do: 'save', learners: people }]);
      const outcome = await play.library.learnersChanged(people.map(({ id }) => id));
      expect(summary).toEqual(outcome.summary);
    }),
    runs(40),
  );
});
