import { expect } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import type { Assignment } from '../../src/model/learner.js';
import { expectedDiff } from './expected-diff.js';
import { type Facts, isFrozenLearner, isFrozenLink, isInvalid, settled } from './oracle.js';
import { isLibraryStep, lines, type Taken } from './play.js';
import type { Step } from './steps.js';
import type { World } from './world.js';

const text = (value: unknown) => JSON.stringify(value);
const keys = (list: readonly Assignment[]) => list.map(({ courseId, linkId }) => text([courseId, linkId])).sort();
const within = (list: readonly Assignment[], courses: ReadonlySet<string> | undefined) =>
  list.filter(({ courseId }) => !courses || courses.has(courseId));
const without = (list: readonly Assignment[], courses: ReadonlySet<string> | undefined) =>
  list.filter(({ courseId }) => courses !== undefined && !courses.has(courseId));

/** Checks one step against the oracle: what learners hold, what the diffs report, and that nothing else changed. */
export function checkStep(world: World, step: Step, taken: Taken, factsBefore: Facts): void {
  const { before, after, diffs, refused, outcome } = taken;
  const { facts } = world;
  const changed = [...before.values()].flatMap(
    (state) => expectedDiff(facts, state, after.get(state.learnerId)!.assignments) ?? [],
  );
  for (const [id, { individual }] of after)
    expect([...individual].sort()).toEqual([...(world.individual.get(id) ?? [])].sort());
  if (!isLibraryStep(step) || refused !== undefined) {
    expect(lines(after)).toEqual(lines(before));
    expect(diffs).toEqual([]);
    return;
  }
  expect(sortedById(diffs)).toEqual(sortedById(changed));
  expect(outcome!.summary.learners).toBe(changed.length);
  if (step.do === 'apply') checkEdit(world, factsBefore, taken);
  else {
    const courses = step.do === 'reconcile' && step.courses ? new Set(step.courses) : undefined;
    for (const [id, { assignments: held }] of before) {
      const looked = step.do === 'reconcile' || step.ids.includes(id);
      const due = looked ? settled(facts, world.learners.get(id), held) : held;
      expect(keys(after.get(id)!.assignments)).toEqual(keys([...within(due, courses), ...without(held, courses)]));
    }
    if (step.do === 'reconcile' && !courses) checkBlocked(world, taken);
  }
}

/** An edit settles all affected learners. Where the law held for a learner, it still holds, and no other learner loses anything. */
function checkEdit(world: World, factsBefore: Facts, { before, after }: Taken): void {
  const { facts, learners } = world;
  const concerned = concernedLinks(factsBefore, facts);
  const courses = new Set(
    [...factsBefore.links, ...facts.links].filter(({ id }) => concerned.has(id)).map(({ courseId }) => courseId),
  );
  for (const [id, { assignments: held }] of before) {
    const now = after.get(id)!.assignments;
    const who = learners.get(id);
    const due = settled(facts, who, held);
    const touched = [...held, ...due].some(({ linkId }) => concerned.has(linkId));
    const lawful = text(keys(settled(factsBefore, who, held))) === text(keys(held));
    if (lawful) expect(keys(now)).toEqual(keys(due));
    if (touched) expect(keys(within(now, courses))).toEqual(keys(within(due, courses)));
    for (const courseId of new Set([...held, ...now, ...due].map((one) => one.courseId))) {
      const on = (list: readonly Assignment[]) => text(keys(within(list, new Set([courseId]))));
      expect([on(held), on(due)]).toContain(on(now));
    }
  }
}

/** Links that came, went or changed, or whose segments did, directly or through others. */
function concernedLinks(before: Facts, after: Facts): ReadonlySet<string> {
  const ids = [...before.links, ...after.links].map(({ id }) => id);
  const whole = (facts: Facts, id: string): unknown => {
    const link = facts.links.find((one) => one.id === id);
    if (!link) return undefined;
    const reached = new Set([link.segmentId, ...mentioned(link.rule)]);
    const rules: unknown[] = [];
    for (const segmentId of reached) {
      const rule = facts.segments.find((segment) => segment.id === segmentId)?.rule;
      rules.push(rule);
      for (const inner of mentioned(rule)) reached.add(inner);
    }
    return [link, rules];
  };
  return new Set(ids.filter((id) => text(whole(before, id)) !== text(whole(after, id))));
}

function mentioned(rule: unknown): string[] {
  if (typeof rule !== 'object' || rule === null) return [];
  if ('segment' in rule) return [rule.segment as string];
  return Object.values(rule).flatMap(mentioned);
}

/** A full reconcile lists every frozen link, every invalid learner, and every inactive learner with a withheld change. */
function checkBlocked({ facts, learners }: World, { before, outcome }: Taken): void {
  const links = facts.links.filter((link) => isFrozenLink(facts, link)).map(({ id }) => `link ${text(id)}`);
  const people = [...learners.values()].filter((who) => {
    if (!isFrozenLearner(facts, who)) return false;
    const held = before.get(who.id)!.assignments;
    return isInvalid(facts, who) || text(keys(settled(facts, { ...who, active: true }, held))) !== text(keys(held));
  });
  const listed = outcome!.summary.blocked.map((one) => `${one.kind.split('-')[1]} ${text(blockedId(one))}`);
  expect([...new Set(listed)].sort()).toEqual([...links, ...people.map(({ id }) => `learner ${text(id)}`)].sort());
}

function sortedById<One extends { readonly learnerId: string }>(list: readonly One[]): One[] {
  return [...list].sort((a, b) => (text(a.learnerId) < text(b.learnerId) ? -1 : 1));
}
