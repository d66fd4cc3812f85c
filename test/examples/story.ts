import { type Edit, field, type Learner, linkCourses } from 'smart-enrolments';

/** Learners; the first ten already hold a course. */
export const learners: readonly Learner[] = Array.from({ length: 60 }, (_, i) => ({
  id: `learner-${String(i).padStart(2, '0')}`,
  profile: { site: i < 10 ? 'Leeds' : 'Bristol' },
}));

/** The state before the edit: a segment and a link that the edit removes. */
export const before: readonly Edit[] = [
  { type: 'saveSegment', segment: { id: 'leeds', title: 'Leeds', rule: field('site').equals('Leeds') } },
  { type: 'link', link: { id: 'leeds-welding', segmentId: 'leeds', courseId: 'welding' } },
];

/** The edit during which the process is killed: ten learners lose a course, fifty get another one. */
export const edits: readonly Edit[] = [
  { type: 'saveSegment', segment: { id: 'bristol', title: 'Bristol', rule: field('site').equals('Bristol') } },
  ...linkCourses('bristol', ['fire-safety']),
  { type: 'unlink', linkId: 'leeds-welding' },
];
