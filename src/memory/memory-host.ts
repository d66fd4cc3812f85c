import type { CourseId, LearnerId } from '../model/ids.js';
import type { TrainingRecord } from '../model/learner.js';
import { declaring, offering } from './catalog-steps.js';
import { checkIds, checkStatus, listOfIds, rowsWithIds } from './check-arguments.js';
import type { Host } from './host.js';
import type { Layer } from './layer.js';
import type { Learners } from './learners.js';
import type { Session } from './session.js';
import {
  emptyHoldings,
  type StoredHoldings,
  withIndividual,
  withoutIndividual,
  withTraining,
} from './stored-holdings.js';

/** Creates the LMS side. Learners, courses and fields change immediately; what a learner holds changes under the learner's lock. */
export function memoryHost(session: Session, people: Learners): Host {
  const { layer } = session;
  const change = (learnerId: LearnerId, next: (stored: StoredHoldings) => StoredHoldings): Promise<void> =>
    session.transaction([learnerId], (inside) => inside.layer.setHoldings(next(holdingsOf(inside.layer, learnerId))));

  return {
    async saveFields(fields) {
      layer.changeCatalog(declaring(rowsWithIds(fields, 'fields')));
    },
    async saveCourses(courses) {
      layer.changeCatalog(offering(rowsWithIds(courses, 'courses'), []));
    },
    async deleteCourses(ids) {
      layer.changeCatalog(offering([], listOfIds(ids)));
    },
    async saveLearners(learners) {
      people.save(rowsWithIds(learners, 'learners'));
    },
    async deleteLearners(ids) {
      people.delete(listOfIds(ids));
    },
    async enrolIndividually(learnerId: LearnerId, courseId: CourseId) {
      checkIds({ learnerId, courseId });
      await change(learnerId, (stored) => withIndividual(stored, courseId));
    },
    async unenrolIndividually(learnerId: LearnerId, courseId: CourseId) {
      checkIds({ learnerId, courseId });
      await change(learnerId, (stored) => withoutIndividual(stored, courseId));
    },
    async recordTraining(learnerId: LearnerId, courseId: CourseId, status: TrainingRecord['status']) {
      checkIds({ learnerId, courseId });
      checkStatus(status);
      await change(learnerId, (stored) => withTraining(stored, layer.pairs.training({ courseId, status })));
    },
    async state(learnerId) {
      checkIds({ learnerId });
      const [learner] = people.get([learnerId]);
      return { ...holdingsOf(layer, learnerId).holdings, ...(learner && { learner }) };
    },
    async archived(learnerId) {
      checkIds({ learnerId });
      return holdingsOf(layer, learnerId).archived;
    },
    async assignments() {
      return layer
        .holders({ limit: Number.POSITIVE_INFINITY })
        .flatMap((learnerId) =>
          holdingsOf(layer, learnerId).holdings.assignments.map((pair) => ({ learnerId, ...pair })),
        );
    },
  };
}

function holdingsOf(layer: Layer, learnerId: LearnerId): StoredHoldings {
  return layer.holdingsOf(learnerId) ?? emptyHoldings(learnerId);
}
