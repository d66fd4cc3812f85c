import * as z from 'zod';
import type { LinkData } from '../model/catalog.js';
import type { EditScope, LinkOptions, Wanted } from '../model/edit-options.js';
import type { Rule } from '../model/rule.js';
import { linkSchema, segmentSchema, withData, withRule } from './edit.js';
import { exact } from './exact.js';
import type { Issues } from './issues.js';
import { readData } from './link-data.js';
import { ruleKeyIn } from './old-names.js';
import { at } from './place.js';
import { type RuleReading, readRule } from './rule.js';
import { callback, check, frozen, later, listOf } from './schema.js';

/** Another catalog will do, whatever else it has. */
const wantedSchema = z.object({ segments: listOf(segmentSchema), links: listOf(linkSchema) }, 'what is wanted');

/** Copies wanted segments and links, or adds what is wrong with them. */
export function readWanted(value: unknown, reading: RuleReading): Wanted | undefined {
  const { issues } = reading;
  const wanted = check(wantedSchema, value, undefined, issues);
  if (!wanted) return undefined;
  const found = issues.list.length;
  const segments = wanted.segments.map((segment, i) => {
    const place = at(at(undefined, 'segments'), i);
    const { id, title = id, rule } = withRule(segment, place, reading);
    if (segment.title === undefined) issues.wrongType('text', undefined, at(place, 'title'));
    return { id, title, ...(rule && { rule }) };
  });
  const links = wanted.links.map((link, i) => {
    const { rule, data, ...rest } = withData(link, at(at(undefined, 'links'), i), reading);
    return { ...rest, ...(rule && { rule }), ...(data && { data }) };
  });
  eachOnce('segments', segments, issues);
  eachOnce('links', links, issues);
  return issues.list.length === found ? { segments, links } : undefined;
}

function eachOnce(name: string, items: readonly { readonly id: string }[], issues: Issues): void {
  const ids = new Set<string>();
  for (const [i, { id }] of items.entries()) {
    if (ids.has(id))
      issues.add('duplicate', at(at(at(undefined, name), i), 'id'), `another of the ${name} has the same id`);
    ids.add(id);
  }
}

/** What may be deleted. */
export const scopeSchema: z.ZodType<EditScope> = exact<EditScope>()(
  frozen(
    z
      .strictObject(
        {
          segments: callback<NonNullable<EditScope['segments']>>().optional(),
          links: callback<NonNullable<EditScope['links']>>().optional(),
        },
        'a scope, which says what may be deleted: { segments?: (id) => boolean, links?: (link) => boolean }',
      )
      .refine(
        ({ segments, links }) => segments !== undefined || links !== undefined,
        'a scope with "segments" or "links": say what may be deleted, if only by () => false',
      ),
  ),
);

/** The options of `linkCourses`, their rule and data yet to be read. */
export const linkOptionsSchema: z.ZodType<LinkOptions> = exact<LinkOptions>()(
  frozen(
    z.strictObject(
      { rule: later<Rule>('a rule').optional(), data: later<LinkData>('a JSON object').optional() },
      'options (an object)',
    ),
  ),
);

/** Copies the options of `linkCourses`, or adds what is wrong with them. */
export function readLinkOptions(value: unknown, reading: RuleReading): LinkOptions | undefined {
  const key = ruleKeyIn(value);
  if (key !== undefined) {
    reading.issues.add('unknown_key', at(undefined, key), 'the third argument has the rule as { rule } now');
    return undefined;
  }
  const options = check(linkOptionsSchema, value, undefined, reading.issues);
  if (!options) return undefined;
  const rule = options.rule === undefined ? undefined : readRule(options.rule, at(undefined, 'rule'), reading);
  const data = readData(options.data, at(undefined, 'data'), reading.issues);
  return { ...(rule && { rule }), ...(data && { data }) };
}
