import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { isEnrolled, type Learning, learningOf, recordProgress } from '../lms/learning.js';
import { count } from '../view/words.js';
import { goTo, notFound, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { readForm } from '../web/form.js';

/** A learner's own pages. */
export const my = new Hono<Env>();

my.get('/', async (c) => {
  const all = await mine(c);
  const now = all.filter((each) => isEnrolled(each) && !each.archived);
  const body = (
    <>
      <Group title="Continue where I left off" courses={now.filter(({ status }) => status === 'in-progress')}>
        {(each) => <Go learning={each}>{`Continue with section ${each.done + 1} of ${each.sections}`}</Go>}
      </Group>
      <Group title="Start" courses={now.filter(({ status }) => status === 'not-started')}>
        {(each) => <Go learning={each}>Start</Go>}
      </Group>
      <Group title="Completed" courses={now.filter(({ status }) => status === 'completed')}>
        {(each) => <Go learning={each}>Look again</Go>}
      </Group>
      <Group title="Archived" courses={all.filter(({ archived }) => archived)}>
        {() => <p class="hint">Completed. The course is not yours any more; the record is.</p>}
      </Group>
      <Group title="Earlier" courses={all.filter((each) => !isEnrolled(each) && !each.archived)}>
        {({ status }) => (
          <p class="hint">{status === 'completed' ? 'Completed.' : 'Your progress is kept, should you return.'}</p>
        )}
      </Group>
      {all.length === 0 && <p>There is no course for you yet.</p>}
    </>
  );
  return page(c, { title: 'My courses' }, body);
});

my.get('/courses/:course', async (c) => {
  const learning = await open(c);
  if (!learning) return notFound(c);
  const { title, course, sections, done, status } = learning;
  const body = (
    <section class="card" aria-labelledby="progress">
      <h2 id="progress">Progress</h2>
      <p>
        <label for="bar">{`${count(done, 'section')} of ${sections} done`}</label>{' '}
        <progress id="bar" max={sections} value={done} />
      </p>
      {status === 'completed' ? (
        <p class="tag good">Completed</p>
      ) : (
        <form method="post" action={`/my/courses/${encodeURIComponent(course)}`}>
          <input type="hidden" name="done" value={done + 1} />
          <button type="submit">{`Finish section ${done + 1}`}</button>
        </form>
      )}
    </section>
  );
  return page(c, { title, trail: [['/my', 'My courses']] }, body);
});

my.post('/courses/:course', async (c) => {
  const learning = await open(c);
  if (!learning) return notFound(c);
  const { course, title, done, sections } = learning;
  // A request that is sent twice counts once.
  const isNext = Number((await readForm(c)).typed.done) === done + 1 && done < sections;
  if (isNext) await recordProgress(c.get('lms').db, c.get('account').person!, course, done + 1);
  if (isNext && done + 1 === sections) return goTo(c, '/my', `You have completed ${title}.`);
  const message = isNext ? `Section ${done + 1} of ${sections} is done.` : undefined;
  return goTo(c, `/my/courses/${encodeURIComponent(course)}`, message);
});

function mine(c: Ctx): Promise<readonly Learning[]> {
  return learningOf(c.get('lms').db, c.get('account').person!);
}

async function open(c: Ctx): Promise<Learning | undefined> {
  return (await mine(c)).find((each) => each.course === c.req.param('course') && isEnrolled(each));
}

function Go({ learning, children }: { readonly learning: Learning; readonly children?: Child }) {
  return (
    <a class="button" href={`/my/courses/${encodeURIComponent(learning.course)}`}>
      {children} <span class="hidden">{learning.title}</span>
    </a>
  );
}

function Group({
  title,
  courses,
  children,
}: {
  readonly title: string;
  readonly courses: readonly Learning[];
  readonly children: (learning: Learning) => Child;
}) {
  if (courses.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul class="tiles">
        {courses.map((each) => (
          <li class="card">
            <h3>{each.title}</h3>
            {children(each)}
          </li>
        ))}
      </ul>
    </section>
  );
}
