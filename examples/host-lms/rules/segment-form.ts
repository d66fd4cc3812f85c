import { everyone, type Field, type Segment } from 'smart-enrolments';
import { EMPTY_ROW, type Row, type RowProblem, rowsOf, ruleOf } from './row.js';

/** The members of a segment, as the form offers them. */
export const WHO = {
  rules: 'People whose profile matches these rules',
  everyone: 'Everyone',
  placed: 'Only people who are placed in it by hand',
} as const;

/** A segment as typed in the form. */
export interface SegmentForm {
  readonly title: string;
  readonly who: keyof typeof WHO;
  readonly rows: readonly Row[];
}

export const EMPTY_FORM: SegmentForm = { title: '', who: 'rules', rows: [EMPTY_ROW] };

/** Reads the lines of a rule from a form. */
export function rowsIn(data: FormData): Row[] {
  const texts = (name: string) => data.getAll(name).map(String);
  const [joins, abouts, ops, values] = ['row-join', 'row-about', 'row-op', 'row-value'].map(texts);
  return abouts!.map((about, i) => ({
    join: joins![i] === 'or' ? 'or' : 'and',
    about,
    op: ops![i] ?? 'equals',
    value: values![i] ?? '',
  }));
}

function textIn(data: FormData, name: string): string {
  const text = data.get(name);
  return typeof text === 'string' ? text : '';
}

export function segmentFormIn(data: FormData): SegmentForm {
  const who = textIn(data, 'who');
  return {
    title: textIn(data, 'title'),
    who: Object.hasOwn(WHO, who) ? (who as SegmentForm['who']) : 'rules',
    rows: rowsIn(data),
  };
}

/** Changes the lines for a button: `add-row`, or `remove-row:2`. */
export function rowsAfter(rows: readonly Row[], pressed: string): Row[] {
  if (pressed === 'add-row') return [...rows, EMPTY_ROW];
  const [what, at] = pressed.split(':');
  return what === 'remove-row' ? rows.filter((_, i) => i !== Number(at)) : [...rows];
}

/** The line that was added, or that replaced the removed one; -1 if none is left. */
export function lineFocused(rows: readonly Row[], pressed: string): number | undefined {
  if (pressed === 'add-row') return rows.length - 1;
  const [what, at] = pressed.split(':');
  return what === 'remove-row' ? Math.min(Number(at), rows.length - 1) : undefined;
}

export function segmentOf(
  form: SegmentForm,
  id: string,
  fields: readonly Field[],
): { readonly segment: Segment } | { readonly problems: readonly RowProblem[] } {
  const named = { id, title: form.title.trim() };
  if (form.who === 'placed') return { segment: named };
  if (form.who === 'everyone') return { segment: { ...named, rule: everyone } };
  const read = ruleOf(form.rows, fields);
  return 'problems' in read ? read : { segment: { ...named, rule: read.rule } };
}

/** Converts a segment to form input; without lines if the form cannot express its rule. */
export function formOf({ title, rule }: Segment): SegmentForm & { readonly isForeign: boolean } {
  if (!rule) return { title, who: 'placed', rows: [], isForeign: false };
  if ('everyone' in rule) return { title, who: 'everyone', rows: [], isForeign: false };
  const rows = rowsOf(rule);
  return { title, who: 'rules', rows: rows ?? [], isForeign: !rows };
}
