import type { Edit } from '../model/catalog.js';
import type { Outcome } from '../model/diff.js';
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
import { readStates } from './batches/look.js';
import type { SmartEnrolments } from './contract.js';
import { Engine } from './engine.js';
import { guard } from './guard/guard.js';
import { apply, preview } from './operations/apply.js';
import { settleEach } from './operations/outstanding.js';
import { learnersChanged, previewLearners, reconcile } from './operations/survey.js';
import { Run } from './run.js';
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
  const engine = new Engine(guard(host), parsed);
  return {
    async preview(change, o) {
      const [edits, run] = parseTogether<[readonly Edit[], RunOptions]>(
        () => parseEdits(change),
        () => parseRunOptions(o),
      );
      return withGivenPaths(change, () => preview(engine, new Run('check', run), edits));
    },

    async previewLearners(whatIf, o) {
      const [assumed, run] = parseTogether<[Required<WhatIf>, RunOptions]>(
        () => parseWhatIf(whatIf),
        () => parseRunOptions(o),
      );
      return previewLearners(engine, new Run('check', run), assumed);
    },

    async apply(change, o) {
      const [parsedChange, run] = parseTogether<[ReturnType<typeof parseChange>, RunOptions & Confirm & By]>(
        () => parseChange(change),
        () => parseOperationOptions(o),
      );
      return withGivenPaths(change, () => apply(engine, parsedChange, run));
    },

    async learnersChanged(ids, o) {
      const [learnerIds, run] = parseTogether<[ReturnType<typeof parseIds>, RunOptions & Confirm & By]>(
        () => parseIds(ids),
        () => parseOperationOptions(o),
      );
      return learnersChanged(engine, learnerIds, run);
    },

    async reconcile(o) {
      return reconcile(engine, parseReconcileOptions(o));
    },

    async settle(o): Promise<Outcome> {
      const run = parseRunOptions(o);
      const writing = new Run('write', run);
      writing.checkpoint();
      const catalog = await engine.repositories.catalog.load();
      const [failed] = await settleEach(engine, writing, catalog, catalog.unsettled, run.confirm);
      if (failed) throw failed.error;
      return writing.conclude({ revision: catalog.revision, summary: writing.tally.summary(), outstanding: [] });
    },

    async explain(learnerId, courseId, o) {
      const [{ learnerId: learner, courseId: course }, run] = parseTogether<
        [ReturnType<typeof parseExplainArguments>, RunOptions]
      >(
        () => parseExplainArguments(learnerId, courseId),
        () => parseRunOptions(o),
      );
      run.signal?.throwIfAborted();
      const matcher = engine.matcher(await engine.repositories.catalog.load());
      const [state] = await readStates(engine.repositories, { ids: [learner] }, [course]);
      return explain(matcher, state!, course);
    },
  };
}
