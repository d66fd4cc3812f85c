import { describe, expectTypeOf, it } from 'vitest';
import { compile, diff, explain, type Matcher } from '../../src/core.js';
import type { SmartEnrolments } from '../../src/engine/contract.js';
import {
  type AnySmartEnrolmentsError,
  type ErrorCode,
  type ErrorDetails,
  isSmartEnrolmentsError,
  SmartEnrolmentsError,
} from '../../src/errors/smart-enrolments-error.js';
import type { Catalog, Edit } from '../../src/model/catalog.js';
import type { Plan } from '../../src/model/diff.js';
import type { CourseId, LearnerId, LinkId, SegmentId } from '../../src/model/ids.js';
import type { Learner, Profile } from '../../src/model/learner.js';
import type { Condition, Rule } from '../../src/model/rule.js';
import { field } from '../../src/rules/build.js';

declare const enrolments: SmartEnrolments;
declare const plain: string;
declare const learnerId: LearnerId;
declare const courseId: CourseId;
declare const linkId: LinkId;
declare const segmentId: SegmentId;
declare const plan: Plan;

describe('ids', () => {
  it('an id accepts a plain string, and is one', () => {
    expectTypeOf(plain).toExtend<LearnerId>();
    expectTypeOf(learnerId).toExtend<string>();
    expectTypeOf(enrolments.explain).toBeCallableWith(plain, 'course');
    expectTypeOf(enrolments.explain).toBeCallableWith(learnerId, courseId);
  });

  it('ids of two kinds cannot be swapped', () => {
    expectTypeOf(courseId).not.toExtend<LearnerId>();
    // @ts-expect-error the course comes second
    enrolments.explain(courseId, learnerId);
    // @ts-expect-error a link is not unlinked by its segment
    const edit: Edit = { type: 'unlink', linkId: segmentId };
    // @ts-expect-error nor a learner looked at by a link
    enrolments.learnersChanged([linkId]);
    expectTypeOf(edit).toExtend<Edit>();
  });
});

describe('rules', () => {
  it('rules are JSON whose operators fit their values', () => {
    expectTypeOf<{ field: 'grade'; op: 'lt'; value: 7 }>().toExtend<Rule>();
    expectTypeOf<{ field: 'grade'; op: 'in'; value: [1, 2] }>().toExtend<Rule>();
    expectTypeOf<{ everyone: true }>().toExtend<Rule>();
    expectTypeOf(field('site').equals('Bristol')).toEqualTypeOf<Condition>();
  });

  it('malformed rules do not compile', () => {
    // @ts-expect-error booleans have no order
    const ordered: Rule = { field: 'active', op: 'lt', value: true };
    // @ts-expect-error text contains only text
    const contained: Rule = { field: 'site', op: 'contains', value: 7 };
    // @ts-expect-error a list is all text or all numbers
    const mixed: Rule = { field: 'grade', op: 'in', value: ['a', 1] };
    // @ts-expect-error there is no such operator
    const unknown: Rule = { field: 'site', op: 'matches', value: '.*' };
    // @ts-expect-error blank asks for no value
    const blank: Condition = { field: 'site', op: 'blank', value: '' };
    // @ts-expect-error not everyone is said with not
    const nobody: Rule = { everyone: false };
    // @ts-expect-error not takes one rule
    const many: Rule = { not: [{ everyone: true }] };
    // @ts-expect-error the builders know it too
    field('active').gte(true);
    expectTypeOf([ordered, contained, mixed, unknown, nobody, many]).toExtend<Rule[]>();
    expectTypeOf(blank).toExtend<Condition>();
  });
});

describe('edits, plans and learners', () => {
  it('apply and preview accept edits, plans and learners', () => {
    expectTypeOf(enrolments.apply).toBeCallableWith(plan);
    expectTypeOf(enrolments.apply).toBeCallableWith([{ type: 'unlink', linkId: 'l' }], { confirm: plan.fingerprint });
    expectTypeOf(enrolments.preview({ type: 'unlink', linkId: 'l' })).resolves.toEqualTypeOf<Plan>();
    expectTypeOf(enrolments.previewLearners({ learners: [] })).resolves.not.toExtend<Plan>();
    expectTypeOf<{ id: string; profile: { site: string; tags: string[]; left: null } }>().toExtend<Learner>();
  });

  it('malformed edits, plans and learners do not compile', () => {
    const { edits: _, ...incomplete } = plan;
    // @ts-expect-error a plan has edits
    enrolments.apply(incomplete);
    // @ts-expect-error a preview cannot be confirmed
    enrolments.preview([], { confirm: 'f' });
    // @ts-expect-error a link has a course
    const edit: Edit = { type: 'link', link: { id: 'l', segmentId: 's' } };
    // @ts-expect-error what is given out is readonly
    plan.edits.push(edit);
    // @ts-expect-error a profile holds no objects
    const profile: Profile = { address: { street: 'x' } };
    expectTypeOf(profile).toExtend<Profile>();
  });
});

describe('matchers', () => {
  it('a matcher shows only its catalog', () => {
    expectTypeOf(compile).returns.toEqualTypeOf<Matcher>();
    expectTypeOf<keyof Matcher & string>().toEqualTypeOf<'catalog'>();
    expectTypeOf<Matcher['catalog']>().toEqualTypeOf<Catalog>();
  });

  it('an object with a catalog is not a matcher', () => {
    expectTypeOf<{ readonly catalog: Catalog }>().not.toExtend<Matcher>();
    expectTypeOf(diff).parameter(0).toEqualTypeOf<Matcher>();
    expectTypeOf(explain).parameter(0).toEqualTypeOf<Matcher>();
  });
});

describe('errors', () => {
  it('an error has the details of its code', () => {
    const error: unknown = null;
    if (isSmartEnrolmentsError(error, 'removal_limit')) {
      expectTypeOf(error).toEqualTypeOf<SmartEnrolmentsError<'removal_limit'>>();
      expectTypeOf(error.code).toEqualTypeOf<'removal_limit'>();
      expectTypeOf(error.details.exceeded[0]!.found).toEqualTypeOf<number>();
      // @ts-expect-error these are the details of another code
      error.details.issues;
    }
    if (isSmartEnrolmentsError(error)) expectTypeOf(error).toEqualTypeOf<AnySmartEnrolmentsError>();
    // @ts-expect-error there is no such code
    isSmartEnrolmentsError(error, 'not_found');
    // @ts-expect-error the details must fit the code
    new SmartEnrolmentsError('catalog_conflict', { expected: 1 });
  });

  it('an exhaustive switch over the code narrows an error', () => {
    const error: unknown = null;
    if (!isSmartEnrolmentsError(error)) return;
    expectTypeOf(error.code).toEqualTypeOf<ErrorCode>();
    expectTypeOf(error).toExtend<SmartEnrolmentsError>();
    switch (error.code) {
      case 'invalid_input':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['invalid_input']>();
      case 'unknown_segment':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['unknown_segment']>();
      case 'unknown_course':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['unknown_course']>();
      case 'unknown_link':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['unknown_link']>();
      case 'course_not_by_assignment':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['course_not_by_assignment']>();
      case 'duplicate_link':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['duplicate_link']>();
      case 'segment_in_use':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['segment_in_use']>();
      case 'rule_cycle':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['rule_cycle']>();
      case 'catalog_conflict':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['catalog_conflict']>();
      case 'plan_stale':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['plan_stale']>();
      case 'removal_limit':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['removal_limit']>();
      case 'some_failed':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['some_failed']>();
      case 'work_outstanding':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['work_outstanding']>();
      case 'repository_failed':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['repository_failed']>();
      case 'contract_broken':
        return expectTypeOf(error.details).toEqualTypeOf<ErrorDetails['contract_broken']>();
      default:
        return expectTypeOf(error).toBeNever();
    }
  });
});
