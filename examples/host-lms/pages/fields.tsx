import { Hono } from 'hono';
import { z } from 'zod';
import { addField, allFields, FIELD_TYPES } from '../lms/fields.js';
import { Input, Select } from '../view/input.js';
import { Table } from '../view/table.js';
import { goTo, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { check, type Problems, readForm, type Typed } from '../web/form.js';

/** The profile fields. */
export const fields = new Hono<Env>();

const NewField = z.object({
  title: z.string().trim().min(1, 'Write a title.').max(100, 'Write a title of up to 100 characters.'),
  type: z.enum(['text', 'number', 'boolean', 'date'], 'Choose one of the types.'),
});

/** Columns of a CSV that are not profile fields. */
const RESERVED = ['id', 'name', 'active'];

fields.get('/', (c) => show(c));

fields.post('/', async (c) => {
  const { db } = c.get('lms');
  const { typed } = await readForm(c);
  const checked = check(NewField, typed);
  if (!checked.ok) return show(c, typed, checked.problems);
  const { title, type } = checked.data;
  const id = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  if (id === '') return show(c, typed, { title: 'Write a title with a letter or a digit in it.' });
  if (RESERVED.includes(id)) return show(c, typed, { title: 'Everybody has this already; write another title.' });
  const isTaken = (await allFields(db)).some(
    (each) => each.id === id || each.title.toLowerCase() === title.toLowerCase(),
  );
  if (isTaken) return show(c, typed, { title: 'There is a field of this title already.' });
  await addField(db, { id, title, type });
  return goTo(c, '/settings/profile-fields', `Added field ${title}.`);
});

async function show(c: Ctx, typed: Typed = {}, problems: Problems = {}): Promise<Response> {
  const all = await allFields(c.get('lms').db);
  const body = (
    <>
      <Table caption="Fields of every user’s profile" columns={['Title', 'Type', 'Column in a CSV']}>
        {all.map(({ id, title, type }) => (
          <tr>
            <th scope="row">{title}</th>
            <td>{FIELD_TYPES[type]}</td>
            <td>
              <code>{id}</code>
            </td>
          </tr>
        ))}
      </Table>
      <form method="post" action="/settings/profile-fields" class="card">
        <h2>Add a custom field</h2>
        <Input name="title" label="Title" value={typed.title} problem={problems.title} autocomplete="off" />
        <Select name="type" label="Type" value={typed.type} options={FIELD_TYPES} problem={problems.type} />
        <button type="submit">Add field</button>
      </form>
    </>
  );
  const status = Object.keys(problems).length > 0 ? 422 : 200;
  return page(c, { title: 'User profile fields', trail: [['/settings', 'Settings']] }, body, status);
}
