import { describe, expect, it } from 'vitest';
import { all, any, type Edit, field, linkCourses, not } from '../../src/index.js';
import { at, numbered, segment, worldOf } from './world.js';

const idsOf = (edits: readonly Edit[]) => edits.map((edit) => (edit.type === 'link' ? edit.link.id : edit.type));
const senior = field('grade').gte(3);

describe('linkCourses', () => {
  it('linkCourses builds one link for each course, with the rule if there is one', () => {
    const edits = linkCourses('s', ['c2', 'c1', 'c2'], { rule: senior });
    const [first, second] = idsOf(edits);
    expect(edits).toEqual([
      { type: 'link', link: { id: first, segmentId: 's', courseId: 'c2', rule: senior } },
      { type: 'link', link: { id: second, segmentId: 's', courseId: 'c1', rule: senior } },
    ]);
    expect(linkCourses('s', [])).toEqual([]);
    expect(linkCourses('s', ['c1'])[0]).toHaveProperty('link.rule', null);
  });

  it('linkCourses derives ids only from segment, course and rule', () => {
    expect(linkCourses('s', ['c1', 'c2'])[1]).toEqual(linkCourses('s', ['c2'])[0]);
    const reordered = JSON.parse('{"value":3,"op":"gte","field":"grade"}');
    expect(idsOf(linkCourses('s', ['c1'], { rule: reordered }))).toEqual(
      idsOf(linkCourses('s', ['c1'], { rule: senior })),
    );
    const long = 'x'.repeat(1_000);
    const different = [
      linkCourses('s', ['c1']),
      linkCourses('s', ['c2']),
      linkCourses('t', ['c1']),
      linkCourses('s', ['c1'], { rule: senior }),
      linkCourses('s', ['c1'], { rule: not(senior) }),
      linkCourses('s', ['c1'], { rule: any(all(senior)) }),
      linkCourses('s/c', ['1']),
      linkCourses('s', ['c/1']),
      linkCourses('s', ['c1/']),
      linkCourses('', ['']),
      linkCourses('s', ['c%2F1']),
      linkCourses('\ud83d', ['c1']),
      linkCourses('\ude00', ['c1']),
      linkCourses(long, [long]),
      linkCourses(long, [`${long.slice(1)}y`]),
    ].flatMap(idsOf);
    expect(new Set(different).size).toBe(different.length);
    for (const id of different) expect(id.length).toBeLessThanOrEqual(1_000);
  });

  it('linkCourses derives readable ids of up to 200 characters', () => {
    const course = (length: number) => 'x'.repeat(length - 's/'.length);
    expect(idsOf(linkCourses('s', [course(200)]))).toEqual([`s/${course(200)}`]);
    expect(idsOf(linkCourses('s', [course(201)]))).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    // Half of a character cannot be written in a URI.
    expect(idsOf(linkCourses('\ud83d', ['c']))).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('linkCourses derives the same ids in every version, because stored links are found by them', () => {
    const hash = 'a82c1201e4f30fdd';
    expect(idsOf(linkCourses('Head office', ['c/1'], { rule: senior }))).toEqual([
      expect.stringMatching(new RegExp(`^Head%20office/c%2F1/${hash}[0-9a-f]{16}$`)),
    ]);
    expect(idsOf(linkCourses('é', ['c1']))).toEqual(['%C3%A9/c1']);
  });

  it('linkCourses without a rule widens a narrowed link with the same id', async () => {
    const world = await worldOf(at('Bristol', 'a', 'b'), [segment('Bristol'), ...linkCourses('Bristol', ['c1'])]);
    const narrowed = { id: 'Bristol/c1', segmentId: 'Bristol', courseId: 'c1', rule: senior };
    expect((await world.engine.apply({ type: 'link', link: narrowed })).summary.released).toBe(2);
    expect((await world.engine.apply(linkCourses('Bristol', ['c1']))).summary.assigned).toBe(2);
  });

  it('linkCourses puts the data on each link; without data, a link keeps what it has', async () => {
    const world = await worldOf(at('Bristol', 'a'), [segment('Bristol'), ...linkCourses('Bristol', ['c1'])]);
    await world.engine.apply(linkCourses('Bristol', ['c1', 'c2'], { data: { role: 'trainer' } }));
    await world.engine.apply(linkCourses('Bristol', ['c1']));
    const { links } = await world.repositories.catalog.load();
    expect(links.map(({ data }) => data)).toEqual([{ role: 'trainer' }, { role: 'trainer' }]);
  });

  it('applying the edits of linkCourses again changes nothing', async () => {
    const edits = [segment('Bristol'), ...linkCourses('Bristol', ['c1', 'c2'])];
    const world = await worldOf(at('Bristol', ...numbered(2)), edits);
    expect(await world.held()).toHaveLength(4);
    const { revision, summary } = await world.engine.apply(linkCourses('Bristol', ['c2', 'c1', 'c3']));
    expect(revision).toBe(2);
    expect(summary).toMatchObject({ assigned: 2, courses: [{ courseId: 'c3' }] });
    expect((await world.engine.apply(linkCourses('Bristol', ['c1', 'c2', 'c3']))).revision).toBe(2);
  });

  it.each([
    [['s', ['c'], null], 'expected options (an object), not null'],
    [['s', ['c'], ''], 'expected options (an object), not text'],
    [['s', 'c1'], 'expected a list of ids, not text'],
    [['s', ['c', 5]], 'expected an id (text), not 5'],
    [['s', ['c'], { rule: { field: 'x', op: 'equals' } }], 'value'],
    [
      ['s', ['c'], { field: 'x', op: 'equals', value: 1 }],
      'linkCourses takes options: pass { rule: … } instead of the rule',
    ],
    [['s', ['c'], { data: 'trainer' }], 'data: expected a JSON object, not text'],
    [[5, ['c']], 'segmentId: expected an id (text), not 5'],
  ])('linkCourses rejects %j', (args, message) => {
    const call = () => linkCourses(...(args as Parameters<typeof linkCourses>));
    expect(call).toThrow(expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining(message) }));
  });
});
