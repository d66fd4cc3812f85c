export { deleteSegment, link, saveSegment, unlink } from './catalog/edits.js';
export { ruleFromList } from './core/rule-from-list.js';
export { unlinkCourses } from './core/unlink-edits.js';
export type { SmartEnrolments } from './engine/contract.js';
export { createSmartEnrolments } from './engine/create.js';
export { linkCourses } from './engine/link-courses.js';
export { isRetryable } from './errors/retryable.js';
export {
  type AnySmartEnrolmentsError,
  type ErrorCode,
  type ErrorDetails,
  type InputIssue,
  isSmartEnrolmentsError,
  type LimitExceeded,
  SmartEnrolmentsError,
} from './errors/smart-enrolments-error.js';
export {
  BY_ASSIGNMENT_ONLY,
  type Catalog,
  type CatalogChange,
  type Course,
  type DeleteSegmentEdit,
  type Edit,
  type Json,
  type Link,
  type LinkData,
  type LinkEdit,
  type LinkPatch,
  type SaveSegmentEdit,
  type Segment,
  type SegmentPatch,
  type UnlinkEdit,
  type Unsettled,
  type UnsettledRange,
} from './model/catalog.js';
export type {
  Blocked,
  Cause,
  CourseSummary,
  Enrolled,
  Explanation,
  Hold,
  Kept,
  LearnerDiff,
  Miss,
  Outcome,
  OutstandingWork,
  Plan,
  Preview,
  Released,
  Remedy,
  Summary,
  Trace,
  Unenrolled,
} from './model/diff.js';
export type { LinkOptions } from './model/edit-options.js';
export type { CourseId, FieldId, Fingerprint, Id, LearnerId, LinkId, OperationId, SegmentId } from './model/ids.js';
export type {
  Assignment,
  Field,
  FieldType,
  Holdings,
  Learner,
  LearnerState,
  Profile,
  Scalar,
  TrainingRecord,
  UnreadableHoldings,
  UnreadableLearner,
} from './model/learner.js';
export type { Operation } from './model/operation.js';
export type {
  By,
  Confirm,
  Limit,
  Progress,
  ReconcileScope,
  RunOptions,
  SmartEnrolmentsOptions,
  WhatIf,
} from './model/options.js';
export type {
  AllRule,
  AnyRule,
  BlankCondition,
  Condition,
  EqualsCondition,
  EveryoneRule,
  NotRule,
  Operator,
  Rule,
  SegmentRule,
} from './model/rule.js';
export type {
  CatalogRepository,
  CommitOptions,
  EnrolmentRepository,
  HoldersQuery,
  LearnerQuery,
  LearnerRepository,
  LoadOptions,
  Matching,
  Repositories,
  SettledRange,
  WriteContext,
} from './repositories/repositories.js';
export {
  all,
  any,
  everyone,
  type FieldConditions,
  field,
  inSegment,
  not,
} from './rules/build.js';
export type { RuleList } from './rules/rule-list.js';
