import { expect, test } from 'vitest';
import {
  all,
  any,
  createSmartEnrolments,
  type Edit,
  everyone,
  field,
  inSegment,
  type Learner,
  type LearnerDiff,
  linkCourses,
  not,
  type Rule,
} from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { differing } from './differing.js';
import { Employees, type Post } from './employees.js';

/** Each segment as a rule, and as a plain function of an employee's post. */
const segments: Record<string, { rule: Rule; has(post: Post): boolean }> = {
  development: {
    rule: field('department').equals('Development'),
    has: ({ department }) => department === 'Development',
  },
  builders: {
    rule: any(
      all(field('department').equals('Development'), field('jobTitle').equals('Senior Engineer')),
      field('department').equals('Production'),
    ),
    has: ({ department, jobTitle }) =>
      (department === 'Development' && jobTitle === 'Senior Engineer') || department === 'Production',
  },
  engineers: {
    rule: field('jobTitle').endsWith('engineer'),
    has: ({ jobTitle }) => jobTitle?.endsWith('Engineer') ?? false,
  },
  'customer-facing': {
    rule: field('department').in(['Sales', 'Marketing', 'Customer Service']),
    has: ({ department = '' }) => ['Sales', 'Marketing', 'Customer Service'].includes(department),
  },
  gone: {
    rule: all(field('department').blank(), field('jobTitle').blank()),
    has: ({ department, jobTitle }) => department === undefined && jobTitle === undefined,
  },
  elsewhere: {
    rule: not(any(inSegment('engineers'), inSegment('customer-facing'), inSegment('gone'))),
    has: (post) => !['engineers', 'customer-facing', 'gone'].some((id) => segments[id]!.has(post)),
  },
  everyone: { rule: everyone, has: () => true },
};

const senior = (post: Post): boolean => post.jobTitle?.includes('Senior') ?? false;

/** The links: some courses have several, and one link is only for the seniors of a segment. */
const courses: Record<string, (post: Post) => boolean> = {
  'code-review': segments.development!.has,
  'machine-safety': segments.builders!.has,
  tooling: (post) => ['builders', 'engineers', 'development'].some((id) => segments[id]!.has(post)),
  'first-aid': (post) => segments['customer-facing']!.has(post) || segments.elsewhere!.has(post),
  alumni: segments.gone!.has,
  mentoring: senior,
};

const edits: Edit[] = [
  ...Object.entries(segments).map(
    ([id, { rule }]): Edit => ({ type: 'saveSegment', segment: { id, title: id, rule } }),
  ),
  ...linkCourses('development', ['code-review', 'tooling']),
  ...linkCourses('builders', ['machine-safety', 'tooling']),
  ...linkCourses('engineers', ['tooling']),
  ...linkCourses('customer-facing', ['first-aid']),
  ...linkCourses('elsewhere', ['first-aid']),
  ...linkCourses('gone', ['alumni']),
  ...linkCourses('everyone', ['mentoring'], { rule: field('jobTitle').contains('senior') }),
];

function start(learners: readonly Learner[]) {
  const repositories = createMemoryRepositories({
    fields: [
      { id: 'department', type: 'text' },
      { id: 'jobTitle', type: 'text' },
    ],
    courses: Object.keys(courses).map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })),
    learners,
  });
  return { host: repositories.host, enrolments: createSmartEnrolments(repositories) };
}

test('seventeen years of hirings, moves, promotions and departures, replayed date by date, give the expected enrolments', async () => {
  const employees = new Employees();
  const posts = new Map<string, Post>(employees.ids.map((id) => [id, {}]));
  const learners = (): Learner[] => [...posts].map(([id, post]) => ({ id, profile: { ...post } }));
  const { host, enrolments } = start(learners());
  const { summary } = await enrolments.apply(edits);
  expect(summary).toMatchObject({ learners: 10_000, enrolled: 10_000 });

  const agree = async (): Promise<void> => {
    const assignments = await host.assignments();
    const anew = start(learners());
    await anew.enrolments.apply(edits);
    const line = (assignment: object): string => JSON.stringify(assignment);
    expect(differing(assignments.map(line), (await anew.host.assignments()).map(line))).toEqual([]);

    const taken = [...posts].flatMap(([id, post]) =>
      Object.entries(courses).flatMap(([course, takes]) => (takes(post) ? [`${id} ${course}`] : [])),
    );
    const enrolled = assignments.map(({ learnerId, courseId }) => `${learnerId} ${courseId}`);
    expect(differing(enrolled, taken)).toEqual([]);
  };

  const { dates } = employees;
  expect(dates).toHaveLength(5882);
  let changes = 0;
  const moves: Move[] = [];
  const counted: Move[] = [];
  for (const [i, date] of dates.entries()) {
    const changed: Learner[] = [];
    for (const id of employees.concerned(date)) {
      const [before, now] = [posts.get(id)!, employees.asOf(id, date)];
      if (before.department === now.department && before.jobTitle === now.jobTitle) continue;
      posts.set(id, now);
      changed.push({ id, profile: { ...now } });
      for (const [course, takes] of Object.entries(courses)) {
        if (takes(now) !== takes(before)) counted.push({ date, id, course, move: takes(now) ? 'entered' : 'left' });
      }
    }
    expect(changed).not.toEqual([]);
    changes += changed.length;

    await host.saveLearners(changed);
    const ids = changed.map(({ id }) => id);
    await enrolments.learnersChanged(ids, { onDiff: (diffs) => void moves.push(...movesOf(date, diffs)) });
    if (i % 1500 === 1000) await agree();
  }
  await agree();

  expect(changes).toBe(17_766);
  expect(moves).toHaveLength(counted.length);
  const line = ({ date, id, course, move }: Move): string => [date, id, move, course].join(' ');
  expect(differing(moves.map(line), counted.map(line))).toEqual([]);

  const who = (course: string, move: Move['move']): string[] =>
    moves.filter((one) => one.course === course && one.move === move).map(({ id }) => id);
  expect(who('machine-safety', 'entered')).toHaveLength(4011);
  expect(who('machine-safety', 'left')).toHaveLength(919);
  expect((await host.assignments()).filter(({ courseId }) => courseId === 'machine-safety')).toHaveLength(3092);
  expect(new Set(who('code-review', 'entered')).size).toBe(2832);
  expect(new Set(who('code-review', 'left')).size).toBe(784);

  const found: LearnerDiff[] = [];
  await enrolments.reconcile({ onDiff: (diffs) => void found.push(...diffs) });
  expect(found).toEqual([]);
});

interface Move {
  readonly date: string;
  readonly id: string;
  readonly course: string;
  readonly move: 'entered' | 'left';
}

function movesOf(date: string, diffs: readonly LearnerDiff[]): Move[] {
  return diffs.flatMap(({ learnerId: id, enrolled, unenrolled }) => [
    ...enrolled.map(({ courseId: course }): Move => ({ date, id, course, move: 'entered' })),
    ...unenrolled.map(({ courseId: course }): Move => ({ date, id, course, move: 'left' })),
  ]);
}
