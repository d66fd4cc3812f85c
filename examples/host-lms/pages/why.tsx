import { Hono } from 'hono';
import { because } from '../lms/causes.js';
import { unenrolIndividually } from '../lms/learning.js';
import { together } from '../lms/lms.js';
import { titlesOf } from '../lms/names.js';
import { getPerson, nameOf } from '../lms/people.js';
import { Blockers, Holds, Misses, Remedies } from '../view/explanation.js';
import { Refused } from '../view/input.js';
import { goTo, notFound, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';

/** Why a person is enrolled on a course, and what would end it. */
export const why = new Hono<Env>();

const PATH = '/:id{[0-9]{1,9}}/courses/:course';

why.get(`${PATH}/why`, (c) => show(c, false));

why.post(`${PATH}/unenrol`, async (c) => {
  const lms = c.get('lms');
  const { id, course } = c.req.param();
  const person = await getPerson(lms.db, Number(id));
  const titles = await titlesOf(lms);
  if (!person || !titles.courses.has(course)) return notFound(c);
  const { unenrol, individual } = await lms.enrolments.explain(id, course);
  if (!unenrol.allowed || !individual) return show(c, true);
  const what = `Unenrolled ${nameOf(person)} from ${titles.courses.get(course)}`;
  await together(lms, async (inside) => {
    await unenrolIndividually(inside.db, person.id, course);
    // The library evaluates all links again, including one that has held the person only since `explain`.
    await inside.enrolments.learnersChanged([id], because(c.get('account').name, what));
  });
  return goTo(c, `/users/${id}`, `${what}. Their record is kept.`);
});

async function show(c: Ctx, isRefused: boolean): Promise<Response> {
  const lms = c.get('lms');
  const { id = '', course = '' } = c.req.param();
  const person = await getPerson(lms.db, Number(id));
  const titles = await titlesOf(lms);
  const title = titles.courses.get(course);
  if (!person || title === undefined) return notFound(c);
  const explained = await lms.enrolments.explain(id, course);
  const { enrolled, individual, holds, misses, unenrol } = explained;
  const body = (
    <>
      {isRefused && (
        <Refused
          text={`${nameOf(person)} cannot be unenrolled alone: ${
            enrolled ? 'a segment holds them on this course' : 'they are not enrolled'
          }. Nothing was changed.`}
        />
      )}
      <p class="lead">
        {nameOf(person)} <strong>{enrolled ? 'is enrolled' : 'is not enrolled'}</strong> on {title}.
      </p>
      {individual && <p>They are enrolled individually, which segments never change.</p>}
      <Holds holds={holds} titles={titles} />
      <Blockers blocked={explained.blocked} titles={titles} />
      {enrolled && <Remedies person={person} course={course} unenrol={unenrol} titles={titles} />}
      <Misses misses={misses} titles={titles} />
      <details class="card">
        <summary>The same in one paragraph</summary>
        <p>{explained.text}</p>
      </details>
    </>
  );
  const trail = [
    ['/users', 'Users'],
    [`/users/${id}`, nameOf(person)],
  ] as const;
  return page(c, { title: `Why: ${title}`, trail }, body, isRefused ? 409 : 200);
}
