import { describe, expect, it } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import type { Catalog, Segment } from '../../src/model/catalog.js';
import { all, field, inSegment, not } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from './catalog-of.js';
import { compiled } from './compiled.js';

const fields = [{ id: 'x', type: 'number' }] as const;
const x = (value: number) => field('x').equals(value);
const s = segment('s', x(1));
const t = segment('t', not(inSegment('s')));
const u = segment('u', x(2));
const base = catalogOf({
  fields,
  segments: [s, t, u],
  links: [link('1', 't', 'c'), link('2', 'u', 'd', x(3))],
});
const saving = (catalog: Catalog, ...saved: Segment[]): Catalog => ({
  ...catalog,
  segments: [...catalog.segments.filter(({ id }) => !saved.some((one) => one.id === id)), ...saved],
});

describe('a catalog compiled from an earlier one', () => {
  const first = compiled(base);

  it('without changes, the slots and the program are the same', () => {
    const again = compiled({ ...base, revision: 8 }, { previous: first });
    expect([...again.segments.slots]).toEqual([...first.segments.slots]);
    expect(again.links.map(({ audience }) => audience)).toEqual(first.links.map(({ audience }) => audience));
    expect([again.program.size, again.firstSize]).toEqual([first.program.size, first.program.size]);
    expect(again.program).not.toBe(first.program);
  });

  it('a segment with a new rule, and segments that refer to it, have new slots', () => {
    const again = compiled(saving(base, segment('s', x(9))), { previous: first });
    const moved = ['s', 't', 'u'].filter((id) => again.segments.slots.get(id) !== first.segments.slots.get(id));
    expect(moved).toEqual(['s', 't']);
    expect(again.program.size).toBeGreaterThan(first.program.size);
    expect(again.firstSize).toBe(first.program.size);
  });

  it('a segment has a new slot if one of its references changed', () => {
    const both = segment('both', all(inSegment('s'), inSegment('u')));
    const before = compiled(saving(base, both));
    const after = compiled(saving(base, both, segment('s', x(9))), { previous: before });
    expect(after.segments.slots.get('u')).toBe(before.segments.slots.get('u'));
    expect(after.segments.slots.get('both')).not.toBe(before.segments.slots.get('both'));
  });

  it('a change of a referenced segment can break a segment and repair it', () => {
    const broken = compiled(saving(base, segment('s', all())), { previous: first });
    expect([...broken.segments.faults.keys()].sort()).toEqual(['s', 't']);
    expect([...broken.segments.slots.keys()]).toEqual(['u']);
    expect(broken.blocked.map(({ blocked }) => `${blocked.kind} ${blockedId(blocked)}`)).toEqual(['broken-link 1']);
    const repaired = compiled(base, { previous: broken });
    expect([...repaired.segments.faults]).toEqual([]);
    expect([...repaired.segments.slots.keys()].sort()).toEqual(['s', 't', 'u']);
    expect(repaired.blocked).toEqual([]);
  });

  it('a reference to a deleted segment is a fault until the segment is created again', () => {
    const gone = compiled({ ...base, segments: [t, u] }, { previous: first });
    expect(gone.segments.faults.get('t')).toBe('The rule of segment "t" refers to segment "s", which does not exist.');
    const back = compiled(base, { previous: gone });
    expect(back.segments.faults.size).toBe(0);
    expect(back.segments.slots.has('t')).toBe(true);
  });

  it('a new cycle is a fault, and a removed one is not', () => {
    const circular = compiled(saving(base, segment('s', inSegment('t'))), { previous: first });
    expect([...circular.segments.faults.keys()].sort()).toEqual(['s', 't']);
    expect(compiled(base, { previous: circular }).segments.faults.size).toBe(0);
  });

  it('compiling starts from scratch if the fields are another list, even an equal one', () => {
    const again = compiled({ ...base, fields: [...fields] }, { previous: first });
    expect(again.program.fields.get('x')).not.toBe(first.program.fields.get('x'));
    expect(compiled(base, { previous: first }).program.fields.get('x')).toBe(first.program.fields.get('x'));
    expect(again.firstSize).toBe(again.program.size);
  });

  it('compiling starts from scratch without declared fields, so that no unused field is checked', () => {
    const previous = compiled(catalogOf({ segments: [s] }));
    const again = compiled(catalogOf({ segments: [segment('s', field('y').equals(1))] }), { previous });
    expect([...again.program.fields.keys()]).toEqual(['y']);
  });

  it('compiling starts from scratch before more than half of the program is unused', () => {
    let matcher = first;
    const sizes: number[] = [];
    for (let i = 0; i < 60; i++) {
      matcher = compiled(saving(base, segment('u', x(100 + i))), { previous: matcher });
      sizes.push(matcher.program.size);
    }
    const { size } = first.program;
    expect(Math.max(...sizes)).toBeGreaterThan(2 * size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * size + 3);
    expect(sizes.filter((one) => one === size).length).toBeGreaterThan(2);
  });

  it('compiling extends a program of up to twice its first size', () => {
    const sized = (size: number) => {
      const previous = compiled(base);
      previous.program.size = size;
      return compiled(base, { previous }).program.size;
    };
    const { size } = first.program;
    expect(sized(2 * size)).toBe(2 * size);
    expect(sized(2 * size + 1)).toBe(size);
  });
});

describe('a compiled catalog', () => {
  it('all learners share the assignment of a link and the enrolments of a course', () => {
    const { pairs, courseAt, courses, linkIndex } = compiled({ ...base, courses: [course('c'), course('d')] });
    expect(pairs).toEqual([
      { courseId: 'c', linkId: '1', segmentId: 't' },
      { courseId: 'd', linkId: '2', segmentId: 'u' },
    ]);
    expect(courseAt).toEqual([...courses.values()]);
    expect(courseAt[1]).toMatchObject({
      courseId: 'd',
      from: 1,
      to: 2,
      start: { courseId: 'd', training: 'start' },
      resume: { courseId: 'd', training: 'resume' },
    });
    for (const shared of [pairs[0], courseAt[0]!.start, courseAt[0]!.resume])
      expect(Object.isFrozen(shared)).toBe(true);
    expect([...linkIndex]).toEqual([
      ['1', 0],
      ['2', 1],
    ]);
  });
});
