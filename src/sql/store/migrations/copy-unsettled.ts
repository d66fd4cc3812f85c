import { onConflict } from '../../statement/dialect.js';
import type { Dialect } from '../../statement/driver.js';
import { type Fragment, raw, sql } from '../../statement/fragment.js';
import { type Target, tableOf } from './target.js';

/** Copies unsettled work, which belonged to a revision, into `outstanding`, where it belongs to an operation. */
export function copyUnsettled(target: Target): Fragment {
  const { dialect } = target;
  const { id, at, object, list, text } = JSON_FUNCTIONS[dialect];
  const range = `CASE WHEN after_id IS NULL THEN ${object}('pass', pass) ELSE ${object}('pass', pass, 'after', after_id) END`;
  // The audience pass follows once all holders are settled.
  const ranges = `CASE pass WHEN 'holders' THEN ${text(`${list}(${range}, ${object}('pass', 'audience'))`)} ELSE ${text(`${list}(${range})`)} END`;
  const operation = `${object}('id', ${id}, 'kind', 'apply', 'at', ${at}, 'revision', revision)`;
  return sql`INSERT INTO ${tableOf(target, 'outstanding')} (tenant, operation_id, revision, operation, links, courses, removed_links, ranges, stamp)
SELECT tenant, ${raw(id)}, revision, ${raw(text(operation))}, links, courses, '[]', ${raw(ranges)}, stamp
FROM ${tableOf(target, 'unsettled_moved')} WHERE TRUE ${onConflict(dialect, 'tenant, operation_id')}`;
}

const JSON_FUNCTIONS: Record<
  Dialect,
  { readonly id: string; at: string; object: string; list: string; text: (json: string) => string }
> = {
  postgres: {
    id: `'revision-' || revision`,
    at: `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    object: 'json_build_object',
    list: 'json_build_array',
    text: (json) => `CAST(${json} AS text)`,
  },
  mysql: {
    id: `CONCAT('revision-', revision)`,
    at: `CONCAT(LEFT(DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')`,
    object: 'JSON_OBJECT',
    list: 'JSON_ARRAY',
    text: (json) => json,
  },
  sqlite: {
    id: `'revision-' || revision`,
    at: `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`,
    object: 'json_object',
    list: 'json_array',
    text: (json) => json,
  },
};
