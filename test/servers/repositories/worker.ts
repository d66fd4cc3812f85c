import { isSmartEnrolmentsError, type LearnerDiff, linkCourses } from '../../../src/index.js';
import { Random } from '../../../src/testkit/random.js';
import { COURSES, openCompany } from './company.js';
import { connect, type TestDatabase } from './connect.js';

/** The task of a process, and the messages that it sends. */
export interface Task {
  readonly database: TestDatabase;
  /** `edit`: settle and, after a message, link or unlink a course for every learner; `busy`: edits and notices for `milliseconds`. */
  readonly do: 'edit' | 'busy';
  readonly seed: number;
  readonly milliseconds?: number;
}
export type Message =
  | { readonly settled: number }
  | { readonly committed: readonly { readonly learnerId: string; readonly isAssigned: boolean }[] }
  | { readonly done: { readonly edits: number; readonly refused: number; readonly notices: number } }
  | { readonly failed: string };

const task: Task = JSON.parse(process.argv[2]!);
const send = (message: Message): void => void process.send!(message);
const { driver, end } = connect(task.database);
const { prefix } = task.database;
const { library, repositories } = openCompany(driver, prefix);
const LINK = linkCourses('all', ['c1'])[0]!;

async function edit(): Promise<void> {
  const { summary } = await library.settle();
  send({ settled: summary.learners });
  await new Promise((resolve) => process.once('message', resolve));
  const { links } = await repositories.catalog.load();
  const linked = links.find(({ segmentId, courseId }) => segmentId === 'all' && courseId === 'c1');
  const onDiff = (diffs: readonly LearnerDiff[]): void =>
    send({ committed: diffs.map(({ learnerId, assigned }) => ({ learnerId, isAssigned: assigned.length > 0 })) });
  await library.apply(linked ? { type: 'unlink', linkId: linked.id } : LINK, { onDiff });
}

const EXPECTED = new Set(['catalog_conflict', 'unknown_link', 'duplicate_link']);

async function busy(): Promise<void> {
  const random = new Random(task.seed);
  const done = { edits: 0, refused: 0, notices: 0 };
  const people = (await repositories.learners.page({ limit: 100_000 })).map(({ id }) => id);
  for (const until = Date.now() + task.milliseconds!; Date.now() < until; ) {
    if (random.chance(0.7)) {
      const ids = [random.pick(people), random.pick(people)].sort();
      for (const id of new Set(ids)) {
        const profile = JSON.stringify({ site: random.pick(['Leeds', 'York']) });
        await driver.query(`UPDATE ${prefix}users SET profile = '${profile}' WHERE id = '${id}'`);
      }
      await library.learnersChanged([...new Set(ids)]);
      done.notices++;
      continue;
    }
    const { links } = await repositories.catalog.load();
    const linked = links.length > 0 && random.chance(0.5) ? random.pick(links) : undefined;
    const link = linkCourses(random.pick(['all', 'Leeds', 'York']), [random.pick(COURSES)])[0]!;
    try {
      await library.apply(linked ? { type: 'unlink', linkId: linked.id } : link);
      done.edits++;
    } catch (error) {
      if (!isSmartEnrolmentsError(error) || !EXPECTED.has(error.code)) throw error;
      done.refused++;
    }
  }
  send({ done });
}

try {
  await (task.do === 'edit' ? edit() : busy());
} catch (error) {
  const { message, cause } = error as Error;
  send({ failed: `${message} ${cause instanceof Error ? cause.message : ''}` });
}
await end().catch(() => undefined);
process.disconnect();
