import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isLibraryStep, Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { histories } from '../model/steps.js';

it('prior enrolments untouched: no operation changes, starts, ends or archives an individual enrolment', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), async ({ start, steps }) => {
      const play = await Play.begin(start);
      for (const step of steps) {
        const { before, after, diffs } = await play.take(step);
        if (!isLibraryStep(step)) continue;
        for (const [id, { individual, training }] of before) {
          const own = (list: readonly { readonly courseId: string }[]) =>
            list.filter(({ courseId }) => individual.includes(courseId));
          expect(after.get(id)!.individual).toEqual(individual);
          expect(own(after.get(id)!.training)).toEqual(own(training));
          const diff = diffs.find(({ learnerId }) => learnerId === id);
          expect(own([...(diff?.enrolled ?? []), ...(diff?.unenrolled ?? [])])).toEqual([]);
          expect(own(diff?.kept ?? [])).toEqual(diff?.kept.filter((kept) => kept.individual) ?? []);
        }
      }
      for (const [id, { individual }] of await play.holdings()) {
        expect([...individual].sort()).toEqual([...(play.world.individual.get(id) ?? [])].sort());
      }
    }),
    runs(60),
  );
});
