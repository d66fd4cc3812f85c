import { Hono } from 'hono';
import { deleteSegment, isSmartEnrolmentsError, type Segment, saveSegment } from 'smart-enrolments';
import { evolve } from 'smart-enrolments/core';
import { approve } from '../edits/approve.js';
import { problemText } from '../edits/problem.js';
import { review } from '../edits/review.js';
import { findMembers } from '../lms/audience.js';
import { type Titles, titlesOf } from '../lms/names.js';
import { getPeople } from '../lms/people.js';
import { rowProblems } from '../rules/problems.js';
import type { RowProblem } from '../rules/row.js';
import {
  EMPTY_FORM,
  formOf,
  lineFocused,
  rowsAfter,
  type SegmentForm,
  segmentFormIn,
  segmentOf,
} from '../rules/segment-form.js';
import { ruleText } from '../rules/words.js';
import { Refused } from '../view/input.js';
import { LinkedCourses } from '../view/linked-courses.js';
import { Found, Matches, type MatchesProps } from '../view/matches.js';
import { segmentPath } from '../view/paths.js';
import { SegmentFields } from '../view/segment-fields.js';
import { count } from '../view/words.js';
import { goTo, notFound, page } from '../web/answer.js';
import type { Ctx, Env } from '../web/env.js';
import { readForm } from '../web/form.js';
import { listSegments, TRAIL } from './segment-list.js';

const SHOWN = 12;
const LIST = ['/settings/segments', 'Organisational segments'] as const;

/** Lists, adds, edits and deletes segments. */
export const segments = new Hono<Env>();

segments.get('/', (c) => listSegments(c));

segments.get('/new', async (c) => form(c, await titlesOf(c.get('lms')), { form: EMPTY_FORM }));

segments.post('/new', async (c) => {
  const titles = await titlesOf(c.get('lms'));
  const { data, typed } = await readForm(c);
  return submitted(c, titles, segmentFormIn(data), typed.do, idFor(typed.title ?? '', titles));
});

/** The parts of the form that change while the user types. */
segments.post('/try', async (c) => {
  const titles = await titlesOf(c.get('lms'));
  const { data, typed } = await readForm(c);
  return c.html(<Found {...(await tried(c, titles, segmentFormIn(data), typed.id || 'new')).matches} />);
});

segments.get('/:id', async (c) => {
  const titles = await titlesOf(c.get('lms'));
  const segment = titles.catalog.segments.find(({ id }) => id === c.req.param('id'));
  return segment ? form(c, titles, { form: formOf(segment), segment }) : notFound(c);
});

segments.post('/:id', async (c) => {
  const titles = await titlesOf(c.get('lms'));
  const segment = titles.catalog.segments.find(({ id }) => id === c.req.param('id'));
  if (!segment) return notFound(c);
  const { data, typed } = await readForm(c);
  return submitted(c, titles, segmentFormIn(data), typed.do, segment.id, segment);
});

segments.post('/:id/delete', async (c) => {
  const lms = c.get('lms');
  const titles = await titlesOf(lms);
  const segment = titles.catalog.segments.find(({ id }) => id === c.req.param('id'));
  if (!segment) return listSegments(c, 'This segment no longer exists: another admin has deleted it.');
  const about = {
    by: c.get('account').name,
    todo: `Delete segment ${segment.title}`,
    what: `Deleted segment ${segment.title}`,
    back: LIST[0],
  };
  try {
    const made = await review(lms, about, [deleteSegment(segment.id)]);
    return await goTo(c, `/reviews/${made.id}`);
  } catch (error) {
    return listSegments(c, problemText(error, titles));
  }
});

async function submitted(
  c: Ctx,
  titles: Titles,
  typed: SegmentForm,
  pressed = 'save',
  id: string,
  segment?: Segment,
): Promise<Response> {
  if (pressed !== 'save') {
    const rows = rowsAfter(typed.rows, pressed);
    const isCounted = pressed === 'count';
    return form(c, titles, { form: { ...typed, rows }, segment, focused: lineFocused(rows, pressed), isCounted });
  }
  const lms = c.get('lms');
  const titled = titleProblem(typed.title, id, titles);
  const read = segmentOf(typed, id, [...(titles.catalog.fields ?? [])]);
  if (titled || 'problems' in read) {
    const problems = 'problems' in read ? read.problems : [];
    return form(c, titles, { form: typed, segment, titled, problems, status: 422 });
  }
  const back = segmentPath(id);
  const what = `${segment ? 'Saved' : 'Added'} segment ${read.segment.title}`;
  const todo = `Save segment ${read.segment.title}`;
  try {
    const made = await review(lms, { by: c.get('account').name, todo, what, back }, [
      saveSegment({ rule: null, ...read.segment }),
    ]);
    // An edit that affects no enrolment needs no review.
    if (made.plan.summary.learners > 0) return await goTo(c, `/reviews/${made.id}`);
    const approval = await approve(lms, made, '');
    if ('done' in approval) return await goTo(c, back, `${what}.`);
    return await goTo(c, `/reviews/${'moved' in approval ? approval.moved.id : made.id}`);
  } catch (error) {
    const problems = rowProblems(error, read.segment.rule, typed.rows, [...(titles.catalog.fields ?? [])]);
    const refused = problems ? undefined : problemText(error, titles);
    return form(c, titles, { form: typed, segment, problems, refused, status: 422 });
  }
}

interface Asked {
  readonly form: SegmentForm & { readonly isForeign?: boolean };
  /** The segment that is edited. */
  readonly segment?: Segment | undefined;
  readonly titled?: string | undefined;
  readonly problems?: readonly RowProblem[] | undefined;
  readonly refused?: string | undefined;
  readonly focused?: number | undefined;
  /** The request came from the button. */
  readonly isCounted?: boolean;
  readonly status?: 422;
}

async function form(c: Ctx, titles: Titles, asked: Asked): Promise<Response> {
  const { segment, problems = [], refused, focused, isCounted } = asked;
  const { matches, problems: found } = await tried(c, titles, asked.form, segment?.id ?? 'new', segment);
  const body = (
    <>
      <Refused text={refused} />
      {asked.form.isForeign && (
        <p class="note">
          {`The rule of this segment was written elsewhere: ${ruleText(segment!.rule!, titles)}. To save here is to write it anew.`}
        </p>
      )}
      <div class="beside">
        <SegmentFields
          form={asked.form}
          id={segment?.id}
          titles={titles}
          titled={asked.titled}
          problems={asked.status ? [...problems, ...(problems.length > 0 ? [] : found)] : problems}
          focused={focused}
        />
        <Matches {...matches} isAsked={isCounted} />
      </div>
      {segment && <LinkedCourses segment={segment} titles={titles} />}
    </>
  );
  const title = segment ? `Edit segment: ${segment.title}` : 'Add segment';
  return page(c, { title, trail: [...TRAIL, LIST] }, body, asked.status ?? 200);
}

/** Finds the members of a segment while it is typed. A rule that the form cannot express is used unchanged. */
async function tried(
  c: Ctx,
  titles: Titles,
  typed: SegmentForm & { readonly isForeign?: boolean },
  id: string,
  saved?: Segment,
): Promise<{ readonly matches: MatchesProps; readonly problems: readonly RowProblem[] }> {
  const { catalog } = titles;
  const unnamed = { ...typed, title: typed.title.trim() || 'New segment' };
  const read = typed.isForeign && saved ? { segment: saved } : segmentOf(unnamed, id, [...(catalog.fields ?? [])]);
  if ('problems' in read)
    return { matches: { problem: 'Complete the rules to see who matches.' }, problems: read.problems };
  try {
    evolve(catalog, [saveSegment({ rule: null, ...read.segment })]);
  } catch (error) {
    if (!isSmartEnrolmentsError(error)) throw error;
    const problems = rowProblems(error, read.segment.rule, typed.rows, [...(catalog.fields ?? [])]) ?? [];
    const problem = problems.length > 0 ? 'Complete the rules to see who matches.' : problemText(error, titles);
    return { matches: { problem }, problems };
  }
  const { total, first } = await findMembers(c.get('lms'), catalog, read.segment, SHOWN);
  return { matches: { total, first: await getPeople(c.get('lms').db, first.map(Number)) }, problems: [] };
}

function titleProblem(title: string, id: string, { catalog }: Titles): string | undefined {
  const typed = title.trim().toLowerCase();
  if (typed === '') return 'Write a title.';
  if (typed.length > 200) return `Write a shorter title: this one has ${count(typed.length, 'character')}.`;
  const same = catalog.segments.some((each) => each.id !== id && each.title.toLowerCase() === typed);
  return same ? 'There is a segment of this title already.' : undefined;
}

/** Returns an unused id that is readable in a URL. */
function idFor(title: string, { catalog }: Titles): string {
  const letters = [...title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')];
  const slug = letters.slice(0, 60).join('').replace(/^-|-$/g, '') || 'segment';
  const taken = new Set(['new', 'try', ...catalog.segments.map(({ id }) => id)]);
  let id = slug;
  for (let n = 2; taken.has(id); n++) id = `${slug}-${n}`;
  return id;
}
