import { createSmartEnrolments, field, linkCourses, type SmartEnrolments, saveSegment } from 'smart-enrolments';
import { createMemoryRepositories } from 'smart-enrolments/memory';
import { beforeEach, describe, expect, test } from 'vitest';
import { HrFeed, type HrRow } from './hr-feed.js';

let repositories: ReturnType<typeof createMemoryRepositories>;
let enrolments: SmartEnrolments;
let feed: HrFeed;
let mails: string[];

beforeEach(async () => {
  mails = [];
  repositories = createMemoryRepositories({
    courses: [
      { id: 'fire-safety', enrolmentMethod: 'by-assignment-only' },
      { id: 'welding', enrolmentMethod: 'by-assignment-only' },
    ],
  });
  enrolments = createSmartEnrolments(repositories, { inactive: 'unenrol' });
  await enrolments.apply([
    saveSegment({ id: 'bristol', title: 'Bristol', rule: field('site').equals('Bristol') }),
    saveSegment({ id: 'welders', title: 'Welders', rule: field('jobTitle').equals('Welder') }),
    ...linkCourses('bristol', ['fire-safety']),
    ...linkCourses('welders', ['welding', 'fire-safety']),
  ]);
  feed = new HrFeed(repositories.host, enrolments, async (to, subject) => {
    mails.push(`${to}: ${subject}`);
  });
});

const ada: HrRow = { employeeNumber: '007', site: 'Bristol', jobTitle: 'Engineer', employed: true };

describe('the HR feed', () => {
  test('the HR feed enrols a new starter and emails them', async () => {
    await feed.received([ada]);
    expect((await enrolments.explain('007', 'fire-safety')).enrolled).toBe(true);
    expect(mails).toEqual(['007: New course: fire-safety']);
  });

  test('the HR feed sends no email for a row that changes nothing for the learner', async () => {
    await feed.received([ada]);
    mails = [];
    await feed.received([ada]);
    expect(mails).toEqual([]);
  });

  test('a move that replaces one reason for a course by another leaves no gap', async () => {
    await feed.received([ada]);
    mails = [];
    await feed.received([{ ...ada, site: 'Leeds', jobTitle: 'Welder' }]);
    expect(mails).toEqual(['007: New course: welding']);
    expect((await repositories.host.state('007')).training).toContainEqual({
      courseId: 'fire-safety',
      status: 'in-progress',
    });
  });

  test('a leaver is unenrolled, and resumes their courses when they return', async () => {
    await feed.received([ada]);
    mails = [];
    await feed.received([{ ...ada, employed: false }]);
    await feed.received([ada]);
    expect(mails).toEqual(['007: You are no longer on fire-safety', '007: Welcome back to fire-safety']);
  });
});
