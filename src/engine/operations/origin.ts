import { compiledOf } from '../../catalog/compiled-catalog.js';
import type { Matcher } from '../../catalog/matcher.js';
import type { Catalog, Link, Unsettled } from '../../model/catalog.js';
import type { LearnerDiff } from '../../model/diff.js';
import type { CourseId, LinkId } from '../../model/ids.js';
import type { Operation } from '../../model/operation.js';
import type { By } from '../../model/options.js';
import type { WriteContext } from '../../repositories/repositories.js';
import type { Engine } from '../engine.js';

/** What writes originate from: the recorded operation that they are part of (semantics §8). */
export interface Origin {
  /** Returns the operation; `revision` is that of the catalog that decided the batch. */
  operation(revision: number): Operation;
  /** The links that the operation removed, by id. */
  readonly removedLinks?: ReadonlyMap<LinkId, Link>;
  /** The revision that the catalog must have reached. */
  readonly minRevision?: number;
  /** Whether another process has settled all of the work. */
  isSettled?(catalog: Catalog): boolean;
}

/** Begins an operation, and returns what makes it once its revision is known. */
export function beginOperation(engine: Engine, kind: Operation['kind'], { by }: By): (revision: number) => Operation {
  const id = globalThis.crypto.randomUUID();
  const at = engine.instant();
  return (revision) => Object.freeze({ id, kind, at, revision, ...by });
}

/** The work of an edit belongs to the edit's operation, whichever process settles it. */
export class EditOrigin implements Origin {
  readonly removedLinks: ReadonlyMap<LinkId, Link>;
  readonly minRevision: number;
  /** Whether a batch found that another process has settled all of the work. */
  isOver = false;
  readonly #operation: Operation;

  constructor({ operation, removedLinks }: Unsettled) {
    this.#operation = operation;
    this.minRevision = operation.revision;
    this.removedLinks = new Map(removedLinks.map((link) => [link.id, link]));
  }

  operation(): Operation {
    return this.#operation;
  }

  isSettled({ unsettled }: Catalog): boolean {
    this.isOver ||= !unsettled.some(({ operation }) => operation.id === this.#operation.id);
    return this.isOver;
  }
}

/** A notice (`learnersChanged`, recorded as `notice`) or a reconcile; it becomes an operation with its first write. */
export class OwnOrigin implements Origin {
  /** Set when the first batch is about to be written. */
  started: Operation | undefined;
  readonly #begin: (revision: number) => Operation;

  constructor(engine: Engine, kind: 'notice' | 'reconcile', by: By) {
    this.#begin = beginOperation(engine, kind, by);
  }

  operation(revision: number): Operation {
    this.started ??= this.#begin(revision);
    return this.started;
  }
}

/** Makes the context for writing these diffs, which were computed with this catalog. */
export function contextOf(
  origin: Origin,
  revision: number,
  matcher: Matcher,
  diffs: readonly LearnerDiff[],
  at: string,
): WriteContext {
  const links = new Map<LinkId, Link>();
  const { linkIndex, links: matched } = compiledOf(matcher);
  const name = (linkId: LinkId, courseId: CourseId): void => {
    if (links.has(linkId)) return;
    const index = linkIndex.get(linkId);
    const known = [index === undefined ? undefined : matched[index]!.link, origin.removedLinks?.get(linkId)];
    // An assignment of another course belongs to a link that was removed before (semantics §7.8).
    const link = known.find((each) => each?.courseId === courseId);
    if (link) links.set(linkId, link);
  };
  for (const { assigned, released, kept } of diffs) {
    for (const { linkId, courseId } of assigned) name(linkId, courseId);
    for (const { linkId, courseId } of released) name(linkId, courseId);
    for (const { by, courseId } of kept) for (const linkId of by) name(linkId, courseId);
  }
  return { operation: origin.operation(revision), at, links };
}
