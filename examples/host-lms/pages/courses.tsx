import { Hono } from 'hono';
import { BY_ASSIGNMENT_ONLY } from 'smart-enrolments';
import { z } from 'zod';
import { findCourses, getCourse, type LmsCourse, METHODS, saveCourse } from '../lms/courses.js';
import { type Titles, titlesOf } from '../lms/names.js';
import { Input, Select } from '../view/input.js';
import { segmentPath } from '../view/paths.js';
import { Table } from '../view/table.js';
import { count } from '../view/words.js';
import { goTo, notFound, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { check, type Problems, readForm, type Typed } from '../web/form.js';

/** The courses and their settings. */
export const courses = new Hono<Env>();

const Settings = z.object({
  title: z.string().trim().min(1, 'Write a title.').max(200, 'Write a title of up to 200 characters.'),
  method: z.string().refine((method) => Object.hasOwn(METHODS, method), 'Choose one of the methods.'),
});

courses.get('/', async (c) => {
  const lms = c.get('lms');
  const search = (c.req.query('q') ?? '').trim();
  const { catalog } = await titlesOf(lms);
  const found = await findCourses(lms.db, search);
  const body = (
    <>
      <form method="get" class="together">
        <label for="q">Search courses</label>
        <input id="q" name="q" type="search" value={search} />
        <button type="submit" class="second">
          Search
        </button>
      </form>
      <Table
        caption={count(found.length, 'course')}
        columns={['Course', 'Enrolment method', { number: 'Linked segments' }]}
      >
        {found.map(({ id, title, method }) => (
          <tr>
            <th scope="row">
              <a href={pathOf(id)}>{title}</a>
            </th>
            <td>{METHODS[method] ?? method}</td>
            <td class="number">
              {new Set(catalog.links.filter(({ courseId }) => courseId === id).map(({ segmentId }) => segmentId)).size}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
  return page(c, { title: 'Courses' }, body);
});

courses.get('/:id', async (c) => {
  const course = await getCourse(c.get('lms').db, c.req.param('id'));
  return course ? form(c, course, { ...course, sections: '' }) : notFound(c);
});

courses.post('/:id', async (c) => {
  const lms = c.get('lms');
  const course = await getCourse(lms.db, c.req.param('id'));
  if (!course) return notFound(c);
  const { typed } = await readForm(c);
  const checked = check(Settings, typed);
  if (!checked.ok) return form(c, course, typed, { problems: checked.problems });
  const links = (await titlesOf(lms)).catalog.links.filter(({ courseId }) => courseId === course.id);
  const wasOpen = course.method === BY_ASSIGNMENT_ONLY;
  const isOpen = checked.data.method === BY_ASSIGNMENT_ONLY;
  if (wasOpen && !isOpen && links.length > 0 && typed.sure !== checked.data.method) {
    return form(c, course, typed, { isAsking: true });
  }
  await saveCourse(lms.db, { id: course.id, ...checked.data });
  const returned = !wasOpen && isOpen && links.length > 0;
  const more = returned ? ' Its links are in force again: Reconcile, under Activity, brings everyone in line.' : '';
  return goTo(c, pathOf(course.id), `Saved ${checked.data.title}.${more}`);
});

async function form(
  c: Ctx,
  course: LmsCourse,
  typed: Typed,
  { problems = {}, isAsking = false }: { readonly problems?: Problems; readonly isAsking?: boolean } = {},
): Promise<Response> {
  const lms = c.get('lms');
  const titles = await titlesOf(lms);
  const [{ held } = { held: 0 }] = await lms.db.query<{ held: number }>(
    'SELECT count(*)::int AS held FROM smart_enrolments_now WHERE course = $1',
    [course.id],
  );
  const body = (
    <>
      <form method="post" action={pathOf(course.id)} class="card">
        {isAsking && (
          <div class="note bad" role="alert" tabindex={-1} autofocus>
            <p>
              <strong>These links will become inert:</strong>
            </p>
            <Linked course={course} titles={titles} isPlain />
            <p>
              {`${count(held, 'learner')} they hold will stay enrolled. Nobody will be enrolled or unenrolled by them until the method is “${METHODS[BY_ASSIGNMENT_ONLY]}” again.`}
            </p>
            <input type="hidden" name="sure" value={typed.method} />
          </div>
        )}
        <Input name="title" label="Title" value={typed.title} problem={problems.title} autocomplete="off" />
        <Select
          name="method"
          label="Enrolment method"
          value={typed.method}
          options={METHODS}
          problem={problems.method}
          hint="Only courses “By assignment only” can be linked to segments."
        />
        <p class="actions">
          <button type="submit" class={isAsking ? 'danger' : undefined}>
            {isAsking ? 'Change the method all the same' : 'Save'}
          </button>
          <a href={isAsking ? pathOf(course.id) : '/courses'}>Cancel</a>
        </p>
      </form>
      <section class="card" aria-labelledby="linked">
        <h2 id="linked">Linked segments</h2>
        <Linked course={course} titles={titles} />
      </section>
    </>
  );
  const status = Object.keys(problems).length > 0 ? 422 : 200;
  return page(c, { title: `Course settings: ${course.title}`, trail: [['/courses', 'Courses']] }, body, status);
}

interface LinkedProps {
  readonly course: LmsCourse;
  readonly titles: Titles;
  /** Without their state. */
  readonly isPlain?: boolean;
}

function Linked({ course, titles, isPlain = false }: LinkedProps) {
  const links = titles.catalog.links.filter(({ courseId }) => courseId === course.id);
  if (links.length === 0) return <p>No segment is linked to this course.</p>;
  return (
    <ul class="facts">
      {links.map(({ id, segmentId }) => (
        <li>
          <a href={segmentPath(segmentId)}>{titles.linkSegments.get(id)}</a>{' '}
          {!isPlain && (
            <span class={course.method === BY_ASSIGNMENT_ONLY ? 'tag good' : 'tag'}>
              {course.method === BY_ASSIGNMENT_ONLY ? 'In force' : 'Inert'}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function pathOf(id: string): string {
  return `/courses/${encodeURIComponent(id)}`;
}
