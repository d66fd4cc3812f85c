import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile, diff, project } from '../../src/core.js';
import { courseIds } from '../model/arbitraries.js';
import { settled } from '../model/oracle.js';
import { Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { freezingSteps, histories, individualSteps, learnerSteps } from '../model/steps.js';

const stale = fc.oneof(learnerSteps({ invalid: true, inactive: true }), individualSteps, freezingSteps);
const scopes = fc.option(fc.uniqueArray(courseIds, { maxLength: 3 }), { nil: undefined });
const line = (one: unknown) => JSON.stringify(one);

it('diff round trip: applying the diff gives all learners what they should hold, and a second diff is empty', async () => {
  await fc.assert(
    fc.asyncProperty(histories(stale), scopes, async ({ start, steps }, courses) => {
      const play = await Play.begin(start, { steps });
      const { facts, learners, inactive } = play.world;
      const matcher = compile(await play.store.catalog.load(), { inactive });
      const states = [...(await play.holdings()).values()];
      const copy = structuredClone(states);
      const scope = courses && { courses };
      const { diffs } = diff(matcher, states, scope);
      const after = project(states, diffs);
      expect(states).toEqual(copy);
      expect(diff(matcher, after, scope).diffs).toEqual([]);
      expect(diff(matcher, states, scope).diffs).toEqual(diffs);
      const inScope = (one: { readonly courseId: string }) => !courses || courses.includes(one.courseId);
      states.forEach((state, i) => {
        const due = settled(facts, learners.get(state.learnerId), state.assignments);
        const expected = [...due.filter(inScope), ...state.assignments.filter((one) => !inScope(one))];
        expect(after[i]!.assignments.map(line).sort()).toEqual(expected.map(line).sort());
        expect({ ...after[i], assignments: [], training: [] }).toEqual({ ...state, assignments: [], training: [] });
      });
    }),
    runs(80),
  );
});
