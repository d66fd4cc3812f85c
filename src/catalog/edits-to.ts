import type { Catalog, Edit } from '../model/catalog.js';
import type { EditScope, Wanted } from '../model/edit-options.js';
import { parseCatalog, parseScope, parseTogether, parseWanted } from '../validate/parse.js';
import { sameLink, sameSegment } from './change.js';
import { deleteSegment, link, saveSegment, unlink } from './edits.js';

/**
 * Builds the edits that bring a catalog to what is wanted, for hosts that keep segments and links in a file or another system. Wanted segments
 * and links are saved where they differ, and take exactly the wanted values. Only what the scope names is deleted.
 * The list is empty if nothing differs. Links are removed first and segments deleted last.
 * @throws `invalid_input` for a catalog or wanted state that is not as described, and without a scope.
 */
export function editsTo(catalog: Catalog, wanted: Wanted, scope: EditScope): Edit[] {
  const [before, after, may] = parseTogether<[Catalog, Wanted, EditScope]>(
    () => parseCatalog(catalog),
    () => parseWanted(wanted),
    () => parseScope(scope),
  );
  const segments = compare(before.segments, after.segments, sameSegment, (segment) => may.segments?.(segment.id));
  const links = compare(before.links, after.links, sameLink, (one) => may.links?.(one));
  return [
    ...links.gone.map(({ id }) => unlink(id)),
    ...segments.changed.map(({ rule = null, ...segment }) => saveSegment({ ...segment, rule })),
    ...links.changed.map(({ rule = null, data = null, ...one }) => link({ ...one, rule, data })),
    ...segments.gone.map(({ id }) => deleteSegment(id)),
  ];
}

function compare<Item extends { readonly id: string }>(
  before: readonly Item[],
  after: readonly Item[],
  same: (a: Item, b: Item) => boolean,
  mayDelete: (item: Item) => boolean | undefined,
): { readonly changed: readonly Item[]; readonly gone: readonly Item[] } {
  const standing = new Map(before.map((item) => [item.id, item]));
  const wanted = new Set(after.map(({ id }) => id));
  return {
    changed: after.filter((item) => {
      const old = standing.get(item.id);
      return !old || !same(old, item);
    }),
    gone: before.filter((item) => !wanted.has(item.id) && mayDelete(item) === true),
  };
}
