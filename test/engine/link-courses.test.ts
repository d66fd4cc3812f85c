import { describe, expect, it } from 'vitest';
import { all, any, type Edit, field, linkCourses, not } from '../../src/index.js';
import { at, numbered, segment, worldOf } from './world.js';

const idsOf = (edits: readonly Edit[]) => edits.map((edit) => (edit.type === 'link' ? edit.link.id : edit.type));
const senior = field('grade').gte(3);

describe('linkCourses', () => {
  it('builds a link for each course, each once, with the profile rule where there is one', () => {
    const edits = linkCourses('s', ['c2', 'c1', 'c2'], senior);
    const [first, second] = idsOf(edits);
    expect(edits).toEqual([
      { type: 'link', link: { id: first, segmentId: 's', courseId: 'c2', profile: senior } },
      { type: 'link', link: { id: second, segmentId: 's', courseId: 'c1', profile: senior } },
    ]);
    expect(linkCourses('s', [])).toEqual([]);
    expect(linkCourses('s', ['c1'])[0]).not.toHaveProperty('link.profile');
  });

  it('derives ids from segment, course and profile rule alone', () => {
    expect(linkCourses('s', ['c1', 'c2'])[1]).toEqual(linkCourses('s', ['c2'])[0]);
    const reordered = JSON.parse('{"value":3,"op":"gte","field":"grade"}');
    expect(idsOf(linkCourses('s', ['c1'], reordered))).toEqual(idsOf(linkCourses('s', ['c1'], senior)));
    const long = 'x'.repeat(1_000);
    const different = [
      linkCourses('s', ['c1']),
      linkCourses('s', ['c2']),
      linkCourses('t', ['c1']),
      linkCourses('s', ['c1'], senior),
      linkCourses('s', ['c1'], not(senior)),
      linkCourses('s', ['c1'], any(all(senior))),
      linkCourses('s","c', ['1']),
      linkCourses('s', ['","c1']),
      linkCourses(long, [long]),
      linkCourses(long, [`${long.slice(1)}y`]),
    ].flatMap(idsOf);
    expect(new Set(different).size).toBe(different.length);
    for (const id of different) expect(id.length).toBeLessThanOrEqual(1_000);
  });

  it('derives ids that can be read as long as they have 200 characters at most', () => {
    const course = (length: number) => 'x'.repeat(length - '["s",""]'.length);
    expect(idsOf(linkCourses('s', [course(200)]))).toEqual([JSON.stringify(['s', course(200)])]);
    expect(idsOf(linkCourses('s', [course(201)]))).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('answers the ids it always has, since those stored are told by them', () => {
    expect(idsOf(linkCourses('s', ['c1', 'c2'], senior))).toEqual([
      '["s","c1","a82c1201e4f30fdd"]',
      '["s","c2","a82c1201e4f30fdd"]',
    ]);
    expect(idsOf(linkCourses('s', ['c1']))).toEqual(['["s","c1"]']);
  });

  it('done again changes nothing', async () => {
    const edits = [segment('Bristol'), ...linkCourses('Bristol', ['c1', 'c2'])];
    const world = await worldOf(at('Bristol', ...numbered(2)), edits);
    expect(await world.held()).toHaveLength(4);
    const { revision, summary } = await world.engine.apply(linkCourses('Bristol', ['c2', 'c1', 'c3']));
    expect(revision).toBe(2);
    expect(summary).toMatchObject({ assigned: 2, courses: [{ courseId: 'c3' }] });
    expect((await world.engine.apply(linkCourses('Bristol', ['c1', 'c2', 'c3']))).revision).toBe(2);
  });

  it.each([
    [['s', ['c'], null], 'expected a rule, not null'],
    [['s', ['c'], ''], 'expected a rule, not text'],
    [['s', 'c1'], 'expected a list of ids, not text'],
    [['s', ['c', 5]], 'expected an id (text), not 5'],
    [['s', ['c'], { field: 'x', op: 'equals' }], 'value'],
    [[5, ['c']], 'segmentId: expected an id (text), not 5'],
  ])('refuses %j', (args, message) => {
    const call = () => linkCourses(...(args as Parameters<typeof linkCourses>));
    expect(call).toThrow(expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining(message) }));
  });
});
