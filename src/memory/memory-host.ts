import type { CourseId, LearnerId } from '../model/ids.js';
import type { TrainingRecord } from '../model/learner.js';
import { declaring, offering } from './catalog-steps.js';
import { checkIds, checkStatus, listOfIds, rowsWithIds } from './check-arguments.js';
import { type Held, nothingHeld, withIndividual, withoutIndividual, withTraining } from './held.js';
import type { Host } from './host.js';
import type { Layer } from './layer.js';
import type { Learners } from './learners.js';
import type { Scope } from './scope.js';

/** Creates the LMS side. Learners, courses and fields change immediately; what a learner holds changes under the learner's lock. */
export function memoryHost(scope: Scope, people: Learners): Host {
  const { layer } = scope;
  const change = (learnerId: LearnerId, next: (held: Held) => Held): Promise<void> =>
    scope.transaction([learnerId], (inside) => inside.layer.hold(next(heldBy(inside.layer, learnerId))));

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
      await change(learnerId, (held) => withIndividual(held, courseId));
    },
    async unenrolIndividually(learnerId: LearnerId, courseId: CourseId) {
      checkIds({ learnerId, courseId });
      await change(learnerId, (held) => withoutIndividual(held, courseId));
    },
    async recordTraining(learnerId: LearnerId, courseId: CourseId, status: TrainingRecord['status']) {
      checkIds({ learnerId, courseId });
      checkStatus(status);
      await change(learnerId, (held) => withTraining(held, layer.pairs.training({ courseId, status })));
    },
    async state(learnerId) {
      checkIds({ learnerId });
      const [learner] = people.get([learnerId]);
      return { ...heldBy(layer, learnerId).holdings, ...(learner && { learner }) };
    },
    async archived(learnerId) {
      checkIds({ learnerId });
      return heldBy(layer, learnerId).archived;
    },
    async assignments() {
      return layer
        .holders({ limit: Number.POSITIVE_INFINITY })
        .flatMap((learnerId) => heldBy(layer, learnerId).holdings.assignments.map((pair) => ({ learnerId, ...pair })));
    },
  };
}

function heldBy(layer: Layer, learnerId: LearnerId): Held {
  return layer.held(learnerId) ?? nothingHeld(learnerId);
}
