import { createSmartEnrolments, type Edit, field, link, saveSegment } from 'smart-enrolments';
import { createMemoryRepositories } from 'smart-enrolments/memory';

// Your data; here in memory.
const repositories = createMemoryRepositories({
  fields: [{ id: 'site', title: 'Site', type: 'text' }],
  courses: [{ id: 'fire-safety', title: 'Fire safety', enrolmentMethod: 'by-assignment-only' }],
  learners: [
    { id: 'ada', profile: { site: 'Bristol' } },
    { id: 'grace', profile: { site: 'Leeds' } },
  ],
});
const enrolments = createSmartEnrolments(repositories);

// An admin defines a segment and links a course to it. Its learners are enrolled immediately.
const edits: Edit[] = [
  saveSegment({ id: 'bristol', title: 'Bristol site', rule: field('site').equals('Bristol') }),
  link({ id: 'bristol-fire', segmentId: 'bristol', courseId: 'fire-safety' }),
];
const plan = await enrolments.preview(edits);
console.log(`This would enrol ${plan.summary.enrolled} of 2 learners.`);
await enrolments.apply(plan);

// Grace moves to Bristol: store it, and notify the library.
await repositories.host.saveLearners([{ id: 'grace', profile: { site: 'Bristol' } }]);
const { summary } = await enrolments.learnersChanged(['grace']);
console.log(`Grace moved: ${summary.enrolled} enrolment started.`);
console.log((await enrolments.explain('grace', 'fire-safety')).text);
