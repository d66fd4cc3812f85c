import { describe, expect, it } from 'vitest';
import type { View } from '../../src/catalog/view.js';
import { all, field } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from './catalog-of.js';
import { compiled } from './compiled.js';

const matcher = compiled(
  catalogOf({
    courses: [course('a'), course('b'), course('c'), course('shut', 'open')],
    segments: [segment('s', field('x').equals(1)), segment('t', field('y').equals(1)), segment('broken', all())],
    links: [
      link('1', 's', 'a'),
      link('2', 't', 'a'),
      link('3', 's', 'b'),
      link('4', 's', 'c', field('z').equals(1)),
      link('5', 'broken', 'c'),
      link('6', 't', 'c'),
      link('7', 's', 'shut'),
    ],
  }),
);
const slotOf = (id: string) => matcher.segments.slots.get(id)!;

/** The ids of the links of each audience of a view, and whether each link knows its audience. */
function audiencesOf({ audiences, links, firsts, audienceAt }: View): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const [i, slot] of audiences.entries()) {
    const of = [...links.subarray(firsts[i], firsts[i + 1])];
    for (const column of of) expect(audienceAt[column]).toBe(i);
    found.set(
      slot,
      of.map((column) => matcher.links[column]!.link.id),
    );
  }
  expect([firsts.length, firsts.at(-1)]).toEqual([audiences.length + 1, links.length]);
  return found;
}

describe('a view', () => {
  it('the view of all courses has every link in force with its audience', () => {
    const { whole } = matcher.views;
    expect(whole.courses).toBeUndefined();
    expect([...audiencesOf(whole)]).toEqual([
      [slotOf('s'), ['1', '3']],
      [slotOf('t'), ['2', '6']],
      [matcher.links.find(({ link: { id } }) => id === '4')!.audience, ['4']],
    ]);
    expect(whole.slice.fields.map(({ id }) => id).sort()).toEqual(['x', 'y', 'z']);
  });

  it('the view of some courses has their links, in order', () => {
    const view = matcher.views.of(['b', 'gone', 'a', 'shut']);
    expect([...view.courses!]).toEqual(['b', 'gone', 'a', 'shut']);
    expect([...audiencesOf(view)]).toEqual([
      [slotOf('s'), ['1', '3']],
      [slotOf('t'), ['2']],
    ]);
    expect(view.slice.fields.map(({ id }) => id).sort()).toEqual(['x', 'y']);
    expect(view.audienceAt).toHaveLength(matcher.links.length);
  });

  it('the view of no courses is empty', () => {
    for (const view of [matcher.views.of([]), matcher.views.of(['gone'])]) {
      expect([view.audiences.length, view.links.length, [...view.firsts]]).toEqual([0, 0, [0]]);
    }
  });

  it('consecutive requests for the same courses return the same view', () => {
    const { views } = matcher;
    const courses = ['a', 'b'];
    const view = views.of(courses);
    expect(views.of(['a', 'b'])).toBe(view);
    for (const others of [['a'], ['a', 'b', 'c'], ['a', 'c'], ['c', 'b'], ['b', 'a']]) {
      views.of(['a', 'b']);
      expect([...views.of(others).courses!]).toEqual(others);
    }
    const kept = views.of(courses);
    courses.push('c');
    expect(views.of(['a', 'b'])).toBe(kept);
    expect(views.of(courses)).not.toBe(kept);
  });
});
