import { deepFreeze } from '../../collections/deep-freeze.js';
import { SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog, CatalogChange, Link, Segment, Unsettled } from '../../model/catalog.js';
import type { CatalogRepository } from '../../repositories/repositories.js';
import { bytesOf } from '../host/columns/cell.js';
import { isOneOf, jsonArray, onConflict, rowsTable } from '../statement/dialect.js';
import { type Fragment, queryJson, raw, run, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';
import { isInRange } from '../statement/range.js';
import { readInPages } from '../statement/read-in-pages.js';
import { select, selectIfSmall } from '../statement/select.js';
import { splitIds, splitRows } from '../statement/split.js';
import type { WorkContent } from '../transaction/catalog-cache.js';
import type { CatalogLock, Session } from '../transaction/session.js';
import { lockCatalog } from './catalog-lock.js';
import { settleRange, storeWork } from './outstanding.js';
import { assignNumbers } from './pair-numbers.js';
import { checkSchemaOnce, checkUse } from './schema-row.js';

/** Runs work in a transaction that locks no learners, and the catalog in this way. */
export type RunTransaction = <T>(lock: CatalogLock | undefined, work: (inside: Session) => Promise<T>) => Promise<T>;

/** The stored catalog: segments and links in the library's tables, courses and fields in the host's. */
export function catalogIn(session: Session, runTransaction: RunTransaction): CatalogRepository {
  return {
    async load({ exclusive = false } = {}) {
      session.throwIfEnded();
      await checkSchemaOnce(session);
      if (session.db.inTransaction) await lockCatalog(session, exclusive ? 'exclusive' : 'shared');
      return load(session);
    },
    commit: (change, { expected: { revision: expected }, unsettled }) =>
      runTransaction('exclusive', async (inside) => {
        const { revision: found } = await readPosition(inside);
        if (found !== expected) throw new SmartEnrolmentsError('catalog_conflict', { expected, found });
        await storeChange(inside, change, unsettled, found + 1);
        return found + 1;
      }),
    async settled(progress) {
      session.throwIfEnded();
      if (session.db.inTransaction) await settleRange(session, progress, false);
      else await runTransaction(undefined, (inside) => settleRange(inside, progress, true));
    },
  };
}

/** A piece of unsettled work: the ranges that are left, and the stamp that identifies its {@link WorkContent}. */
type Work = Pick<Unsettled, 'ranges'> & { readonly revision: number; readonly stamp: string };

/** Returns the catalog's revision and stamp, and the works that are left. Throws if the tables were migrated since, and this library may no longer write. */
async function readPosition(session: Session) {
  const { db, store } = session;
  const { tables, tenant } = store;
  const { dialect } = db;
  const rows = await queryJson<[description: string] | [number, string] | [number, string, ranges: string]>(
    db,
    sql`SELECT ${jsonArray(dialect, [raw('revision'), raw('content_id')])} AS j FROM ${tables.catalog} WHERE tenant = ${tenant}
      UNION ALL SELECT ${jsonArray(dialect, [raw('revision'), raw('stamp'), raw('ranges')])} AS j
      FROM ${tables.outstanding} WHERE tenant = ${tenant}
      UNION ALL SELECT ${jsonArray(dialect, [raw('description')])} AS j FROM ${tables.schema}`,
  );
  let [revision, stamp] = [0, ''];
  const works: Work[] = [];
  for (const row of rows) {
    if (row.length === 1) checkUse(JSON.parse(row[0]), store);
    else if (row.length === 2) [revision, stamp] = row;
    else works.push({ revision: row[0], stamp: row[1], ranges: JSON.parse(row[2]) });
  }
  session.recordSchemaRead();
  return { revision, stamp, works: works.sort((a, b) => a.revision - b.revision) };
}

async function load(session: Session): Promise<Catalog> {
  const { db, store } = session;
  const { catalogCache, host } = store;
  const { revision, stamp, works } = await readPosition(session);
  const fields = catalogCache.fields(await host.fields(db));
  const courses = catalogCache.courses(await host.courses(db));
  const known = catalogCache.segmentsAndLinks(stamp);
  const content = known ?? (await readSegmentsAndLinks(session));
  // Outside a transaction, another process may have committed between these queries; then the results do not belong together.
  if (!known) {
    const { stamp: now } = await readPosition(session);
    if (now !== stamp) return load(session);
    catalogCache.setSegmentsAndLinks(stamp, content);
  }
  const unsettled = await readWorks(session, works);
  if (!unsettled) return load(session);
  return catalogCache.catalog(
    { revision, ...(fields && { fields }), courses, ...content, unsettled },
    JSON.stringify(works),
  );
}

/** How many rows one statement reads, unless they are too large for one result. */
const SEGMENTS_PER_STATEMENT = 1_000;
const LINKS_PER_STATEMENT = 50_000;

async function readSegmentsAndLinks({ db, store: { tables, tenant } }: Session) {
  const { dialect } = db;
  const text = (name: string): Fragment => asText(dialect, raw(name));
  const rows = <Row extends readonly [id: string, ...others: unknown[]]>(
    table: Fragment,
    items: readonly Fragment[],
    firstLimit: number,
  ): Promise<Row[]> =>
    readInPages<Row>((after, limit) => {
      const from = sql`FROM ${table} WHERE tenant = ${tenant} AND ${isInRange(dialect, 'text', raw('id'), { ...(after !== undefined && { after }) })}`;
      const sizes = items.map((item) => bytesOf(dialect, item));
      return selectIfSmall<Row>(db, items, sql`${from} ORDER BY id LIMIT ${raw(String(limit))}`, sizes);
    }, firstLimit);
  const segments = await rows<[id: string, title: string, rule: string | null]>(
    tables.segments,
    [text('id'), raw('title'), raw('rule')],
    SEGMENTS_PER_STATEMENT,
  );
  const links = await rows<[id: string, segmentId: string, courseId: string, rule: string | null, data: string | null]>(
    tables.links,
    [text('id'), text('segment_id'), text('course_id'), raw('rule'), raw('data')],
    LINKS_PER_STATEMENT,
  );
  return deepFreeze({
    segments: segments.map(
      ([id, title, rule]): Segment => ({ id, title, ...(rule !== null && { rule: JSON.parse(rule) }) }),
    ),
    links: links.map(
      ([id, segmentId, courseId, rule, data]): Link => ({
        id,
        segmentId,
        courseId,
        ...(rule !== null && { rule: JSON.parse(rule) }),
        ...(data !== null && { data: JSON.parse(data) }),
      }),
    ),
  });
}

/** Reads the works; content that was read before is not read again. Returns undefined if one was deleted in the meantime. */
async function readWorks(session: Session, works: readonly Work[]): Promise<readonly Unsettled[] | undefined> {
  const { catalogCache } = session.store;
  const contents = new Map<string, WorkContent>();
  const unsettled: Unsettled[] = [];
  for (const { stamp, ranges } of works) {
    const content = catalogCache.workContent(stamp) ?? (await readWorkContent(session, stamp));
    if (!content) return undefined;
    contents.set(stamp, content);
    unsettled.push(Object.freeze({ ...content, ranges: deepFreeze(ranges) }));
  }
  catalogCache.setWorkContents(contents);
  return Object.freeze(unsettled);
}

/** Reads one work alone, because each lists every link of its edit. */
async function readWorkContent(
  { db, store: { tables, tenant } }: Session,
  stamp: string,
): Promise<WorkContent | undefined> {
  const [found] = await select<[operation: string, links: string, courses: string, removed: string]>(
    db,
    [raw('operation'), raw('links'), raw('courses'), raw('removed_links')],
    sql`FROM ${tables.outstanding} WHERE tenant = ${tenant} AND stamp = ${stamp}`,
  );
  if (!found) return undefined;
  const [operation, links, courses, removedLinks] = found;
  return deepFreeze<WorkContent>({
    operation: JSON.parse(operation),
    links: JSON.parse(links),
    courses: JSON.parse(courses),
    removedLinks: JSON.parse(removedLinks),
  });
}

async function storeChange(
  session: Session,
  change: CatalogChange,
  unsettled: Unsettled,
  revision: number,
): Promise<void> {
  const { db, store } = session;
  const { tables, tenant } = store;
  session.recordWrite();
  await run(
    db,
    sql`INSERT INTO ${tables.catalog} (tenant, revision, content_id) VALUES (${tenant}, ${revision}, ${newStamp()}) ${onConflict(db.dialect, 'tenant', ['revision', 'content_id'])}`,
  );
  await deleteById(session, tables.segments, change.deleteSegments);
  await deleteById(session, tables.links, change.deleteLinks);
  await saveSegments(session, change.saveSegments);
  await saveLinks(session, change.saveLinks);
  await storeWork(session, unsettled, newStamp());
}

async function deleteById({ db, store: { tenant } }: Session, table: Fragment, ids: readonly string[]): Promise<void> {
  for (const some of splitIds(ids)) {
    await run(
      db,
      sql`DELETE FROM ${table} WHERE tenant = ${tenant} AND ${isOneOf(db.dialect, raw('id'), 'text', some)}`,
    );
  }
}

async function saveSegments({ db, store }: Session, segments: readonly Segment[]): Promise<void> {
  const { tables, tenant } = store;
  const rows = segments.map(({ id, title, rule }) => ({ id, title, rule: rule ? JSON.stringify(rule) : null }));
  for (const some of splitRows(rows)) {
    await run(
      db,
      sql`INSERT INTO ${tables.segments} (tenant, id, title, rule) SELECT ${tenant}, id, title, rule
          FROM ${rowsTable(db.dialect, { id: 'text', title: 'text', rule: 'text' }, some)} WHERE TRUE ${onConflict(db.dialect, 'tenant, id', ['title', 'rule'])}`,
    );
  }
}

async function saveLinks(session: Session, links: readonly Link[]): Promise<void> {
  const { db, store } = session;
  const { tables, tenant } = store;
  const { dialect } = db;
  const rows = links.map(({ id, segmentId, courseId, rule, data }) => ({
    ...{ id, segment: segmentId, course: courseId },
    rule: rule ? JSON.stringify(rule) : null,
    data: data ? JSON.stringify(data) : null,
  }));
  for (const some of splitRows(rows)) {
    await run(
      db,
      sql`INSERT INTO ${tables.links} (tenant, id, segment_id, course_id, rule, data) SELECT ${tenant}, id, segment, course, rule, data
          FROM ${rowsTable(dialect, { id: 'text', segment: 'text', course: 'text', rule: 'text', data: 'text' }, some)} WHERE TRUE
          ${onConflict(dialect, 'tenant, id', ['segment_id', 'course_id', 'rule', 'data'])}`,
    );
  }
  // Assignments by these links will follow, so their numbers are allocated here, once.
  await assignNumbers(
    session,
    links.map(({ id: linkId, courseId, segmentId }) => ({ courseId, linkId, segmentId })),
  );
}

/** Returns a stamp for new content. */
function newStamp(): string {
  return globalThis.crypto.randomUUID();
}
