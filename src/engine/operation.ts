import { compiledOf } from '../catalog/compiled-catalog.js';
import type { Matcher } from '../catalog/matcher.js';
import type { Link, Unsettled } from '../model/catalog.js';
import type { LearnerDiff } from '../model/diff.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Operation } from '../model/operation.js';
import type { By } from '../model/options.js';
import type { WriteContext } from '../repositories/repositories.js';
import type { Engine } from './engine.js';

/** The operation that batches are written for (semantics §8). */
export interface Cause {
  /** Returns the operation. Its revision is that of its first write. */
  operation(revision: number): Operation;
  /** The links that the operation removed. */
  readonly removedLinks: readonly Link[];
}

/** Makes a new operation. */
export function newOperation(kind: Operation['kind'], at: string, revision: number, { by }: By): Operation {
  return { id: globalThis.crypto.randomUUID(), kind, at, revision, ...by };
}

/** The work of an edit belongs to the edit's operation, whichever process settles it. */
export function causeOf({ operation, removedLinks }: Unsettled): Cause {
  return { operation: () => operation, removedLinks };
}

/** A notice or a reconcile; it becomes an operation with its first write. */
export class OwnOperation implements Cause {
  readonly removedLinks = [];
  /** The operation; absent until the first batch is about to be written. */
  started: Operation | undefined;
  readonly #at: string;

  constructor(
    engine: Engine,
    readonly kind: 'notice' | 'reconcile',
    readonly by: By,
  ) {
    this.#at = engine.instant();
  }

  operation(revision: number): Operation {
    this.started ??= newOperation(this.kind, this.#at, revision, this.by);
    return this.started;
  }
}

/** Makes the context for writing these diffs, which were computed with this catalog. */
export function contextOf(
  cause: Cause,
  revision: number,
  matcher: Matcher,
  diffs: readonly LearnerDiff[],
  at: string,
): WriteContext {
  const removed = new Map(cause.removedLinks.map((link) => [link.id, link]));
  const links = new Map<LinkId, Link>();
  const { linkIndex, links: matched } = compiledOf(matcher);
  const name = (linkId: LinkId, courseId: CourseId): void => {
    if (links.has(linkId)) return;
    const index = linkIndex.get(linkId);
    const known = [index === undefined ? undefined : matched[index]!.link, removed.get(linkId)];
    // The course of a link id never changes: an assignment on another course is by a link that was removed before (semantics §7.8).
    const link = known.find((each) => each?.courseId === courseId);
    if (link) links.set(linkId, link);
  };
  for (const { assigned, released, kept } of diffs) {
    for (const { linkId, courseId } of assigned) name(linkId, courseId);
    for (const { linkId, courseId } of released) name(linkId, courseId);
    for (const { by, courseId } of kept) for (const linkId of by) name(linkId, courseId);
  }
  return { operation: cause.operation(revision), at, links };
}
