import { createSmartEnrolments } from '../../../src/index.js';
import { watchedReconcile } from '../measure/resident.js';
import { SCALE } from '../measure/scale.js';
import { microseconds } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { catalogOf } from '../workload/catalog.js';
import { madeUpPeople } from '../workload/made-up-people.js';

/** Resident memory during a reconcile of very many learners, who are generated page by page. */
export async function run(): Promise<Findings> {
  const madeUp = madeUpPeople(catalogOf(SCALE.segments, SCALE.links), SCALE.people);
  const { wall, target, ...table } = await watchedReconcile(createSmartEnrolments(madeUp), SCALE.people);
  return {
    tables: [
      {
        title: `Reconcile of ${SCALE.people.toLocaleString('en')} people, made up page by page`,
        note: `${microseconds((wall * 1000) / SCALE.people)} a learner, making them up included; ${madeUp.written().toLocaleString('en')} assignments written.`,
        ...table,
      },
    ],
    targets: [target],
  };
}
