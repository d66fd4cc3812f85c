import { deepFreeze } from '../../collections/deep-freeze.js';
import { SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog, CatalogChange, Link, Segment, Unsettled } from '../../model/catalog.js';
import type { CatalogRepository } from '../../repositories/repositories.js';
import { bytesOf } from '../host/columns/cell.js';
import { given, isOneOf, jsonArray, unlessThere } from '../statement/dialect.js';
import { ask, type Fragment, raw, run, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';
import { inChunks } from '../statement/in-chunks.js';
import { inPages } from '../statement/in-pages.js';
import { inStatements } from '../statement/in-statements.js';
import { inRange } from '../statement/range.js';
import { select, selectWithin } from '../statement/select.js';
import type { About } from '../transaction/catalog-cache.js';
import { claimCatalog, shareCatalog } from '../transaction/catalog-lock.js';
import type { Session } from '../transaction/session.js';
import { numbersOf } from './numbers.js';
import { settleRange, storeWork } from './outstanding.js';
import { checkSchemaOnce, checkWriter } from './schema-row.js';

/** Runs work in a transaction that locks no learners. */
export type Within = <T>(work: (inside: Session) => Promise<T>) => Promise<T>;

/** The stored catalog: segments and links in the library's tables, courses and fields in the host's. */
export function catalogIn(session: Session, within: Within): CatalogRepository {
  return {
    async load() {
      session.check();
      await checkSchemaOnce(session);
      if (session.db.inTransaction && !session.still) {
        await shareCatalog(session);
        session.holdStill();
      }
      return load(session);
    },
    commit: (change, { expected: { revision: expected }, unsettled }) =>
      within(async (inside) => {
        await claimCatalog(inside);
        inside.holdStill();
        const { revision: found } = await position(inside);
        if (found !== expected) throw new SmartEnrolmentsError('catalog_conflict', { expected, found });
        await store(inside, change, unsettled, found + 1);
        return found + 1;
      }),
    async settled(progress) {
      session.check();
      if (session.db.inTransaction) await settleRange(session, progress, false);
      else await within((inside) => settleRange(inside, progress, true));
    },
  };
}

/** A piece of unsettled work: the ranges that are left, and the stamp that identifies its content. */
type Work = Pick<Unsettled, 'ranges'> & { readonly revision: number; readonly stamp: string };

/** Returns the catalog's revision and stamp, and the works that are left. Throws if the tables were migrated since, and this library may no longer write. */
async function position({ db, setting: { tables, tenant } }: Session) {
  const { dialect } = db;
  const rows = await ask<[description: string] | [number, string] | [number, string, ranges: string]>(
    db,
    sql`SELECT ${jsonArray(dialect, [raw('revision'), raw('content_id')])} AS j FROM ${tables.catalog} WHERE tenant = ${tenant}
      UNION ALL SELECT ${jsonArray(dialect, [raw('revision'), raw('stamp'), raw('ranges')])} AS j
      FROM ${tables.outstanding} WHERE tenant = ${tenant}
      UNION ALL SELECT ${jsonArray(dialect, [raw('description')])} AS j FROM ${tables.schema}`,
  );
  let [revision, stamp] = [0, ''];
  const works: Work[] = [];
  for (const row of rows) {
    if (row.length === 1) checkWriter(JSON.parse(row[0]));
    else if (row.length === 2) [revision, stamp] = row;
    else works.push({ revision: row[0], stamp: row[1], ranges: JSON.parse(row[2]) });
  }
  return { revision, stamp, works: works.sort((a, b) => a.revision - b.revision) };
}

async function load(session: Session): Promise<Catalog> {
  const { db, setting } = session;
  const { catalog: cache, host } = setting;
  const { revision, stamp, works } = await position(session);
  const fields = cache.fields(await host.fields(db));
  const courses = cache.courses(await host.courses(db));
  const known = cache.own(stamp);
  const own = known ?? (await readOwn(session));
  // Outside a transaction, another process may have committed between these queries; then the results do not belong together.
  if (!known) {
    const { stamp: now } = await position(session);
    if (now !== stamp) return load(session);
    cache.keepOwn(stamp, own);
  }
  const unsettled = await readWorks(session, works);
  if (!unsettled) return load(session);
  return cache.whole({ revision, ...(fields && { fields }), courses, ...own, unsettled }, JSON.stringify(works));
}

/** How many rows one statement reads, unless they are too large for one result. */
const SEGMENTS_AT_ONCE = 1_000;
const LINKS_AT_ONCE = 50_000;

async function readOwn({ db, setting: { tables, tenant } }: Session) {
  const { dialect } = db;
  const text = (name: string): Fragment => asText(dialect, raw(name));
  const rows = <Row extends readonly [id: string, ...others: unknown[]]>(
    table: Fragment,
    items: readonly Fragment[],
    atOnce: number,
  ): Promise<Row[]> =>
    inPages<Row>((after, limit) => {
      const from = sql`FROM ${table} WHERE tenant = ${tenant} AND ${inRange(dialect, 'text', raw('id'), { ...(after !== undefined && { after }) })}`;
      const sizes = items.map((item) => bytesOf(dialect, item));
      return selectWithin<Row>(db, items, sql`${from} ORDER BY id LIMIT ${raw(String(limit))}`, sizes);
    }, atOnce);
  const segments = await rows<[id: string, title: string, rule: string | null]>(
    tables.segments,
    [text('id'), raw('title'), raw('rule')],
    SEGMENTS_AT_ONCE,
  );
  const links = await rows<[id: string, segmentId: string, courseId: string, rule: string | null, data: string | null]>(
    tables.links,
    [text('id'), text('segment_id'), text('course_id'), raw('rule'), raw('data')],
    LINKS_AT_ONCE,
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
async function readWorks(
  { db, setting: { tables, tenant, catalog: cache } }: Session,
  works: readonly Work[],
): Promise<readonly Unsettled[] | undefined> {
  const about = new Map(works.flatMap(({ stamp }) => [[stamp, cache.work(stamp)] as const]).filter(([, work]) => work));
  const unknown = works.filter(({ stamp }) => !about.has(stamp));
  if (unknown.length > 0) {
    // One by one, because each lists every link of its edit.
    for (const { stamp: wanted } of unknown) {
      const [found] = await select<[operation: string, links: string, courses: string, removed: string]>(
        db,
        [raw('operation'), raw('links'), raw('courses'), raw('removed_links')],
        sql`FROM ${tables.outstanding} WHERE tenant = ${tenant} AND stamp = ${wanted}`,
      );
      if (!found) return undefined;
      const [operation, links, courses, removedLinks] = found;
      about.set(
        wanted,
        deepFreeze<About>({
          operation: JSON.parse(operation),
          links: JSON.parse(links),
          courses: JSON.parse(courses),
          removedLinks: JSON.parse(removedLinks),
        }),
      );
    }
  }
  cache.keepWorks(new Map(works.map(({ stamp }) => [stamp, about.get(stamp)!])));
  return Object.freeze(
    works.map(({ stamp, ranges }): Unsettled => Object.freeze({ ...about.get(stamp)!, ranges: deepFreeze(ranges) })),
  );
}

async function store(session: Session, change: CatalogChange, unsettled: Unsettled, revision: number): Promise<void> {
  const { db, setting } = session;
  const { tables, tenant } = setting;
  const { dialect } = db;
  const { saveSegments, deleteSegments, saveLinks, deleteLinks } = change;
  session.writes();
  await run(
    db,
    sql`INSERT INTO ${tables.catalog} (tenant, revision, content_id) VALUES (${tenant}, ${revision}, ${stampOf()}) ${unlessThere(dialect, 'tenant', ['revision', 'content_id'])}`,
  );
  for (const some of inChunks(deleteSegments)) {
    await run(
      db,
      sql`DELETE FROM ${tables.segments} WHERE tenant = ${tenant} AND ${isOneOf(dialect, raw('id'), 'text', some)}`,
    );
  }
  for (const some of inChunks(deleteLinks)) {
    await run(
      db,
      sql`DELETE FROM ${tables.links} WHERE tenant = ${tenant} AND ${isOneOf(dialect, raw('id'), 'text', some)}`,
    );
  }
  if (saveSegments.length > 0) {
    const rows = saveSegments.map(({ id, title, rule }) => ({ id, title, rule: rule ? JSON.stringify(rule) : null }));
    for (const some of inStatements(rows)) {
      await run(
        db,
        sql`INSERT INTO ${tables.segments} (tenant, id, title, rule) SELECT ${tenant}, id, title, rule
          FROM ${given(dialect, { id: 'text', title: 'text', rule: 'text' }, some)} WHERE TRUE ${unlessThere(dialect, 'tenant, id', ['title', 'rule'])}`,
      );
    }
  }
  if (saveLinks.length > 0) {
    const rows = saveLinks.map(({ id, segmentId, courseId, rule, data }) => ({
      ...{ id, segment: segmentId, course: courseId },
      rule: rule ? JSON.stringify(rule) : null,
      data: data ? JSON.stringify(data) : null,
    }));
    for (const some of inStatements(rows)) {
      await run(
        db,
        sql`INSERT INTO ${tables.links} (tenant, id, segment_id, course_id, rule, data) SELECT ${tenant}, id, segment, course, rule, data
          FROM ${given(dialect, { id: 'text', segment: 'text', course: 'text', rule: 'text', data: 'text' }, some)} WHERE TRUE
          ${unlessThere(dialect, 'tenant, id', ['segment_id', 'course_id', 'rule', 'data'])}`,
      );
    }
    // Assignments by these links will follow, so their numbers are allocated here, once.
    await numbersOf(
      session,
      saveLinks.map(({ id: linkId, courseId, segmentId }) => ({ courseId, linkId, segmentId })),
    );
  }
  await storeWork(session, unsettled, stampOf());
}

/** Returns a stamp for new content. */
function stampOf(): string {
  return globalThis.crypto.randomUUID();
}
