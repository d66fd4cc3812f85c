import fc from 'fast-check';
import type { Course, Edit } from '../../src/model/catalog.js';
import type { Field, Learner, TrainingRecord } from '../../src/model/learner.js';
import {
  busyCourseIds,
  courseIds,
  courses,
  edits,
  learnerIds,
  learners,
  setups,
  type Wildness,
} from './arbitraries.js';
import { COURSES, DECLARATIONS, FIELDS } from './pools.js';

/** Something a host does on its own. */
export type HostStep =
  | { readonly do: 'save'; readonly learners: readonly Learner[] }
  | { readonly do: 'delete'; readonly ids: readonly string[] }
  | { readonly do: 'courses'; readonly courses: readonly Course[] }
  | { readonly do: 'drop courses'; readonly ids: readonly string[] }
  | { readonly do: 'fields'; readonly fields: readonly Field[] }
  | { readonly do: 'enrol' | 'unenrol'; readonly learnerId: string; readonly courseId: string }
  | {
      readonly do: 'train';
      readonly learnerId: string;
      readonly courseId: string;
      readonly status: TrainingRecord['status'];
    };

/** Something asked of the library. */
export type LibraryStep =
  | { readonly do: 'apply'; readonly edits: readonly Edit[] }
  | { readonly do: 'notice'; readonly ids: readonly string[] }
  | { readonly do: 'reconcile'; readonly courses?: readonly string[] };

/** One step of a history: plain JSON, so that a history that found a bug can be kept. */
export type Step = HostStep | LibraryStep;

/** Where a history begins: what the host has, and the edits that build the catalog. */
export interface Start {
  /** Absent: the host declares none. */
  readonly fields?: readonly Field[];
  readonly courses: readonly Course[];
  readonly learners: readonly Learner[];
  readonly inactive: 'freeze' | 'unenrol';
  readonly setup: readonly Edit[];
  /** What the host did before the library came: prior enrolments and training. */
  readonly prior: readonly HostStep[];
}

/** A whole history. */
export interface History {
  readonly start: Start;
  readonly steps: readonly Step[];
}

const enrol = fc.record({
  do: fc.constantFrom('enrol' as const, 'enrol' as const, 'unenrol' as const),
  learnerId: learnerIds,
  courseId: busyCourseIds,
});
const train = fc.record({
  do: fc.constant('train' as const),
  learnerId: learnerIds,
  courseId: busyCourseIds,
  status: fc.constantFrom('in-progress' as const, 'completed' as const, 'completed' as const),
});
const ids = fc.uniqueArray(learnerIds, { minLength: 1, maxLength: 4 });

/** Learners saved or removed. */
export function learnerSteps(wild: Wildness): fc.Arbitrary<HostStep> {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('save' as const),
        learners: fc.uniqueArray(learners(wild), { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('delete' as const),
        ids: fc.uniqueArray(learnerIds, { minLength: 1, maxLength: 2 }),
      }),
    },
  );
}

/** Individual enrolments and training records coming and going. */
export const individualSteps: fc.Arbitrary<HostStep> = fc.oneof(enrol, train, train);

/** Courses changing their method or going, and fields being declared otherwise: what freezes links and learners. */
export const freezingSteps: fc.Arbitrary<HostStep> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('courses' as const),
      courses: fc.array(courses, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('drop courses' as const),
      ids: fc.array(courseIds, { minLength: 1, maxLength: 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fields' as const),
      fields: fc.oneof(fc.constant(FIELDS), fc.constantFrom(...DECLARATIONS)),
    }),
  },
);

/** One to three edits stored together. */
export const applySteps = fc.record({
  do: fc.constant('apply' as const),
  edits: fc.array(edits, { minLength: 1, maxLength: 3 }),
});

const notices = fc.record({ do: fc.constant('notice' as const), ids });
const reconciles = fc.record(
  { do: fc.constant('reconcile' as const), courses: fc.uniqueArray(courseIds, { maxLength: 2 }) },
  { requiredKeys: ['do'] },
);

/** Any step at all. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: learnerSteps({ invalid: true, inactive: true }) },
  { weight: 3, arbitrary: individualSteps },
  { weight: 1, arbitrary: freezingSteps },
  { weight: 9, arbitrary: applySteps },
  { weight: 6, arbitrary: notices },
  { weight: 3, arbitrary: reconciles },
);

/** Initial states: all learners exist, and every course is by assignment only. */
export function starts(wild: Wildness = {}): fc.Arbitrary<Start> {
  return fc.record(
    {
      fields: fc.constant(FIELDS),
      courses: fc.constant(COURSES.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' }))),
      learners: fc.uniqueArray(learners(wild), { minLength: 3, maxLength: 10, size: 'max', selector: ({ id }) => id }),
      inactive: fc.constantFrom('freeze' as const, 'unenrol' as const),
      setup: setups,
      prior: fc.array(individualSteps, { maxLength: 24, size: 'max' }),
    },
    { requiredKeys: ['courses', 'learners', 'inactive', 'setup', 'prior'] },
  );
}

/** Histories of these steps, or of any. */
export function histories(
  of: fc.Arbitrary<Step> = steps,
  wild: Wildness = { invalid: true, inactive: true },
  maxLength = 12,
): fc.Arbitrary<History> {
  return fc.record({ start: starts(wild), steps: fc.array(of, { minLength: 1, maxLength, size: 'max' }) });
}

/** The step, and after a change of learners the notice that a host gives of it. */
export function noticed(step: Step): Step[] {
  if (step.do === 'save') return [step, { do: 'notice', ids: step.learners.map(({ id }) => id) }];
  return step.do === 'delete' ? [step, { do: 'notice', ids: step.ids }] : [step];
}

/** Steps that freeze no learner and no link: learners and individual enrolments are added and removed, edits are applied. */
export const calmSteps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: learnerSteps({}) },
  { weight: 1, arbitrary: individualSteps },
  { weight: 3, arbitrary: applySteps },
);
