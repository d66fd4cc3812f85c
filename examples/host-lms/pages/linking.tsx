import { Hono } from 'hono';
import { BY_ASSIGNMENT_ONLY, linkCourses, type Segment, unlink } from 'smart-enrolments';
import { problemText } from '../edits/problem.js';
import { review } from '../edits/review.js';
import { findCourses, METHODS } from '../lms/courses.js';
import { type Titles, titlesOf } from '../lms/names.js';
import { rowProblems } from '../rules/problems.js';
import { EMPTY_ROW, type Row, type RowProblem, ruleOf } from '../rules/row.js';
import { lineFocused, rowsAfter, rowsIn } from '../rules/segment-form.js';
import { ruleText } from '../rules/words.js';
import { Problem, Refused } from '../view/input.js';
import { segmentPath } from '../view/paths.js';
import { Rows } from '../view/rows.js';
import { goTo, notFound, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { readForm } from '../web/form.js';

/** Links courses to a segment, and unlinks them. */
export const linking = new Hono<Env>();

interface Choice {
  readonly search: string;
  readonly chosen: readonly string[];
  readonly isNarrowed: boolean;
  readonly rows: readonly Row[];
}

interface Told {
  readonly problem?: string | undefined;
  readonly refused?: string | undefined;
  readonly problems?: readonly RowProblem[] | undefined;
  readonly focused?: number | undefined;
  readonly isSearched?: boolean;
}

linking.get('/:id/link', async (c) => {
  const { titles, segment } = await asked(c);
  const nothing = { search: c.req.query('q') ?? '', chosen: [], isNarrowed: false, rows: [EMPTY_ROW] };
  return segment ? form(c, titles, segment, nothing) : notFound(c);
});

linking.post('/:id/link', async (c) => {
  const lms = c.get('lms');
  const { titles, segment } = await asked(c);
  if (!segment) return notFound(c);
  const { data, typed } = await readForm(c);
  const pressed = typed.do ?? 'search';
  const choice: Choice = {
    search: typed.q ?? '',
    chosen: data.getAll('course').map(String),
    isNarrowed: typed.narrow === 'yes',
    rows: rowsIn(data),
  };
  if (pressed !== 'preview') {
    const rows = rowsAfter(choice.rows, pressed);
    const isNarrowed = choice.isNarrowed || pressed === 'add-row';
    const told = { focused: lineFocused(rows, pressed), isSearched: pressed === 'search' };
    return form(c, titles, segment, { ...choice, isNarrowed, rows }, told);
  }
  if (choice.chosen.length === 0) {
    return form(c, titles, segment, choice, { problem: 'Choose at least one course.' });
  }
  const narrowed = choice.isNarrowed ? ruleOf(choice.rows, [...(titles.catalog.fields ?? [])]) : undefined;
  if (narrowed && 'problems' in narrowed) return form(c, titles, segment, choice, { problems: narrowed.problems });
  const rule = narrowed?.rule;
  const courses = choice.chosen.map((id) => titles.courses.get(id) ?? id).join(', ');
  const only = rule ? `, only for ${ruleText(rule, titles)}` : '';
  try {
    const made = await review(
      lms,
      {
        by: c.get('account').name,
        todo: `Link ${courses} to segment ${segment.title}${only}`,
        what: `Linked ${courses} to segment ${segment.title}${only}`,
        back: segmentPath(segment.id),
      },
      linkCourses(segment.id, choice.chosen, rule && { rule }),
    );
    return await goTo(c, `/reviews/${made.id}`);
  } catch (error) {
    const problems = rowProblems(error, rule, choice.rows, [...(titles.catalog.fields ?? [])]);
    return form(c, titles, segment, choice, problems ? { problems } : { refused: problemText(error, titles) });
  }
});

linking.post('/:id/unlink', async (c) => {
  const lms = c.get('lms');
  const { titles, segment } = await asked(c);
  if (!segment) return notFound(c);
  const { link = '' } = (await readForm(c)).typed;
  const back = segmentPath(segment.id);
  try {
    if (titles.catalog.links.some(({ id, segmentId }) => id === link && segmentId !== segment.id)) return notFound(c);
    const [title, from] = [titles.links.get(link) ?? link, `from segment ${segment.title}`];
    const [todo, what] = [`Remove ${title} ${from}`, `Removed ${title} ${from}`];
    const made = await review(lms, { by: c.get('account').name, todo, what, back }, [unlink(link)]);
    return await goTo(c, `/reviews/${made.id}`);
  } catch (error) {
    return goTo(c, back, { refused: problemText(error, titles) });
  }
});

async function asked(c: Ctx): Promise<{ titles: Titles; segment: Segment | undefined }> {
  const titles = await titlesOf(c.get('lms'));
  return { titles, segment: titles.catalog.segments.find(({ id }) => id === c.req.param('id')) };
}

async function form(
  c: Ctx,
  titles: Titles,
  segment: Segment,
  { search, chosen, isNarrowed, rows }: Choice,
  { problem, refused, problems = [], focused, isSearched }: Told = {},
): Promise<Response> {
  const path = segmentPath(segment.id);
  const found = new Set((await findCourses(c.get('lms').db, search.trim())).map(({ id }) => id));
  // Chosen courses stay visible during a search.
  const shown = (await findCourses(c.get('lms').db)).filter(({ id }) => found.has(id) || chosen.includes(id));
  const linked = new Set(titles.catalog.links.filter((link) => link.segmentId === segment.id).map((l) => l.courseId));
  const body = (
    <form method="post" action={`${path}/link`} class="card">
      <Refused text={refused} />
      <button type="submit" name="do" value="search" hidden>
        Search
      </button>
      <div class="field">
        <label for="q">Search courses</label>
        <div class="together">
          <input
            id="q"
            name="q"
            type="search"
            value={search}
            autocomplete="off"
            autofocus={isSearched}
            hx-post={`${path}/link`}
            hx-trigger="input changed delay:300ms, search"
            hx-target="#choices"
            hx-select="#choices"
            hx-swap="outerHTML"
            hx-select-oob="#shown:innerHTML"
            hx-sync="this:replace"
          />
          <button type="submit" name="do" value="search" class="second">
            Search
          </button>
        </div>
      </div>
      <p class="hint" role="status" id="shown">
        {`${shown.length} shown`}
      </p>
      <fieldset
        id="choices"
        class="choices"
        tabindex={-1}
        autofocus={problem !== undefined}
        aria-describedby={problem ? 'choices-problem' : undefined}
      >
        <legend>Courses</legend>
        <Problem id="choices-problem" text={problem} />
        {shown.map(({ id, title, method }) => {
          const isOpen = method === BY_ASSIGNMENT_ONLY;
          const note = isOpen
            ? linked.has(id) && 'linked to this segment already'
            : `cannot be linked: its enrolment method is “${METHODS[method] ?? method}”, and not “${METHODS[BY_ASSIGNMENT_ONLY]}”`;
          return (
            <div class={isOpen ? 'choice' : 'choice closed'}>
              <input
                type="checkbox"
                id={`course-${id}`}
                name="course"
                value={id}
                checked={chosen.includes(id)}
                disabled={!isOpen}
                aria-describedby={note ? `note-${id}` : undefined}
              />
              <label for={`course-${id}`}>{title}</label>
              {note && (
                <span class="hint" id={`note-${id}`}>
                  {note}
                </span>
              )}
            </div>
          );
        })}
      </fieldset>
      <fieldset class="choices">
        <legend>For whom</legend>
        <label>
          <input type="radio" name="narrow" value="no" checked={!isNarrowed} /> Everyone in the segment
        </label>
        <label>
          <input type="radio" name="narrow" value="yes" checked={isNarrowed} /> Only those with this profile
        </label>
      </fieldset>
      <Rows rows={rows} problems={problems} titles={titles} focused={focused} />
      <p class="actions">
        <button type="submit" name="do" value="preview">
          Preview
        </button>
        <a href={path}>Cancel</a>
      </p>
    </form>
  );
  const trail = [
    ['/settings', 'Settings'],
    ['/settings/segments', 'Organisational segments'],
    [path, segment.title],
  ] as const;
  return page(c, { title: 'Link courses', trail }, body, problem || refused || problems.length > 0 ? 422 : 200);
}
