import { sameLink, sameSegment } from '../catalog/change.js';
import { deleteSegment, link, saveSegment, unlink } from '../catalog/edits.js';
import type { Catalog, Edit } from '../model/catalog.js';
import type { EditScope, Wanted } from '../model/edit-options.js';
import { type Issues, parse } from '../validate/issues.js';
import { onlyKeys } from '../validate/only-keys.js';
import { at, type Place } from '../validate/place.js';
import { rowOf } from '../validate/row.js';
import { checkCatalog } from './check-catalog.js';

/**
 * Builds the edits that change a catalog to the wanted state, for hosts that keep segments and links in a file or another system. Wanted
 * segments and links are saved if they differ, with exactly the wanted values. Only what the scope allows is deleted.
 * The list is empty if nothing differs. Links are removed first and segments deleted last.
 * @throws `invalid_input` if the catalog or the wanted state is invalid, or the scope is missing.
 */
export function editsTo(catalog: Catalog, wanted: Wanted, scope: EditScope): Edit[] {
  parse((issues) => {
    checkCatalog(catalog, at(undefined, 'catalog'), issues);
    checkWanted(wanted, at(undefined, 'wanted'), issues);
    checkScope(scope, at(undefined, 'scope'), issues);
  });
  const segments = compare(catalog.segments, wanted.segments, sameSegment, (segment) => scope.segments?.(segment.id));
  const links = compare(catalog.links, wanted.links, sameLink, (one) => scope.links?.(one));
  return [
    ...links.deleted.map(({ id }) => unlink(id)),
    ...segments.changed.map(({ rule = null, ...segment }) => saveSegment({ ...segment, rule })),
    ...links.changed.map(({ rule = null, data = null, ...one }) => link({ ...one, rule, data })),
    ...segments.deleted.map(({ id }) => deleteSegment(id)),
  ];
}

function compare<Item extends { readonly id: string }>(
  before: readonly Item[],
  after: readonly Item[],
  same: (a: Item, b: Item) => boolean,
  mayDelete: (item: Item) => boolean | undefined,
): { readonly changed: readonly Item[]; readonly deleted: readonly Item[] } {
  const existing = new Map(before.map((item) => [item.id, item]));
  const wanted = new Set(after.map(({ id }) => id));
  return {
    changed: after.filter((item) => {
      const old = existing.get(item.id);
      return !old || !same(old, item);
    }),
    deleted: before.filter((item) => !wanted.has(item.id) && mayDelete(item) === true),
  };
}

function checkWanted(value: unknown, place: Place, issues: Issues): void {
  const wanted = rowOf(value, 'the wanted segments and links', place, issues);
  if (!wanted) return;
  const { segments, links } = wanted;
  checkCatalog({ revision: 0, courses: [], unsettled: [], segments, links }, place, issues);
}

function checkScope(value: unknown, place: Place, issues: Issues): void {
  const scope = rowOf(value, 'a scope (what may be deleted)', place, issues);
  if (!scope) return;
  onlyKeys(scope, ['segments', 'links'], place, issues);
  const { segments, links } = scope;
  if (segments === undefined && links === undefined)
    issues.add('wrong_type', place, 'expected "segments" or "links": to delete nothing, pass () => false');
  for (const [key, may] of Object.entries({ segments, links }))
    if (may !== undefined && typeof may !== 'function') issues.wrongType('a function', may, at(place, key));
}
