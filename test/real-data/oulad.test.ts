import { beforeAll, expect, test } from 'vitest';
import {
  all,
  createSmartEnrolments,
  type Edit,
  field,
  type Holdings,
  type LearnerDiff,
  not,
  type Rule,
  type SmartEnrolments,
  type Summary,
} from '../../src/index.js';
import { createMemoryRepositories, type Host } from '../../src/memory/index.js';
import { differing } from './differing.js';
import { readOpenUniversity } from './open-university.js';

const { courses, learners, registrations } = readOpenUniversity();
const scots = learners.filter(({ profile }) => profile.region === 'Scotland');
const COURSE = 'FFF 2013J';

const saving = (id: string, rule: Rule): Edit => ({ type: 'saveSegment', segment: { id, title: id, rule } });
const linking = (segmentId: string, courseId: string, rule: Rule | null = null): Edit => ({
  type: 'link',
  link: { id: `${segmentId} ${courseId}`, segmentId, courseId, rule },
});
const unlinking = (segmentId: string, courseId: string): Edit => ({
  type: 'unlink',
  linkId: `${segmentId} ${courseId}`,
});
const fromScotland = field('region').equals('Scotland');

let host: Host;
let enrolments: SmartEnrolments;
/** The current registrations, each a learner and a course. */
let priors: ReadonlySet<string>;
/** The registrations that a diff starts or ends. */
let touched: string[];

const onDiff = (diffs: readonly LearnerDiff[]): void => {
  for (const { learnerId, enrolled, unenrolled } of diffs) {
    for (const { courseId } of [...enrolled, ...unenrolled]) {
      if (priors.has(`${learnerId} ${courseId}`)) touched.push(`${learnerId} ${courseId}`);
    }
  }
};
const apply = async (...edits: Edit[]): Promise<Summary> => (await enrolments.apply(edits, { onDiff })).summary;
const everyone = async (): Promise<Holdings[]> => Promise.all(learners.map(({ id }) => host.state(id)));
const individually = (states: readonly Holdings[]): string[] =>
  states.flatMap(({ learnerId, individual }) => individual.map((courseId) => `${learnerId} ${courseId}`));
const records = (states: readonly Holdings[]): Map<string, string> =>
  new Map(
    states.flatMap(({ learnerId, training }) =>
      training.map(({ courseId, status }) => [`${learnerId} ${courseId}`, status]),
    ),
  );
/** Those of these learners who are enrolled on the course by any means. */
const enrolledOn = (states: readonly Holdings[], courseId: string): string[] =>
  states
    .filter(
      ({ individual, assignments }) =>
        individual.includes(courseId) || assignments.some((assignment) => assignment.courseId === courseId),
    )
    .map(({ learnerId }) => learnerId);
const scottish = new Set(scots.map(({ id }) => id));
const ofScotland = (states: readonly Holdings[]): Holdings[] =>
  states.filter(({ learnerId }) => scottish.has(learnerId));

beforeAll(async () => {
  const repositories = createMemoryRepositories({
    fields: ['region', 'education', 'ageBand'].map((id) => ({ id, type: 'text' as const })),
    courses: courses.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })),
    learners,
  });
  host = repositories.host;
  enrolments = createSmartEnrolments(repositories);
  for (const { learnerId, courseId, unregistered, completed } of registrations) {
    await host.enrolIndividually(learnerId, courseId);
    await host.recordTraining(learnerId, courseId, completed ? 'completed' : 'in-progress');
    if (unregistered) await host.unenrolIndividually(learnerId, courseId);
  }
  touched = [];
  const standing = registrations.filter(({ unregistered }) => !unregistered);
  priors = new Set(standing.map(({ learnerId, courseId }) => `${learnerId} ${courseId}`));
});

test('link, edit and unlink change none of the real registrations', async () => {
  expect([learners.length, registrations.length, scots.length]).toEqual([28_785, 32_593, 2934]);
  const registered = registrations.filter(({ learnerId, courseId }) => courseId === COURSE && scottish.has(learnerId));
  const standing = registered.filter(({ unregistered }) => !unregistered).map(({ learnerId }) => learnerId);
  const aLevel = new Set(scots.filter(({ profile }) => profile.education.includes('A Level')).map(({ id }) => id));
  expect([registered.length, standing.length, aLevel.size]).toEqual([184 + 68, 184, 1826]);

  const before = await everyone();
  const untouched = async (): Promise<readonly Holdings[]> => {
    const now = await everyone();
    expect(differing(individually(now), priors)).toEqual([]);
    // Whatever happens to enrolments, every earlier record still exists unchanged.
    const found = records(now);
    const lost = [...records(before)].filter(([record, status]) => found.get(record) !== status);
    expect(lost.slice(0, 20)).toEqual([]);
    expect(touched.slice(0, 20)).toEqual([]);
    return now;
  };
  await untouched();

  // Retroactive: every student from Scotland starts immediately, or resumes if they had unregistered.
  const linked = await apply(saving('scotland', fromScotland), linking('scotland', COURSE));
  expect(linked).toMatchObject({
    assigned: 2934,
    enrolled: 2682 + 68,
    resumed: 68,
    unenrolled: 0,
    kept: 0,
    learners: 2934,
  });
  expect(enrolledOn(ofScotland(await untouched()), COURSE)).toHaveLength(2934);

  // The segment is narrowed: exactly those who leave it and had not registered are unenrolled.
  const narrowed = await apply(saving('scotland', all(fromScotland, field('education').contains('a level'))));
  const leaving = scots.filter(({ id }) => !aLevel.has(id));
  const staying = leaving.filter(({ id }) => standing.includes(id));
  expect(narrowed).toMatchObject({
    released: 2934 - 1826,
    unenrolled: leaving.length - staying.length,
    kept: staying.length,
    archived: 0,
    enrolled: 0,
  });
  const held = [...aLevel, ...staying.map(({ id }) => id)];
  expect(differing(enrolledOn(ofScotland(await untouched()), COURSE), held)).toEqual([]);

  // The link is also narrowed by age; then both are widened again.
  await apply(linking('scotland', COURSE, field('ageBand').equals('0-35')));
  const young = scots.filter(({ id, profile }) => aLevel.has(id) && profile.ageBand === '0-35').map(({ id }) => id);
  const smart = (await host.assignments()).map(({ learnerId }) => learnerId);
  expect(differing(smart, young)).toEqual([]);
  await untouched();
  const widened = await apply(saving('scotland', fromScotland), linking('scotland', COURSE));
  expect(widened).toMatchObject({ assigned: 2934 - young.length, released: 0 });
  expect(widened.resumed).toBe(widened.enrolled);
  expect(enrolledOn(ofScotland(await untouched()), COURSE)).toHaveLength(2934);

  // Unlinked: exactly those who had registered themselves remain. A record is archived only if the learner completed the course by the link.
  const diligent = scots.filter(({ id }) => !registered.some(({ learnerId }) => learnerId === id)).slice(0, 10);
  for (const { id } of diligent) await host.recordTraining(id, COURSE, 'completed');
  const unlinked = await apply(unlinking('scotland', COURSE));
  expect(unlinked).toMatchObject({ released: 2934, unenrolled: 2682 + 68, kept: 184, archived: 10 });
  expect(await Promise.all(diligent.map(({ id }) => host.archived(id)))).toEqual(diligent.map(() => [COURSE]));
  expect(differing(enrolledOn(ofScotland(await untouched()), COURSE), standing)).toEqual([]);
  expect(await host.assignments()).toEqual([]);
});

test('overlapping segments change neither each other nor the registrations', async () => {
  const london = all(field('region').equals('London Region'), field('education').equals('No Formal quals'));
  const older = not(field('ageBand').equals('0-35'));
  const wanted = learners.flatMap(({ id, profile: { region, education, ageBand } }) => [
    ...(region === 'London Region' && education === 'No Formal quals' ? [`${id} AAA 2014J`, `${id} BBB 2014J`] : []),
    ...(ageBand !== '0-35' ? [`${id} BBB 2014J`] : []),
  ]);
  const starting = new Set(wanted.filter((enrolment) => !priors.has(enrolment)));

  const linked = await apply(
    ...[saving('london', london), linking('london', 'AAA 2014J'), linking('london', 'BBB 2014J')],
    ...[saving('older', older), linking('older', 'BBB 2014J')],
  );
  expect(linked).toMatchObject({ assigned: wanted.length, enrolled: starting.size });

  const released = await apply(unlinking('older', 'BBB 2014J'));
  expect(released.unenrolled + released.kept).toBe(released.released);
  expect(await apply(unlinking('london', 'AAA 2014J'), unlinking('london', 'BBB 2014J'))).toMatchObject({
    unenrolled: starting.size - released.unenrolled,
  });
  expect(differing(individually(await everyone()), priors)).toEqual([]);
  expect(touched.slice(0, 20)).toEqual([]);
  expect((await enrolments.reconcile({ onDiff })).summary.learners).toBe(0);
});
