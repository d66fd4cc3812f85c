import { Hono } from 'hono';
import { personAfter, readLines } from '../lms/csv.js';
import { allFields } from '../lms/fields.js';
import { type DryRun, dryRun, getDryRun, importPeople } from '../lms/importing.js';
import { titlesOf } from '../lms/names.js';
import { getPeople } from '../lms/people.js';
import { ByCourse, NotDecided, SummaryText, Who } from '../view/consequences.js';
import { describedBy, Input, Problem, Refused } from '../view/input.js';
import { NumberAsked } from '../view/number-asked.js';
import { count } from '../view/words.js';
import { goTo, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { readForm } from '../web/form.js';

/** Imports people from a CSV: a dry run, then the import. */
export const imports = new Hono<Env>();

imports.get('/', (c) => form(c));

imports.post('/', async (c) => {
  const lms = c.get('lms');
  const { data, typed } = await readForm(c);
  const file = data.get('file');
  const isFile = typeof file === 'object' && file !== null && file.size > 0;
  const text = isFile ? await file.text() : (typed.text ?? '');
  if (text.trim() === '') return form(c, text, ['Choose a file, or paste its lines.']);
  const read = readLines(text, await allFields(lms.db));
  if ('problems' in read) return form(c, text, read.problems);
  const made = await dryRun(lms, isFile ? file.name : 'pasted lines', read.lines);
  return goTo(c, `/users/import/${made.id}`);
});

imports.get('/:id', async (c) => {
  const found = await getDryRun(c.get('lms').db, c.req.param('id'));
  return found ? show(c, found) : gone(c);
});

imports.post('/:id', async (c) => {
  const lms = c.get('lms');
  const found = await getDryRun(lms.db, c.req.param('id'));
  if (!found) return gone(c);
  const { typed } = await readForm(c);
  const imported = await importPeople(lms, c.get('account').name, found, typed.number ?? '');
  if ('gone' in imported) return gone(c);
  if ('moved' in imported) return goTo(c, `/users/import/${imported.moved.id}`);
  if ('exceeded' in imported) return show(c, found, typed.number ?? '');
  const { enrolled, unenrolled } = imported.done.summary;
  const people = `${count(found.added, 'user')} added, ${found.changed} changed`;
  return goTo(
    c,
    '/users',
    `Imported ${found.file}: ${people}; ${count(enrolled, 'enrolment')} started, ${unenrolled} ended.`,
  );
});

function gone(c: Ctx): Promise<Response> {
  const body = (
    <p>
      It was imported already, or it waited for more than a day. <a href="/users">See the users</a>, or what happened
      under <a href="/activity">Activity</a>.
    </p>
  );
  return page(c, { title: 'No import waits here' }, body, 410);
}

async function form(c: Ctx, text = '', problems: readonly string[] = []): Promise<Response> {
  const fields = await allFields(c.get('lms').db);
  const problem = problems.length > 0 ? 'text-problem' : undefined;
  const body = (
    <form method="post" action="/users/import" enctype="multipart/form-data" class="card">
      <p>
        One line a user, the first line naming the columns: <code>id</code>, and any of <code>name</code>,{' '}
        <code>active</code>
        {fields.map(({ id }) => (
          <>
            , <code>{id}</code>
          </>
        ))}
        . What a line does not mention stays as it is; an empty cell empties the field.
      </p>
      <Input name="file" label="CSV file" type="file" accept=".csv,text/csv" />
      <div class="field">
        <label for="text">Or its lines</label>
        <div id={problem}>
          {problems.map((each) => (
            <Problem text={each} />
          ))}
        </div>
        <textarea
          id="text"
          name="text"
          rows={8}
          spellcheck={false}
          autofocus={problem !== undefined}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby={describedBy(problem)}
        >
          {text}
        </textarea>
      </div>
      <p class="actions">
        <button type="submit">Dry run</button>
        <a href="/users">Cancel</a>
      </p>
      <p class="hint">Nothing is changed yet: the next page says what would be.</p>
    </form>
  );
  return page(c, { title: 'Import people', trail: [['/users', 'Users']] }, body, problem ? 422 : 200);
}

async function show(c: Ctx, run: DryRun, refused?: string): Promise<Response> {
  const lms = c.get('lms');
  const titles = await titlesOf(lms);
  const { summary, who } = run;
  const known = await getPeople(
    lms.db,
    who.map(({ learnerId }) => Number(learnerId)),
  );
  const has = new Set(known.map(({ id }) => String(id)));
  // New people have a name in the file.
  const people = [...run.lines.map((line) => personAfter(line, undefined)), ...known];
  const body = (
    <>
      <Refused
        text={
          run.again
            ? 'Things have changed since you looked: nothing was imported. This is what it would do now.'
            : undefined
        }
      />
      <section class={summary.unenrolled > 0 ? 'card caution' : 'card'} aria-labelledby="consequences">
        <h2 id="consequences">What importing {run.file} will do</h2>
        <ul class="facts">
          <li>
            <strong>{count(run.added, 'user')}</strong> added, <strong>{run.changed}</strong> changed,{' '}
            {run.lines.length - run.added - run.changed} as they are.
          </li>
        </ul>
        <SummaryText summary={summary} future />
        <form method="post" action={`/users/import/${run.id}`}>
          <NumberAsked
            summary={summary}
            hint="So many are asked about: type the number, to show that it is meant."
            refused={refused}
          />
          <p class="actions">
            <button type="submit" class={summary.unenrolled > 0 ? 'danger' : undefined}>
              Import
            </button>
            <a href="/users/import">Cancel</a>
          </p>
        </form>
      </section>
      <NotDecided blocked={summary.blocked} total={summary.blockedTotal} titles={titles} />
      <ByCourse summary={summary} titles={titles} />
      <Who who={who} total={summary.learners} people={people} titles={titles} isNew={(id) => !has.has(id)} />
    </>
  );
  const trail = [
    ['/users', 'Users'],
    ['/users/import', 'Import people'],
  ] as const;
  return page(c, { title: 'Dry run', trail }, body, refused === undefined ? 200 : 422);
}
