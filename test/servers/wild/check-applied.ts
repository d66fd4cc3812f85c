import { blockedId } from '../../../src/catalog/blocked.js';
import { createSmartEnrolments, type Edit, type Repositories, type Rule, type Summary } from '../../../src/index.js';
import type { WrongAnswer } from './check-rules.js';
import type { CoreAnswer } from './core-answer.js';
import type { PeopleTable } from './people-table.js';

const LINK: Edit = { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c' } };

/** Applies a segment with each rule in turn, linked to a course, and compares the assigned and the blocked learners with the core's. */
export async function checkApplied(
  repositories: Repositories,
  core: CoreAnswer,
  { stored }: PeopleTable,
  rules: readonly Rule[],
): Promise<WrongAnswer[]> {
  const library = createSmartEnrolments(repositories, { batchSize: 64 });
  const wrong: WrongAnswer[] = [];
  for (const [i, rule] of rules.entries()) {
    const edits: Edit[] = [{ type: 'saveSegment', segment: { id: 's', title: 'S', rule } }, ...(i === 0 ? [LINK] : [])];
    try {
      const { summary } = await library.apply(edits);
      const held = await repositories.enrolments.read([...stored.keys()]);
      const holders = held.flatMap((one) => ('assignments' in one && one.assignments.length > 0 ? one.learnerId : []));
      wrong.push(...heldAmiss(core, rule, holders), ...blockedAmiss(core, rule, summary));
    } catch (error) {
      wrong.push({
        sort: 'rejected',
        rule,
        fault: `apply rejects: ${String(error)}; ${String((error as Error).cause)}`,
      });
    }
  }
  return wrong;
}

function heldAmiss(core: CoreAnswer, rule: Rule, holders: readonly string[]): WrongAnswer[] {
  const matching = core.matching(rule);
  const amiss = [...new Set([...matching, ...holders])].filter((id) => matching.has(id) !== holders.includes(id));
  return amiss.length === 0
    ? []
    : [{ sort: 'applied', rule, fault: `apply holds or misses ${amiss.length} learners: ${amiss.slice(0, 5).join()}` }];
}

/** Every learner who may match is evaluated, and so reported if they are blocked; no other learner is reported. */
function blockedAmiss(core: CoreAnswer, rule: Rule, { blocked }: Summary): WrongAnswer[] {
  const named = new Set(blocked.filter(({ kind }) => kind === 'invalid-learner').map(blockedId));
  const unnamed = [...core.mayMatch(rule)].filter((id) => !named.has(id));
  const extra = [...named].filter((id) => !core.blocked.has(id));
  const other = blocked.filter(({ kind }) => kind !== 'invalid-learner').map(({ reason }) => reason);
  const faults = [
    ...(unnamed.length > 0
      ? [`apply does not report ${unnamed.length} blocked learners: ${unnamed.slice(0, 5).join()}`]
      : []),
    ...(extra.length > 0 ? [`apply reports ${extra.join()} as blocked, who are not`] : []),
    ...other,
  ];
  return faults.map((fault) => ({ sort: 'blocked', rule, fault }));
}
