import { describe, expect, it } from 'vitest';
import {
  createSmartEnrolments,
  everyone,
  field,
  linkCourses,
  type Repositories,
  SmartEnrolmentsError,
} from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { rejection } from './world.js';

// What a host wrote for the names of 0.1 before they changed, and the error it gets now.

const rule = field('site').equals('Bristol');
const segment = { id: 'bristol', title: 'Bristol', rule };
const link = { id: 'l', segmentId: 'bristol', courseId: 'fire' };

function host() {
  const memory = createMemoryRepositories({
    courses: [{ id: 'fire', enrolmentMethod: 'by-assignment-only' }],
    learners: [{ id: 'ada', profile: { site: 'Bristol' } }],
  });
  return { memory, enrolments: createSmartEnrolments(memory) };
}

/** The library over an adapter that returns what an old one did. */
async function over(change: (memory: Repositories) => Partial<Repositories>) {
  const { memory, enrolments } = host();
  await enrolments.apply([
    { type: 'saveSegment', segment },
    { type: 'link', link },
  ]);
  const inside = (one: Repositories): Repositories => ({
    ...one,
    ...change(one),
    transaction: (ids, work) => one.transaction(ids, (within) => work(inside(within))),
  });
  return createSmartEnrolments(inside(memory));
}

describe('errors for a host that uses the old names', () => {
  it.each<[old: string, use: () => unknown, message: string]>([
    [
      'link.profile in an edit',
      () => host().enrolments.apply({ type: 'link', link: { ...link, profile: rule } as never }),
      'link.profile: "profile" is now "rule"',
    ],
    [
      'link.profile in a list of edits',
      () => host().enrolments.preview([{ type: 'link', link: { ...link, profile: rule } as never }]),
      '[0].link.profile: "profile" is now "rule"',
    ],
    [
      'linkCourses(segment, courses, rule)',
      async () => linkCourses('bristol', ['fire'], rule as never),
      'linkCourses takes options: pass { rule: … } instead of the rule',
    ],
    [
      'linkCourses(segment, courses, everyone)',
      async () => linkCourses('bristol', ['fire'], everyone as never),
      'linkCourses takes options: pass { rule: … } instead of the rule',
    ],
    [
      'preview({ learners })',
      () => host().enrolments.preview({ learners: [] } as never),
      'preview no longer takes learners: call previewLearners({ learners })',
    ],
    [
      'a segment of hand-placed members without a rule',
      () => host().enrolments.apply({ type: 'saveSegment', segment: { id: 'hand', title: 'By hand' } }),
      'segment.rule: a new segment needs "rule"; pass null for hand-placed members only',
    ],
    [
      'a plan of an earlier version',
      () => host().enrolments.apply({ edits: [], revision: 0, fingerprint: 'f', summary: {} } as never),
      'The plan cannot be read: another version of the library made it',
    ],
    [
      'an adapter whose links have profile',
      async () => {
        const enrolments = await over(({ catalog }) => ({
          catalog: {
            ...catalog,
            load: async () => {
              const loaded = await catalog.load();
              return { ...loaded, links: loaded.links.map((one) => ({ ...one, profile: rule })) };
            },
          },
        }));
        return enrolments.reconcile();
      },
      'links[0].profile: "profile" is now "rule"',
    ],
    [
      'an adapter that compares the revision with expected, which was a number',
      async () => {
        const enrolments = await over(({ catalog }) => ({
          catalog: {
            ...catalog,
            async commit(change, options) {
              const { revision: found } = await catalog.load();
              const expected = options.expected as unknown as number;
              if (found !== expected) throw new SmartEnrolmentsError('catalog_conflict', { expected, found });
              return catalog.commit(change, options);
            },
          },
        }));
        return enrolments.apply({ type: 'unlink', linkId: 'l' });
      },
      'It compares the revision with expected.revision: `expected` is an object.',
    ],
    [
      'an adapter that stores work by revision, pass and after',
      async () => {
        const old = { revision: 1, links: ['l'], courses: ['fire'], pass: 'holders', after: 'ada' };
        const enrolments = await over(({ catalog }) => ({
          catalog: { ...catalog, load: async () => ({ ...(await catalog.load()), unsettled: [old as never] }) },
        }));
        return enrolments.reconcile();
      },
      'unsettled[0].pass: unsettled work is stored as it was given to commit: "revision", "pass" and "after" are now "operation" and "ranges"',
    ],
    [
      'an adapter that records what is settled by revision',
      async () => {
        const enrolments = await over(({ catalog }) => ({
          catalog: {
            ...catalog,
            async settled(work) {
              const { revision } = work as unknown as { revision: number };
              const { unsettled } = await catalog.load();
              if (unsettled.some(({ operation }) => operation.revision === revision)) await catalog.settled(work);
            },
          },
        }));
        await enrolments.apply({ type: 'unlink', linkId: 'l' });
        return enrolments.apply([]);
      },
      'It removes ranges that are done, and work that has no ranges left.',
    ],
    [
      'an adapter whose assignments have no segmentId',
      async () => {
        const enrolments = await over(({ enrolments }) => ({
          enrolments: {
            ...enrolments,
            read: async (ids, options) =>
              (await enrolments.read(ids, options)).map((row) =>
                'unreadable' in row
                  ? row
                  : { ...row, assignments: row.assignments.map(({ segmentId: _, ...old }) => old as never) },
              ),
          },
        }));
        return enrolments.reconcile();
      },
      'It returns each assignment with the segmentId that was written with it',
    ],
  ])('the error for %s names the replacement', async (_, use, message) => {
    const error = await rejection(Promise.resolve().then(use));
    const { message: own, cause } = error as Error;
    expect([own, (cause as Error | undefined)?.message ?? ''].join('\n')).toContain(message);
  });
});
