import { Hono } from 'hono';
import type { Edit } from 'smart-enrolments';
import { approve } from '../edits/approve.js';
import { problemText } from '../edits/problem.js';
import { forget, getReview, type Review } from '../edits/review.js';
import { LIMITS } from '../lms/lms.js';
import { titlesOf } from '../lms/names.js';
import { getPeople } from '../lms/people.js';
import { ByCourse, NotDecided, SummaryText, Who, WhoStays, WhoseIsArchived } from '../view/consequences.js';
import { Refused } from '../view/input.js';
import { NumberAsked } from '../view/number-asked.js';
import { count } from '../view/words.js';
import { goTo, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { readForm } from '../web/form.js';

/** The review of an edit: what it would do, and its approval. */
export const reviews = new Hono<Env>();

reviews.get('/:id', async (c) => {
  const found = await getReview(c.get('lms').db, c.req.param('id'));
  return found ? show(c, found) : gone(c);
});

reviews.post('/:id', async (c) => {
  const lms = c.get('lms');
  const found = await getReview(lms.db, c.req.param('id'));
  if (!found) return gone(c);
  const { typed } = await readForm(c);
  if (typed.do === 'cancel') {
    await forget(lms.db, found);
    return goTo(c, found.back, 'Nothing was changed.');
  }
  const titles = await titlesOf(lms);
  try {
    const approval = await approve(lms, { ...found, by: c.get('account').name }, typed.number ?? '');
    if ('gone' in approval) return await gone(c);
    if ('moved' in approval) return await goTo(c, `/reviews/${approval.moved.id}`);
    if ('exceeded' in approval) return await show(c, found, typed.number ?? '');
    const { enrolled, unenrolled } = approval.done.summary;
    return await goTo(c, found.back, `${found.what}: ${count(enrolled, 'enrolment')} started, ${unenrolled} ended.`);
  } catch (error) {
    return goTo(c, found.back, { refused: problemText(error, titles) });
  }
});

function gone(c: Ctx): Promise<Response> {
  const body = (
    <p>
      It was done or cancelled already, or it waited for more than a day.{' '}
      <a href="/settings/segments">See the segments</a>, or what happened under <a href="/activity">Activity</a>.
    </p>
  );
  return page(c, { title: 'Nothing waits for your OK here' }, body, 410);
}

async function show(c: Ctx, found: Review, refused?: string): Promise<Response> {
  const lms = c.get('lms');
  const titles = await titlesOf(lms);
  const { plan, who, archived, kept, back, again } = found;
  const { summary } = plan;
  const people = await getPeople(
    lms.db,
    [...who, ...archived].map(({ learnerId }) => Number(learnerId)),
  );
  const { title, ok } = WORDS[plan.edits[0]!.type];
  const body = (
    <>
      <Refused
        text={
          again ? 'Things have changed since you looked: nothing was done. This is what it would do now.' : undefined
        }
      />
      <section class={summary.unenrolled > 0 ? 'card caution' : 'card'} aria-labelledby="consequences">
        <h2 id="consequences">{summary.unenrolled > 0 ? 'Caution' : 'What this will do'}</h2>
        <p class="lead">{found.todo}?</p>
        <SummaryText summary={summary} future />
        <WhoseIsArchived archived={archived} total={summary.archived} people={people} titles={titles} />
        <WhoStays kept={kept} titles={titles} />
        <form method="post" action={`/reviews/${found.id}`}>
          <NumberAsked
            summary={summary}
            hint={`More than ${LIMITS.unenrolments} unenrolled, or ${LIMITS.archives} archived: type the number, to show that it is meant.`}
            refused={refused}
          />
          <p class="actions">
            <button type="submit" name="do" value="ok" class={summary.unenrolled > 0 ? 'danger' : undefined}>
              {ok}
            </button>
            <button type="submit" name="do" value="cancel" class="second">
              Cancel
            </button>
          </p>
        </form>
      </section>
      <NotDecided blocked={summary.blocked} total={summary.blockedTotal} titles={titles} />
      <ByCourse summary={summary} titles={titles} />
      <Who who={who} total={summary.learners} people={people} titles={titles} />
    </>
  );
  const segment = titles.segments.get(decodeURIComponent(back.split('/').at(-1)!));
  const trail = [
    ['/settings/segments', 'Organisational segments'] as const,
    ...(segment === undefined ? [] : [[back, segment] as const]),
  ];
  return page(c, { title, trail }, body, refused === undefined ? 200 : 422);
}

const WORDS: Readonly<Record<Edit['type'], { title: string; ok: string }>> = {
  link: { title: 'Link courses: preview', ok: 'Link resources' },
  unlink: { title: 'Remove course', ok: 'OK' },
  saveSegment: { title: 'Save segment: preview', ok: 'Save segment' },
  deleteSegment: { title: 'Delete segment', ok: 'Delete segment' },
};
