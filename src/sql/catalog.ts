import { SmartEnrolmentsError } from '../errors.js';
import type { Catalog, CatalogChange, Link, Segment, Unsettled, UnsettledWork } from '../model/catalog.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { CatalogRepository, SettledWork } from '../repositories/repositories.js';
import { frozen } from './catalog-cache.js';
import { claimCatalog, shareCatalog } from './catalog-lock.js';
import { bytesOf } from './cell.js';
import { given, isOneOf, jsonArray, unlessThere } from './dialect.js';
import { ask, type Fragment, NO_DISK, raw, run, sql } from './fragment.js';
import { asText } from './id-kind.js';
import { inPages } from './in-pages.js';
import { inStatements } from './in-statements.js';
import { jsonOf } from './json.js';
import { inChunks } from './learner-rows.js';
import { checkSchemaOnce } from './migrate.js';
import { numbersOf } from './numbers.js';
import { inRange } from './range.js';
import { select, selectWithin } from './select.js';
import type { Session } from './session.js';

/** What a transaction is opened with: on nobody, or on these learners. */
export type Within = <T>(work: (inside: Session) => Promise<T>) => Promise<T>;

/** The catalog as stored: what admins edit in the library's tables, courses and fields in the host's. */
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
    commit: (change, { expected, unsettled }) =>
      within(async (inside) => {
        await claimCatalog(inside);
        inside.holdStill();
        const { revision: found } = await position(inside);
        if (found !== expected) throw new SmartEnrolmentsError('catalog_conflict', { expected, found });
        await store(inside, change, unsettled, found + 1);
        return found + 1;
      }),
    async settled(work) {
      session.check();
      await settle(session, work);
    },
  };
}

/** One piece of unsettled work, but for what it is about. */
type Progress = [revision: number, stamp: string, pass: Unsettled['pass'], after: string | null];

/** Where the catalog stands, and the works that are left. */
async function position({ db, setting: { tables, tenant } }: Session) {
  const { dialect } = db;
  const rows = await ask<[number, string] | Progress>(
    db,
    sql`SELECT ${jsonArray(dialect, [raw('revision'), raw('stamp')])} AS j FROM ${tables.catalog} WHERE tenant = ${tenant}
      UNION ALL SELECT ${jsonArray(dialect, [raw('revision'), raw('stamp'), raw('pass'), raw('after_id')])} AS j
      FROM ${tables.unsettled} WHERE tenant = ${tenant}`,
  );
  const [revision, stamp] = rows.find((row): row is [number, string] => row.length === 2) ?? [0, ''];
  const works = rows.filter((row): row is Progress => row.length === 4).sort(([a], [b]) => a - b);
  return { revision, stamp, works };
}

async function load(session: Session): Promise<Catalog> {
  const { db, setting } = session;
  const { catalog: cache, host } = setting;
  const { revision, stamp, works } = await position(session);
  const fields = cache.fields(await host.fields(db));
  const courses = cache.courses(await host.courses(db));
  const known = cache.own(stamp);
  const own = known ?? (await readOwn(session));
  // Somebody may have committed between these questions, outside a transaction: then they do not belong together.
  if (!known) {
    const { stamp: now } = await position(session);
    if (now !== stamp) return load(session);
    cache.keepOwn(stamp, own);
  }
  const unsettled = await readWorks(session, works);
  if (!unsettled) return load(session);
  return cache.whole({ revision, ...(fields && { fields }), courses, ...own, unsettled }, JSON.stringify(works));
}

/** How many rows are read in one statement, unless they are too large for one result. */
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
  const links = await rows<[id: string, segmentId: string, courseId: string, rule: string | null]>(
    tables.links,
    [text('id'), text('segment_id'), text('course_id'), raw('profile')],
    LINKS_AT_ONCE,
  );
  return frozen({
    segments: segments.map(
      ([id, title, rule]): Segment => ({ id, title, ...(rule !== null && { rule: JSON.parse(rule) }) }),
    ),
    links: links.map(
      ([id, segmentId, courseId, rule]): Link => ({
        id,
        segmentId,
        courseId,
        ...(rule !== null && { rule: JSON.parse(rule) }),
      }),
    ),
  });
}

/** What the works are about is read once; undefined where one is gone meanwhile. */
async function readWorks(
  { db, setting: { tables, tenant, catalog: cache } }: Session,
  works: readonly Progress[],
): Promise<readonly UnsettledWork[] | undefined> {
  const about = new Map(works.flatMap(([, stamp]) => [[stamp, cache.work(stamp)] as const]).filter(([, work]) => work));
  const unknown = works.filter(([, stamp]) => !about.has(stamp));
  if (unknown.length > 0) {
    // One by one, since each names every link of its edit.
    for (const [, wanted] of unknown) {
      const [found] = await select<[stamp: string, links: string, courses: string]>(
        db,
        [raw('stamp'), raw('links'), raw('courses')],
        sql`FROM ${tables.unsettled} WHERE tenant = ${tenant} AND stamp = ${wanted}`,
      );
      if (!found) return undefined;
      const [stamp, links, courses] = found;
      about.set(stamp, frozen({ links: JSON.parse(links) as LinkId[], courses: JSON.parse(courses) as CourseId[] }));
    }
  }
  cache.keepWorks(new Map(works.map(([, stamp]) => [stamp, about.get(stamp)!])));
  return Object.freeze(
    works.map(
      ([revision, stamp, pass, after]): UnsettledWork =>
        Object.freeze({ revision, ...about.get(stamp)!, pass, ...(after !== null && { after }) }),
    ),
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
    sql`INSERT INTO ${tables.catalog} (tenant, revision, stamp) VALUES (${tenant}, ${revision}, ${stampOf()}) ${unlessThere(dialect, 'tenant', ['revision', 'stamp'])}`,
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
    const rows = saveLinks.map(({ id, segmentId, courseId, rule }) => ({
      ...{ id, segment: segmentId, course: courseId },
      profile: rule ? JSON.stringify(rule) : null,
    }));
    for (const some of inStatements(rows)) {
      await run(
        db,
        sql`INSERT INTO ${tables.links} (tenant, id, segment_id, course_id, profile) SELECT ${tenant}, id, segment, course, profile
          FROM ${given(dialect, { id: 'text', segment: 'text', course: 'text', profile: 'text' }, some)} WHERE TRUE
          ${unlessThere(dialect, 'tenant, id', ['segment_id', 'course_id', 'profile'])}`,
      );
    }
    // Assignments by these links will follow: their numbers are given here, once.
    await numbersOf(
      session,
      saveLinks.map(({ id: linkId, courseId }) => ({ courseId, linkId })),
    );
  }
  await run(
    db,
    sql`INSERT INTO ${tables.unsettled} (tenant, revision, stamp, links, courses, pass, after_id) VALUES (${tenant}, ${revision}, ${stampOf()},
      ${jsonOf(unsettled.links)}, ${jsonOf(unsettled.courses)}, ${unsettled.pass}, ${unsettled.after ?? null})`,
  );
}

async function settle(session: Session, work: SettledWork): Promise<void> {
  const { db, setting } = session;
  const { tables, tenant } = setting;
  const { revision, pass, after, done } = work;
  session.writes();
  // If a crash of the server undoes it, some learners are looked at once more, and nothing is found.
  const soon = db.dialect === 'postgres' && !db.inTransaction ? sql`AND ${NO_DISK} IS NOT NULL` : raw('');
  const which = sql`WHERE tenant = ${tenant} AND revision = ${revision} ${soon}`;
  if (done) await run(db, sql`DELETE FROM ${tables.unsettled} ${which}`);
  else await run(db, sql`UPDATE ${tables.unsettled} SET pass = ${pass}, after_id = ${after ?? null} ${which}`);
}

/** Names a content that was not there before. */
function stampOf(): string {
  return globalThis.crypto.randomUUID();
}
