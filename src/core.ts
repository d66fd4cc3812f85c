export { type Affected, affected } from './catalog/affected.js';
export { type CompileOptions, compile } from './catalog/compile.js';
export { deleteSegment, link, saveSegment, unlink } from './catalog/edits.js';
export { editsTo } from './catalog/edits-to.js';
export { evolve } from './catalog/evolve.js';
export type { Matcher } from './catalog/matcher.js';
export { unlinkCourses } from './catalog/unlink-courses.js';
export {
  type AnySmartEnrolmentsError,
  type ErrorCode,
  type ErrorDetails,
  type InputIssue,
  isSmartEnrolmentsError,
  type LimitExceeded,
  SmartEnrolmentsError,
} from './errors.js';
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
  UnsettledWork,
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
export type { CourseId, FieldId, Id, LearnerId, LinkId, SegmentId } from './model/ids.js';
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
export { isRetryable } from './model/retryable.js';
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
export { type DiffResult, diff, type Scope } from './reconcile/diff.js';
export { explain } from './reconcile/explain.js';
export { matches } from './reconcile/matches.js';
export { project } from './reconcile/project.js';
export {
  all,
  any,
  everyone,
  type FieldConditions,
  field,
  inSegment,
  not,
  type RuleList,
  ruleFromList,
} from './rules/build.js';
