import * as z from 'zod/mini';
import type { LinkData } from '../model/catalog.js';
import type { LinkOptions } from '../model/edit-options.js';
import type { Rule } from '../model/rule.js';
import { exact } from './exact.js';
import { readData } from './link-data.js';
import { isRule } from './old-names.js';
import { at } from './place.js';
import { type RuleReading, readRule } from './rule.js';
import { check, frozen, later } from './schema.js';

/** The options of `linkCourses`; the rule and data are read separately. */
const linkOptionsSchema: z.ZodMiniType<LinkOptions> = exact<LinkOptions>()(
  frozen(
    z.strictObject(
      { rule: z.optional(later<Rule>('a rule')), data: z.optional(later<LinkData>('a JSON object')) },
      'options (an object)',
    ),
  ),
);

/** Copies the options of `linkCourses`, or adds their issues. */
export function readLinkOptions(value: unknown, reading: RuleReading): LinkOptions | undefined {
  if (isRule(value)) {
    reading.issues.add('wrong_type', undefined, 'linkCourses takes options: pass { rule: … } instead of the rule');
    return undefined;
  }
  const options = check(linkOptionsSchema, value, undefined, reading.issues);
  if (!options) return undefined;
  const rule = options.rule === undefined ? undefined : readRule(options.rule, at(undefined, 'rule'), reading);
  const data = readData(options.data, at(undefined, 'data'), reading);
  return { ...(rule && { rule }), ...(data && { data }) };
}
