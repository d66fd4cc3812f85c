import { Hono } from 'hono';
import type { Scalar, Summary } from 'smart-enrolments';
import { problemText } from '../edits/problem.js';
import { saveAccount } from '../lms/accounts.js';
import { because } from '../lms/causes.js';
import { findCourses } from '../lms/courses.js';
import { allFields, readValue, type TitledField, typedValue } from '../lms/fields.js';
import { enrolIndividually, learningOf } from '../lms/learning.js';
import { together } from '../lms/lms.js';
import { titlesOf } from '../lms/names.js';
import { signInName } from '../lms/organisations.js';
import {
  findPeople,
  getPerson,
  LONGEST_NAME,
  nameOf,
  type Person,
  placementsOf,
  profileValue,
  savePeople,
  savePlacements,
} from '../lms/people.js';
import { CoursesOf } from '../view/courses-of.js';
import { Refused } from '../view/input.js';
import { Pages } from '../view/pages.js';
import { PersonLink } from '../view/people.js';
import { ProfileForm } from '../view/profile-form.js';
import { Table } from '../view/table.js';
import { count } from '../view/words.js';
import { goTo, notFound, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { type Problems, pageAsked, readForm, type Typed } from '../web/form.js';

/** The people, their profiles, and what they study. */
export const users = new Hono<Env>();

users.get('/', async (c) => {
  const { db } = c.get('lms');
  const search = (c.req.query('q') ?? '').trim();
  const fields = await allFields(db);
  const { people, total, no, last } = await findPeople(db, search, pageAsked(c));
  const body = (
    <>
      <div class="head">
        <form method="get" class="together">
          <label for="q">Search by number or name</label>
          <input id="q" name="q" type="search" value={search} />
          <button type="submit" class="second">
            Search
          </button>
        </form>
        <a class="button" href="/users/import">
          Import people
        </a>
      </div>
      <Table
        caption={count(total, 'user')}
        columns={['User', ...fields.map(({ title }) => title), 'State']}
        label="List of users"
      >
        {people.map((person) => (
          <tr>
            <th scope="row">
              <PersonLink person={person} />
            </th>
            {fields.map(({ id }) => (
              <td>{typedValue(profileValue(person, id))}</td>
            ))}
            <td>{person.active ? 'active' : 'inactive'}</td>
          </tr>
        ))}
      </Table>
      <Pages path="/users" search={search} page={no} last={last} />
    </>
  );
  return page(c, { title: 'Users' }, body);
});

users.get('/:id{[0-9]{1,9}}', (c) => show(c));

users.post('/:id{[0-9]{1,9}}', async (c) => {
  const lms = c.get('lms');
  const person = await asked(c);
  if (!person) return notFound(c);
  const { data, typed } = await readForm(c);
  const { catalog } = await titlesOf(lms);
  const placed = catalog.segments.map(({ id }) => id).filter((id) => data.getAll('placed').includes(id));
  const read = profileIn(await allFields(lms.db), typed, person);
  if ((typed.name ?? '').length > LONGEST_NAME) {
    return show(c, { typed, placed, problems: { name: `Write a name of up to ${LONGEST_NAME} characters.` } });
  }
  if ('problems' in read) return show(c, { typed, placed, problems: read.problems });
  const changed: Person = { ...person, name: typed.name?.trim() || null, active: typed.active === 'yes', ...read };
  try {
    const cause = because(c.get('account').name, `Edited ${nameOf(changed)}`);
    const outcome = await together(lms, async (inside) => {
      await savePeople(inside.db, [changed]);
      await savePlacements(inside.db, person.id, placed);
      return inside.enrolments.learnersChanged([String(person.id)], cause);
    });
    return await goTo(c, `/users/${person.id}`, `Saved ${nameOf(changed)}: ${followed(outcome.summary)}`);
  } catch (error) {
    return show(c, { typed, placed, refused: problemText(error, await titlesOf(lms)) });
  }
});

users.post('/:id{[0-9]{1,9}}/enrol', async (c) => {
  const lms = c.get('lms');
  const person = await asked(c);
  const { course = '' } = (await readForm(c)).typed;
  const title = (await titlesOf(lms)).courses.get(course);
  if (!person || title === undefined) return notFound(c);
  const cause = because(c.get('account').name, `Enrolled ${nameOf(person)} individually on ${title}`);
  await together(lms, async (inside) => {
    await enrolIndividually(inside.db, person.id, course);
    await inside.enrolments.learnersChanged([String(person.id)], cause);
  });
  return goTo(c, `/users/${person.id}`, `Enrolled ${nameOf(person)} on ${title}.`);
});

users.post('/:id{[0-9]{1,9}}/account', async (c) => {
  const person = await asked(c);
  if (!person) return notFound(c);
  const { password = '' } = (await readForm(c)).typed;
  if (password.length < 8 || password.length > 200) {
    return show(c, { problems: { password: 'Write a password of 8 to 200 characters.' } });
  }
  const lms = c.get('lms');
  await saveAccount(lms.db, { name: String(person.id), role: 'learner', person: person.id }, password);
  return goTo(c, `/users/${person.id}`, `${nameOf(person)} can sign in as ${signsInAs(c, person)}.`);
});

function asked(c: Ctx): Promise<Person | undefined> {
  return getPerson(c.get('lms').db, Number(c.req.param('id')));
}

function signsInAs(c: Ctx, { id }: Person): string {
  return signInName(c.get('organisations'), c.get('lms'), String(id));
}

function followed({ enrolled, unenrolled, blockedTotal }: Summary): string {
  const left = blockedTotal > 0 ? ' Something could not be decided, and stays as it is.' : '';
  return `${count(enrolled, 'enrolment')} started, ${unenrolled} ended.${left}`;
}

/** Reads the fields of a profile; an empty field is removed. */
function profileIn(
  fields: readonly TitledField[],
  typed: Typed,
  person: Person,
): { profile: Person['profile'] } | { problems: Problems } {
  const profile: Record<string, Person['profile'][string]> = { ...person.profile };
  const problems: Record<string, string> = {};
  for (const { id, type } of fields) {
    const read = readValue(type, typed[`field-${id}`] ?? '');
    if ('problem' in read) problems[`field-${id}`] = read.problem;
    else if (read.value === undefined) delete profile[id];
    else profile[id] = read.value as Scalar;
  }
  return Object.keys(problems).length > 0 ? { problems } : { profile };
}

interface Told {
  readonly typed?: Typed;
  readonly placed?: readonly string[];
  readonly problems?: Problems;
  readonly refused?: string;
}

async function show(c: Ctx, { typed, placed, problems = {}, refused }: Told = {}): Promise<Response> {
  const lms = c.get('lms');
  const person = await asked(c);
  if (!person) return notFound(c);
  const fields = await allFields(lms.db);
  const { catalog } = await titlesOf(lms);
  const learning = await learningOf(lms.db, person.id);
  const on = new Set(learning.filter(({ individual }) => individual).map(({ course }) => course));
  const others = (await findCourses(lms.db)).filter(({ id }) => !on.has(id));
  const body = (
    <>
      <Refused text={refused} />
      <CoursesOf person={person} learning={learning} others={others} />
      <ProfileForm
        person={person}
        fields={fields}
        typed={typed}
        placed={placed ?? (await placementsOf(lms.db, person.id))}
        segments={catalog.segments}
        problems={problems}
        signsInAs={signsInAs(c, person)}
      />
    </>
  );
  const wrong = refused !== undefined || Object.keys(problems).length > 0;
  return page(c, { title: nameOf(person), trail: [['/users', 'Users']] }, body, wrong ? 422 : 200);
}
