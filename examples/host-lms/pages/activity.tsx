import { Hono } from 'hono';
import { leaveMessage } from '../lms/accounts.js';
import { AT_A_TIME, type Change, changesOf, countDone, type Done, doneLately, getDone } from '../lms/activity.js';
import { titlesOf } from '../lms/names.js';
import { isNumberAsked } from '../lms/number-asked.js';
import { pageOf } from '../lms/page-of-list.js';
import { isRunning, reconciling, startReconciling } from '../lms/reconciling.js';
import { Pages } from '../view/pages.js';
import { PersonLink } from '../view/people.js';
import { ReconcileCard } from '../view/reconcile-card.js';
import { Table } from '../view/table.js';
import { count, when } from '../view/words.js';
import { goTo, notFound, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { pageAsked, readForm } from '../web/form.js';

/** The operations, and the changes that followed. */
export const activity = new Hono<Env>();

activity.get('/', (c) => show(c));

/** The progress of the reconcile, as a part of the page. */
activity.get('/reconcile', async (c) => {
  const lms = c.get('lms');
  const state = reconciling(lms);
  // When it has ended, the whole page has to reload.
  if (!isRunning(state)) {
    c.header('HX-Refresh', 'true');
    await leaveMessage(lms.db, c.get('token'), { done: 'The reconcile has ended.' });
  }
  return c.html(<ReconcileCard state={state} titles={await titlesOf(lms)} />);
});

activity.post('/reconcile', async (c) => {
  const lms = c.get('lms');
  const { typed } = await readForm(c);
  const refused = reconciling(lms)?.refused;
  if (typed.confirm !== undefined && refused) {
    const expected = refused.exceeded.find(({ limit }) => limit === 'unenrolments') ?? refused.exceeded[0]!;
    if (!isNumberAsked(typed.number ?? '', expected.found)) return show(c, typed.number ?? '');
    await startReconciling(lms, c.get('account').name, refused.fingerprint);
  } else await startReconciling(lms, c.get('account').name);
  return goTo(c, '/activity', 'Looking at everyone.');
});

async function show(c: Ctx, typed?: string): Promise<Response> {
  const lms = c.get('lms');
  const { no, last } = pageOf(await countDone(lms.db), AT_A_TIME, pageAsked(c));
  const done = await doneLately(lms.db, no);
  const state = reconciling(lms);
  const body = (
    <>
      <ReconcileCard state={state} titles={await titlesOf(lms)} typed={typed} />
      <Table
        caption="What changed enrolments, the newest first"
        columns={['What was done', 'By', 'When', 'What followed']}
      >
        {done.map((each) => (
          <tr>
            <th scope="row">
              <a href={`/activity/${each.id}`}>{each.what}</a>
            </th>
            <td>{each.by}</td>
            <td>
              <time datetime={new Date(each.at).toISOString()}>{when(each.at)}</time>
            </td>
            <td>{followed(each)}</td>
          </tr>
        ))}
      </Table>
      <Pages path="/activity" search="" page={no} last={last} />
    </>
  );
  const again = isRunning(state) ? { again: 2 } : {};
  return page(c, { title: 'Activity', ...again }, body, typed === undefined ? 200 : 422);
}

activity.get('/:id', async (c) => {
  const { db } = c.get('lms');
  const done = await getDone(db, c.req.param('id'));
  if (!done) return notFound(c);
  const { no, last } = pageOf(done.enrolled + done.unenrolled + done.kept, AT_A_TIME, pageAsked(c));
  const changes = await changesOf(db, done.id, no);
  const body = (
    <>
      <p>{`By ${done.by}, ${when(done.at)}: ${followed(done)}.`}</p>
      <Table caption="What followed, for whom" columns={['Learner', 'Course', 'What', 'Why']}>
        {changes.map((change) => (
          <tr>
            <th scope="row">
              <PersonLink person={{ id: change.person, name: change.name }} />
            </th>
            <td>{change.title}</td>
            <td>{KINDS[change.kind](change)}</td>
            <td>{change.cause === null ? done.what : CAUSES[change.cause]}</td>
          </tr>
        ))}
      </Table>
      <Pages path={`/activity/${done.id}`} search="" page={no} last={last} />
    </>
  );
  return page(c, { title: done.what, trail: [['/activity', 'Activity']] }, body);
});

function followed({ enrolled, unenrolled, archived, kept }: Done): string {
  const parts = [
    enrolled > 0 && `${count(enrolled, 'enrolment')} started`,
    unenrolled > 0 && `${count(unenrolled, 'enrolment')} ended`,
    archived > 0 && `${count(archived, 'record')} archived`,
    kept > 0 && `${count(kept, 'enrolment')} stayed`,
  ];
  return parts.filter(Boolean).join(', ');
}

const KINDS: Readonly<Record<Change['kind'], (change: Change) => string>> = {
  enrolled: ({ training }) => (training === 'resume' ? 'enrolled, resumes' : 'enrolled'),
  unenrolled: ({ training }) =>
    training === 'archive' ? 'unenrolled, completed record archived' : 'unenrolled, record kept',
  kept: () => 'stays: something else holds it',
  held: () => 'stays: held once more',
};

const CAUSES: Readonly<Record<NonNullable<Change['cause']>, string>> = {
  'left-segment': 'the learner left the segment',
  unlinked: 'the course was removed from the segment',
};
