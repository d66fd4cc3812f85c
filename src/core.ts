export type { Affected } from './catalog/affected.js';
export type { CompileOptions } from './catalog/compile.js';
export { deleteSegment, link, saveSegment, unlink } from './catalog/edits.js';
export type { Matcher } from './catalog/matcher.js';
export { affected } from './core/affected.js';
export { compile } from './core/compile.js';
export { diff } from './core/diff.js';
export { editsTo } from './core/edits-to.js';
export { evolve } from './core/evolve.js';
export { explain } from './core/explain.js';
export { matches } from './core/matches.js';
export { project } from './core/project.js';
export { ruleFromList } from './core/rule-from-list.js';
export { unlinkCourses } from './core/unlink-edits.js';
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
export type {
  Catalog,
  Course,
  DeleteSegmentEdit,
  Edit,
  Json,
  Link,
  LinkData,
  LinkEdit,
  LinkPatch,
  SaveSegmentEdit,
  Segment,
  SegmentPatch,
  UnlinkEdit,
  Unsettled,
  UnsettledRange,
} from './model/catalog.js';
export type {
  Blocked,
  Cause,
  Enrolled,
  Explanation,
  Hold,
  Kept,
  LearnerDiff,
  Miss,
  Released,
  Remedy,
  Trace,
  Unenrolled,
} from './model/diff.js';
export type { EditScope, Wanted } from './model/edit-options.js';
export type { CourseId, FieldId, Id, LearnerId, LinkId, OperationId, SegmentId } from './model/ids.js';
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
export type { DiffResult, Scope } from './reconcile/diff.js';
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
