import { getOrCreate } from '../../../../src/collections/get-or-create.js';
import type { SqlDriver } from '../../../../src/sql/index.js';
import type { Fate, Poison } from './poison.js';
import { type Chapter, type Shape, story } from './story.js';
import type { Change } from './tables.js';

/** Runs the story with a bad row and without it, and returns all differences that are not allowed. */
export async function checkPoison(db: SqlDriver, poison: Poison, when: 'first' | 'later'): Promise<string[]> {
  const { learner, course, fates, fields, through } = poison;
  const found = await story(db, poison.changes, when, poison);
  const without = await reference(db, [], when, { ...(through && { through }) });
  const faults = [
    ...found.flatMap((chapter) => rejectedAmiss(chapter, poison)),
    ...found.flatMap((chapter, i) => (i === 0 && when === 'later' ? [] : othersAmiss(chapter, without[i]!, poison))),
    ...found.slice(1, -1).flatMap((chapter) => (poison.inert ? notInert(chapter, course!) : [])),
  ];
  if (learner !== undefined) {
    const tried: string[] = [];
    for (const fate of fates) {
      const expected =
        typeof fate === 'string' ? without : await reference(db, fate.as, when, { ...(fields && { fields }) });
      const amiss = fateAmiss(found, expected, learner, fate, when);
      if (amiss.length === 0) return faults;
      tried.push(...amiss);
    }
    faults.push(...tried);
  }
  return faults;
}

const references = new Map<string, Promise<Chapter[]>>();

/** The story with valid rows, whose result is the same every time. */
function reference(
  db: SqlDriver,
  changes: readonly Change[],
  when: 'first' | 'later',
  shape: Shape,
): Promise<Chapter[]> {
  return getOrCreate(references, JSON.stringify([changes, when, shape]), () => story(db, changes, when, shape));
}

function rejectedAmiss({ name, rejected }: Chapter, { mayFail }: Poison): string[] {
  if (!rejected || (mayFail && rejected.code === 'some_failed')) return [];
  return [`${name} rejects with ${rejected.text.slice(0, 300)}`];
}

/** Differences for all learners and courses that the row is not about. */
function othersAmiss(found: Chapter, without: Chapter, poison: Poison): string[] {
  const strangers = new Set(poison.ids);
  const people = new Set([
    ...found.held.keys(),
    ...without.held.keys(),
    ...found.training.keys(),
    ...without.training.keys(),
  ]);
  return [...people].flatMap((who) => {
    if (who === poison.learner || strangers.has(who) || isStranger(who)) return [];
    const blocked = found.blocked.filter((one) => one === `invalid-learner ${who}`);
    return [
      ...blocked.map((one) => `${found.name}: ${one}, although the row is not about them`),
      ...differences(found, without, who, poison.course),
    ];
  });
}

/** Whether only a bad row creates this learner. */
const isStranger = (who: string): boolean => who === '' || who.length > 1_000;

function differences(found: Chapter, expected: Chapter, who: string, except?: string): string[] {
  return (['held', 'training'] as const).flatMap((which) => {
    const list = (chapter: Chapter): string =>
      (chapter[which].get(who) ?? []).filter((one) => except === undefined || !one.startsWith(`${except} `)).join(', ');
    const [is, was] = [list(found), list(expected)];
    return is === was ? [] : [`${found.name}: ${who} ${which} [${is}], expected [${was}]`];
  });
}

/** While the course's links are frozen they are reported, unless they were removed. */
function notInert({ name, blocked }: Chapter, course: string): string[] {
  return blocked.some((one) => one.startsWith('inert-link') && one.endsWith(`-${course}`))
    ? []
    : [`${name}: no link to ${course} is reported as inert`];
}

function fateAmiss(
  found: readonly Chapter[],
  expected: readonly Chapter[],
  who: string,
  fate: Fate,
  when: 'first' | 'later',
): string[] {
  if (fate !== 'blocked') return found.flatMap((chapter, i) => differences(chapter, expected[i]!, who));
  const before = when === 'later' ? found[0]!.held.get(who) : undefined;
  return found.slice(when === 'later' ? 1 : 0).flatMap((chapter) => {
    const links = new Set(keptBy(chapter, before));
    const held = (chapter.held.get(who) ?? []).filter((one) => !links.has(one));
    const mustReport = chapter.name === 'notice' || chapter.name.endsWith('reconcile');
    return [
      ...(held.length > 0 ? [`${chapter.name}: ${who} is blocked and gained ${held.join(', ')}`] : []),
      ...(mustReport && !chapter.blocked.includes(`invalid-learner ${who}`)
        ? [`${chapter.name}: ${who} is not reported as blocked`]
        : []),
      ...(chapter.training.has(who) ? [`${chapter.name}: ${who} is blocked, and was written`] : []),
    ];
  });
}

/** The earlier assignments of a blocked learner: they keep them, although a removed link is no longer listed. */
function keptBy(_chapter: Chapter, before: readonly string[] | undefined): readonly string[] {
  return before ?? [];
}
