import type { Rule } from '../../../src/index.js';
import { createSqlRepositories, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { Random } from '../../../src/testkit/random.js';
import { checkApplied } from './check-applied.js';
import { checkNarrowing, rulesOf, type WrongAnswer } from './check-rules.js';
import { classesOf, type Sample } from './column-kind.js';
import { CoreAnswer, type Read } from './core-answer.js';
import type { Counts } from './counts.js';
import { FIELD, type PeopleTable } from './people-table.js';
import { isReadAs } from './read-as-expected.js';
import { RuleGenerator } from './rule-generator.js';
import { walk } from './walk.js';

/** How many rules run over a table. */
export interface Amount {
  /** Rules of each operator class. */
  readonly rules: number;
  /** Rules that are applied by the engine. */
  readonly applied: number;
  /** Identifies the table, so that each table gets different rules. */
  readonly story: string;
}

/** Reads a table of people, evaluates random rules over it, and applies some; returns all faults. */
export async function checkKind(
  db: SqlDriver,
  table: PeopleTable,
  counts: Counts,
  amount: Amount,
): Promise<WrongAnswer[]> {
  const { kind, host, stored } = table;
  const repositories = createSqlRepositories({ driver: db, host: sqlHost(host), tenant: amount.story.slice(0, 60) });
  for (const operators of classesOf(kind.type)) counts.expect(kind, operators);
  let read: Read[];
  try {
    read = await walk(repositories, { limit: 500 });
  } catch (error) {
    return [{ sort: 'rejected', fault: `reading everyone fails: ${String(error)}` }];
  }
  const core = new CoreAnswer(read, host.fields as never);
  const wrong: WrongAnswer[] = misread(read, core, stored);
  const generator = new RuleGenerator(kind, [...stored.values()]);
  const random = new Random(amount.rules);
  for (const operators of classesOf(kind.type)) {
    for (const rule of rulesOf(generator, operators, core.fields, amount.rules, amount.story)) {
      const page = { limit: random.pick([40, 2_000, 10_000]), idsOnly: random.chance(0.7) };
      const result = await checkNarrowing(repositories, core, table, rule, page);
      if ('fault' in result) wrong.push(result);
      counts.add(kind, operators, 'fault' in result ? { candidates: 0, excluded: 0 } : result);
    }
  }
  const applied = classesOf(kind.type).flatMap((operators) => [
    ...rulesOf(generator, operators, core.fields, Math.ceil(amount.applied / 4), `${amount.story} applied`),
  ]);
  return [...wrong, ...(await checkApplied(repositories, core, table, amount.applied === 0 ? [] : distinct(applied)))];
}

/** Each rule once: an edit that changes nothing evaluates no learner. */
function distinct(rules: readonly Rule[]): Rule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

/** Learners whose profile differs from what was written, or who were not read at all. */
function misread(read: readonly Read[], core: CoreAnswer, stored: ReadonlyMap<string, Sample>): WrongAnswer[] {
  const byId = new Map(read.map((learner) => [learner.id, learner]));
  return [...stored].flatMap(([id, sample]) => {
    const learner = byId.get(id);
    if (!learner) return { sort: 'read', fault: `${JSON.stringify(sample.stored)} is not read at all` };
    if (isReadAs(sample.expected, learner, FIELD, core.blocked.has(id))) return [];
    const as = 'unreadable' in learner ? learner.unreadable : JSON.stringify(learner.profile?.[FIELD]);
    const fate = core.blocked.has(id) ? ', blocked' : '';
    return {
      sort: 'read',
      fault: `${JSON.stringify(sample.stored)} is read as ${as}${fate}; expected ${JSON.stringify(sample.expected)}`,
    };
  });
}
