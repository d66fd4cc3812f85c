import type { InputIssue } from '../errors/smart-enrolments-error.js';
import type { FieldType } from '../model/learner.js';
import type { Condition, Rule } from '../model/rule.js';
import { describe } from '../text/describe.js';
import { RULE_SEARCH_TEXT, RULE_SEARCHES_TOO_MUCH } from '../text/search-text-limits.js';
import { OPERATORS, typeOf } from './condition.js';
import { searchTextIn } from './search-text.js';
import { comparable, type FieldTypes, isBlank } from './value.js';

type Path = InputIssue['path'];

const WANTED: { readonly [Type in FieldType]: string } = {
  text: 'text',
  number: 'a number',
  boolean: 'a boolean',
  date: 'an ISO 8601 date or instant with its offset',
};

/**
 * Returns why a well-formed rule cannot be evaluated: unknown fields, operators and values that do not fit, blank values, an empty `all`,
 * and more search text than can be compiled quickly. The list is empty if the rule can be evaluated.
 * The segments that the rule refers to are not checked.
 */
export function checkRule(rule: Rule, types: FieldTypes, path: Path = []): readonly InputIssue[] {
  const issues: InputIssue[] = [];
  const visit = (rule: Rule, path: Path): void => {
    if ('all' in rule) {
      if (rule.all.length === 0) issues.push(emptyAll(path));
      rule.all.forEach((inner, i) => {
        visit(inner, [...path, 'all', i]);
      });
    } else if ('any' in rule) {
      rule.any.forEach((inner, i) => {
        visit(inner, [...path, 'any', i]);
      });
    } else if ('not' in rule) visit(rule.not, [...path, 'not']);
    else if ('field' in rule) {
      const issue = checkCondition(rule, types, path);
      if (issue) issues.push(issue);
    }
  };
  visit(rule, path);
  if (issues.length === 0 && searchTextIn(rule) > RULE_SEARCH_TEXT)
    issues.push({ code: 'too_long', path, message: RULE_SEARCHES_TOO_MUCH });
  return issues;
}

function emptyAll(path: Path): InputIssue {
  return {
    code: 'empty_all',
    path: [...path, 'all'],
    message: 'an empty "all" is ambiguous: use { everyone: true }, or add a rule',
  };
}

function checkCondition(condition: Condition, types: FieldTypes, path: Path): InputIssue | undefined {
  const { field, op } = condition;
  const declared = types?.get(field);
  if (types && !declared) {
    return {
      code: 'unknown_field',
      path: [...path, 'field'],
      message: `no profile field ${JSON.stringify(field)} is declared`,
    };
  }
  if (declared && !OPERATORS[declared].includes(op)) {
    const message = `operator "${op}" does not apply to the ${declared} field ${JSON.stringify(field)}; use ${OPERATORS[declared].join(', ')}`;
    return { code: 'operator_misfit', path: [...path, 'op'], message };
  }
  if (condition.op === 'blank') return undefined;
  const at = [...path, 'value'];
  const values: readonly (string | number | boolean)[] = condition.op === 'in' ? condition.value : [condition.value];
  if (values.length === 0 || values.some(isBlank)) {
    return { code: 'blank_value', path: at, message: `the value is blank: use the operator "blank"` };
  }
  const type = typeOf(condition, types)!;
  const misfit = values.find((value) => comparable(type, value) === undefined);
  if (misfit === undefined) return undefined;
  return {
    code: 'value_misfit',
    path: at,
    message: `operator "${op}" on field ${JSON.stringify(field)} takes ${WANTED[type]}, not ${describe(misfit)}`,
  };
}
