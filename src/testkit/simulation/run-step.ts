import type { Outcome } from '../../model/diff.js';
import type { World } from '../world.js';
import type { Process } from './process.js';
import type { HostStep, LibraryStep } from './step.js';

/** Runs a step of the host. */
export async function runHostStep({ host }: World, step: HostStep): Promise<void> {
  switch (step.do) {
    case 'save':
      return host.saveLearners(step.learners);
    case 'delete':
      return host.deleteLearners(step.ids);
    case 'method':
      return host.saveCourses([{ id: step.courseId, enrolmentMethod: step.method }]);
    case 'fields':
      return host.saveFields(step.fields);
    case 'enrol':
      return host.enrolIndividually(step.learnerId, step.courseId);
    case 'unenrol':
      return host.unenrolIndividually(step.learnerId, step.courseId);
    case 'train':
      return host.recordTraining(step.learnerId, step.courseId, step.status);
    case 'spoil':
    case 'repair':
      // The processes of the library take unreadable rows from the expected state.
      return;
    default:
      step satisfies never;
  }
}

/** Runs a step of the library in a process. */
export async function runLibraryStep(process: Process, step: LibraryStep): Promise<Outcome> {
  const { library, actor } = process;
  const by = { actor: actor ?? 'a user', reason: step.do };
  switch (step.do) {
    case 'apply':
      process.edits = step.edits;
      return library.apply(step.edits, { by });
    case 'plan': {
      process.edits = step.edits;
      const plan = await library.preview(step.edits);
      return library.apply(plan, { by });
    }
    case 'notice':
      return library.learnersChanged(step.ids, { by });
    case 'reconcile':
      return library.reconcile({ by, ...(step.courses && { courses: step.courses }) });
    default:
      return library.settle();
  }
}
