import { type Condition, type Field, inSegment, not, type Rule, type RuleList, ruleFromList } from 'smart-enrolments';
import { readValue, typedValue } from '../lms/fields.js';

/** One line of the form: a condition, and how it is combined with the line above. */
export interface Row {
  readonly join: 'and' | 'or';
  /** `field:<id>`, or `segment:<id>`. */
  readonly about: string;
  readonly op: string;
  readonly value: string;
}

/** The comparisons of a line. `not-` negates the comparison after it. */
export const OPERATORS: Readonly<Record<string, string>> = {
  equals: 'is',
  'not-equals': 'is not',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  in: 'is one of (separated by commas)',
  lt: 'is below, or before',
  lte: 'is at most, or until',
  gt: 'is above, or after',
  gte: 'is at least, or from',
  blank: 'is blank',
  'not-blank': 'is not blank',
  member: 'is a member',
  'not-member': 'is not a member',
};

export const EMPTY_ROW: Row = { join: 'and', about: '', op: 'equals', value: '' };

/** The parts of a line. */
export type Part = 'about' | 'op' | 'value';

/** An error of one part of one line. */
export interface RowProblem {
  readonly row: number;
  readonly part: Part;
  readonly message: string;
}

/** Reads the lines as a rule. Reports errors that the form itself can detect; the library reports all others. */
export function ruleOf(rows: readonly Row[], fields: readonly Field[]): { rule: Rule } | { problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const list: (Rule | 'and' | 'or')[] = [];
  for (const [row, each] of rows.entries()) {
    const read = conditionOf(each, fields);
    if ('problem' in read) problems.push({ row, part: read.part, message: read.problem });
    else list.push(...(row > 0 ? [each.join] : []), read.rule);
  }
  return problems.length > 0 ? { problems } : { rule: ruleFromList(list as unknown as RuleList) };
}

function conditionOf(
  { about, op, value }: Row,
  fields: readonly Field[],
): { rule: Rule } | { part: Part; problem: string } {
  const [kind, id] = [about.slice(0, about.indexOf(':')), about.slice(about.indexOf(':') + 1)];
  const isNot = op.startsWith('not-');
  const asked = isNot ? op.slice(4) : op;
  const turned = (rule: Rule) => ({ rule: isNot ? not(rule) : rule });
  if (!Object.hasOwn(OPERATORS, op)) return { part: 'op', problem: 'Choose one of the comparisons.' };
  if (kind === 'segment') {
    if (asked === 'member') return turned(inSegment(id));
    return { part: 'op', problem: 'Of a segment, choose “is a member” or “is not a member”.' };
  }
  const field = fields.find((each) => each.id === id);
  if (kind !== 'field' || !field) return { part: 'about', problem: 'Choose what the rule is about.' };
  if (asked === 'member') {
    return { part: 'op', problem: 'Only a segment can have members; choose another comparison.' };
  }
  if (asked === 'blank') return turned({ field: id, op: 'blank' });
  if (asked === 'in') {
    const values = value
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
    return turned({ field: id, op: 'in', value: values.map((each) => valueIn(field, each)) } as Condition);
  }
  return turned({ field: id, op: asked, value: valueIn(field, value) } as Condition);
}

/** A value that cannot be parsed stays text, and the library reports the error. */
function valueIn({ type }: Field, typed: string): unknown {
  const read = readValue(type, typed);
  return 'problem' in read ? typed : (read.value ?? typed);
}

/** Converts a rule to lines; undefined if this form cannot express it. */
export function rowsOf(rule: Rule): Row[] | undefined {
  const groups = 'any' in rule ? rule.any : [rule];
  const rows: Row[] = [];
  for (const group of groups) {
    for (const [i, condition] of ('all' in group ? group.all : [group]).entries()) {
      const row = rowOf(condition);
      if (!row) return undefined;
      rows.push({ ...row, join: i === 0 ? 'or' : 'and' });
    }
  }
  return rows;
}

function rowOf(rule: Rule): Omit<Row, 'join'> | undefined {
  if ('not' in rule) {
    const inner = rowOf(rule.not);
    const op = `not-${inner?.op}`;
    return inner && Object.hasOwn(OPERATORS, op) ? { ...inner, op } : undefined;
  }
  if ('segment' in rule) return { about: `segment:${rule.segment}`, op: 'member', value: '' };
  if (!('field' in rule)) return undefined;
  const about = `field:${rule.field}`;
  if (rule.op === 'blank') return { about, op: 'blank', value: '' };
  const value = Array.isArray(rule.value) ? rule.value.map(typedValue).join(', ') : typedValue(rule.value);
  return { about, op: rule.op, value };
}

/** Returns the line to which a path in an issue of the library leads; `rule` is the start of the path. */
export function lineAt(rule: Rule, path: readonly (string | number)[]): number {
  const [key, index] = path;
  const at = typeof index === 'number' ? index : 0;
  if (key === 'all') return at;
  if (key !== 'any' || !('any' in rule)) return 0;
  const before = rule.any.slice(0, at).reduce((sum, group) => sum + ('all' in group ? group.all.length : 1), 0);
  const group = rule.any[at];
  return before + (group && 'all' in group ? lineAt(group, path.slice(2)) : 0);
}
