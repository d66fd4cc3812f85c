import type { Edit } from '../model/catalog.js';
import type { By, Confirm, RunOptions, SmartEnrolmentsOptions, WhatIf } from '../model/options.js';
import { explain } from '../reconcile/explain/explain.js';
import type { Repositories } from '../repositories/repositories.js';
import {
  parseChange,
  parseEdits,
  parseExplainArguments,
  parseIds,
  parseOperationOptions,
  parseOptions,
  parseReconcileOptions,
  parseRepositories,
  parseRunOptions,
  parseTogether,
  parseWhatIf,
} from '../validate/parse.js';
import { readStates } from './batches/evaluate.js';
import type { SmartEnrolments } from './contract.js';
import { Engine } from './engine.js';
import { apply, preview } from './operations/apply.js';
import { settleAll } from './operations/outstanding.js';
import { learnersChanged, previewLearners, reconcile } from './operations/reevaluate.js';
import { withGivenPaths } from './where-given.js';

/**
 * Creates the object that a host calls, over the host's repositories (one per tenant).
 * @throws `invalid_input` if the repositories lack a method, or if an option is invalid.
 */
export function createSmartEnrolments(repositories: Repositories, options?: SmartEnrolmentsOptions): SmartEnrolments {
  const [host, parsed] = parseTogether<[Repositories, SmartEnrolmentsOptions]>(
    () => parseRepositories(repositories),
    () => parseOptions(options),
  );
  const engine = new Engine(host, parsed);
  return enrolmentsOver(() => engine.current());
}

/** Returns what a host calls, over the engine that `current` returns for each operation. Every operation checks its arguments. */
export function enrolmentsOver(current: () => Engine): SmartEnrolments {
  return {
    async preview(change, o) {
      const [edits, given] = parseTogether<[readonly Edit[], RunOptions]>(
        () => parseEdits(change),
        () => parseRunOptions(o),
      );
      return withGivenPaths(change, () => preview(current(), edits, given));
    },

    async previewLearners(whatIf, o) {
      const [assumed, given] = parseTogether<[Required<WhatIf>, RunOptions]>(
        () => parseWhatIf(whatIf),
        () => parseRunOptions(o),
      );
      return previewLearners(current(), assumed, given);
    },

    async apply(change, o) {
      const [parsedChange, given] = parseTogether<[ReturnType<typeof parseChange>, RunOptions & Confirm & By]>(
        () => parseChange(change),
        () => parseOperationOptions(o),
      );
      return withGivenPaths(change, () => apply(current(), parsedChange, given));
    },

    async learnersChanged(ids, o) {
      const [learnerIds, given] = parseTogether<[ReturnType<typeof parseIds>, RunOptions & Confirm & By]>(
        () => parseIds(ids),
        () => parseOperationOptions(o),
      );
      return learnersChanged(current(), learnerIds, given);
    },

    async reconcile(o) {
      return reconcile(current(), parseReconcileOptions(o));
    },

    async settle(o) {
      return settleAll(current(), parseRunOptions(o));
    },

    async explain(learnerId, courseId, o) {
      const [{ learnerId: learner, courseId: course }, given] = parseTogether<
        [ReturnType<typeof parseExplainArguments>, RunOptions]
      >(
        () => parseExplainArguments(learnerId, courseId),
        () => parseRunOptions(o),
      );
      given.signal?.throwIfAborted();
      const engine = current();
      const matcher = engine.matcher(await engine.repositories.catalog.load());
      const [state] = await readStates(engine.repositories, { ids: [learner] }, { courses: [course] });
      return explain(matcher, state!, course);
    },
  };
}
