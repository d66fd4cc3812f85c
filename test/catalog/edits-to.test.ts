import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsTo, evolve, isSmartEnrolmentsError, unlinkCourses } from '../../src/core.js';
import { everyone, field } from '../../src/rules/build.js';
import { setups } from '../model/arbitraries.js';
import { COURSES, FIELDS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { catalogOf, course, link, segment } from './catalog-of.js';

const base = catalogOf({
  courses: [course('c'), course('d')],
  segments: [segment('s', everyone), segment('t', field('x').equals(1))],
  links: [link('1', 's', 'c'), link('2', 's', 'd'), link('3', 't', 'c', everyone)],
});
const all = { segments: () => true, links: () => true };
const none = { segments: () => false };

describe('editsTo', () => {
  it('editsTo saves what differs, and deletes only what the scope allows', () => {
    const wanted = { segments: [segment('s', everyone)], links: [link('1', 's', 'c'), link('4', 's', 'c', everyone)] };
    expect(editsTo(base, wanted, none)).toEqual([
      { type: 'link', link: { ...link('4', 's', 'c', everyone), data: null } },
    ]);
    expect(editsTo(base, wanted, { links: ({ segmentId }) => segmentId === 't' }).map(({ type }) => type)).toEqual([
      'unlink',
      'link',
    ]);
    const after = evolve(base, editsTo(base, wanted, all));
    expect(after.segments).toEqual(wanted.segments);
    expect(after.links).toEqual(wanted.links);
  });

  it('editsTo sets exactly the wanted values and clears missing ones', () => {
    const wanted = { segments: [segment('t')], links: [link('3', 't', 'c')] };
    expect(editsTo(base, wanted, none)).toEqual([
      { type: 'saveSegment', segment: { id: 't', title: 'T', rule: null } },
      { type: 'link', link: { id: '3', segmentId: 't', courseId: 'c', rule: null, data: null } },
    ]);
    expect(editsTo(base, base, all)).toEqual([]);
  });

  it('the edits change any catalog to any other', () => {
    const empty = catalogOf({ fields: FIELDS, courses: COURSES.map((id) => course(id)) });
    fc.assert(
      fc.property(setups, setups, (one, other) => {
        let [before, after] = [empty, empty];
        try {
          [before, after] = [evolve(empty, one), evolve(empty, other)];
        } catch (error) {
          fc.pre(!isSmartEnrolmentsError(error));
          throw error;
        }
        // An id of a link names one segment and course for good.
        const ends = new Map(before.links.map(({ id, segmentId, courseId }) => [id, `${segmentId} ${courseId}`]));
        fc.pre(
          after.links.every(({ id, segmentId, courseId }) =>
            [undefined, `${segmentId} ${courseId}`].includes(ends.get(id)),
          ),
        );
        const reached = evolve(before, editsTo(before, after, all));
        const sorted = <Item extends { readonly id: string }>(items: readonly Item[]) =>
          items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(reached.segments)).toEqual(sorted(after.segments));
        expect(sorted(reached.links)).toEqual(sorted(after.links));
        expect(editsTo(reached, after, all)).toEqual([]);
      }),
      runs(100),
    );
  });

  it.each<[string, unknown, unknown, string]>([
    ['no scope', { segments: [], links: [] }, undefined, 'a scope (what may be deleted)'],
    ['a scope that names nothing', { segments: [], links: [] }, {}, 'to delete nothing, pass () => false'],
    ['a list of links only', { links: [] }, all, 'segments: expected a list'],
    ['one id twice', { segments: [segment('s'), segment('s')], links: [] }, all, 'another of the segments'],
    ['a segment without title', { segments: [{ id: 's' }], links: [] }, all, 'title: expected text'],
    ['an old name', { segments: [], links: [{ ...link('1', 's', 'c'), profile: everyone }] }, all, 'is now "rule"'],
  ])('editsTo rejects %s', (_, wanted, scope, message) => {
    const expected = { code: 'invalid_input', message: expect.stringContaining(message) };
    expect(() => editsTo(base, wanted as never, scope as never)).toThrow(expect.objectContaining(expected));
  });
});

describe('unlinkCourses', () => {
  it('unlinkCourses removes every link of the segment to these courses, whatever its rule', () => {
    const more = { ...base, links: [...base.links, link('4', 's', 'c', everyone)] };
    expect(unlinkCourses(more, 's', ['c', 'c', 'gone']).map(({ linkId }) => linkId)).toEqual(['1', '4']);
    expect(unlinkCourses(base, 'u', ['c'])).toEqual([]);
  });

  it('unlinkCourses rejects an invalid catalog, id and list', () => {
    const expected = {
      code: 'invalid_input',
      message: expect.stringMatching(/segmentId: expected an id[\s\S]*courseIds: expected a list/),
    };
    expect(() => unlinkCourses({} as never, 5 as never, 'c' as never)).toThrow(expect.objectContaining(expected));
  });
});
