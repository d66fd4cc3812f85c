import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Catalog, compile, diff, explain, type LearnerState, matches, type Rule } from '../../src/core.js';
import { learners, rules, segments } from '../model/arbitraries.js';
import { holds } from '../model/oracle.js';
import { COURSES, FIELDS, SEGMENTS } from '../model/pools.js';
import { runs } from '../model/runs.js';

const wild = { traps: true };
const saved = fc.tuple(...SEGMENTS.map((id) => segments(fc.constant(id), wild)));
const linkRules = fc.array(fc.option(rules(SEGMENTS, FIELDS, wild), { nil: undefined }), {
  minLength: 1,
  maxLength: 4,
});
/** Up to three words of a bitmap: 0 to 70 learners, whose ids differ though their facts may not. */
const crowds = fc
  .array(learners(wild), { maxLength: 70, size: 'max' })
  .map((people) => people.map((who, i) => ({ ...who, id: `${who.id}#${i}` })));

function catalogOf(list: Catalog['segments'], profiles: readonly (Rule | undefined)[], declared: boolean): Catalog {
  const links = profiles.map((profile, i) => ({
    id: `link ${i}`,
    segmentId: SEGMENTS[i % SEGMENTS.length]!,
    courseId: COURSES[i % 2]!,
    ...(profile && { rule: profile }),
  }));
  const courses = COURSES.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' }));
  return { revision: 0, courses, segments: list, links, unsettled: [], ...(declared && { fields: FIELDS }) };
}

it('columns = recursive: evaluation by columns, learner by learner, in traces and by the naive evaluator agree', () => {
  fc.assert(
    fc.property(saved, linkRules, fc.boolean(), crowds, (list, profiles, declared, people) => {
      const catalog = catalogOf(list, profiles, declared);
      const matcher = compile(catalog);
      const states = people.map(
        (learner): LearnerState => ({ learnerId: learner.id, learner, assignments: [], individual: [], training: [] }),
      );
      const { diffs, blocked } = diff(matcher, states);
      expect(blocked).toEqual([]);
      const gained = new Map(diffs.map(({ learnerId, assigned }) => [learnerId, assigned.map(({ linkId }) => linkId)]));
      states.forEach((state, i) => {
        const who = people[i]!;
        const audience = catalog.links.filter(({ segmentId, rule }) =>
          holds(catalog, { all: [{ segment: segmentId }, rule ?? { everyone: true }] }, who),
        );
        const ids = audience.map(({ id }) => id);
        expect([...(gained.get(who.id) ?? [])].sort()).toEqual(ids);
        for (const { id, segmentId, rule } of catalog.links) {
          expect(matches({ all: [{ segment: segmentId }, rule ?? { everyone: true }] }, who, catalog)).toBe(
            ids.includes(id),
          );
        }
        if (i > 2) return;
        const alone = diff(matcher, [state]).diffs;
        expect(alone).toEqual(diffs.filter(({ learnerId }) => learnerId === who.id));
        const settled = { ...state, assignments: alone[0]?.assigned ?? [] };
        for (const courseId of COURSES.slice(0, 2)) {
          const { holds: held, misses } = explain(matcher, settled, courseId);
          for (const { linkId, trace } of held) expect([linkId, trace?.holds]).toEqual([linkId, true]);
          for (const { link, trace, failing } of misses) {
            expect([link.id, trace.holds]).toEqual([link.id, false]);
            expect(failing.length).toBeGreaterThan(0);
          }
          expect([...held.map(({ linkId }) => linkId), ...misses.map(({ link }) => link.id)].sort()).toEqual(
            catalog.links.filter((link) => link.courseId === courseId).map(({ id }) => id),
          );
        }
      });
    }),
    runs(60),
  );
});
