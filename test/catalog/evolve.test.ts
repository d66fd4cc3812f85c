import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evolve } from '../../src/catalog/evolve.js';
import type { Catalog, Edit } from '../../src/model/catalog.js';
import { any, everyone, field, inSegment } from '../../src/rules/build.js';
import { expecting } from '../../src/testkit/fixtures.js';
import { caught } from '../caught.js';
import { printedBy } from '../docs/run.js';
import { catalogOf, course, link, segment } from './catalog-of.js';

const save = (id: string, rule?: Parameters<typeof segment>[1]): Edit => ({
  type: 'saveSegment',
  segment: { rule: null, ...segment(id, rule) },
});
const remove = (segmentId: string): Edit => ({ type: 'deleteSegment', segmentId });
const unlink = (linkId: string): Edit => ({ type: 'unlink', linkId });
const join = (...parts: Parameters<typeof link>): Edit => ({
  type: 'link',
  link: { rule: null, ...link(...parts) },
});

const base = catalogOf({
  courses: [course('c'), course('d')],
  segments: [segment('s'), segment('t', field('x').equals(1))],
  links: [link('l', 's', 'c')],
});

/** Freezes an object and all in it, so that writing to it throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) deepFreeze(inner);
  return value;
}

/** Whether anything in it is frozen. */
const anyFrozen = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (Object.isFrozen(value) || Object.values(value).some(anyFrozen));

describe('each edit', () => {
  it.each<[string, Edit[], Partial<Catalog>]>([
    ['create a segment', [save('u', everyone)], { segments: [...base.segments, segment('u', everyone)] }],
    ['replace a segment', [save('s', everyone)], { segments: [segment('s', everyone), base.segments[1]!] }],
    ['clear a rule', [save('t')], { segments: [base.segments[0]!, segment('t')] }],
    ['delete a segment', [remove('t')], { segments: [base.segments[0]!] }],
    ['add a link', [join('m', 't', 'd')], { links: [...base.links, link('m', 't', 'd')] }],
    ['narrow a link', [join('l', 's', 'c', everyone)], { links: [link('l', 's', 'c', everyone)] }],
    ['remove a link', [unlink('l')], { links: [] }],
  ])('evolve applies an edit: %s', (_, edits, outcome) => {
    expect(evolve(base, edits)).toEqual({ ...base, ...outcome });
  });

  it('evolve does not change the revision, unsettled work, courses and fields', () => {
    const unsettled = [expecting(6, { links: ['l'], courses: ['c'] }).unsettled];
    const before: Catalog = { ...base, unsettled, fields: [{ id: 'x', type: 'number' }] };
    const after = evolve(before, [unlink('l')]);
    expect(after.revision).toBe(7);
    for (const key of ['unsettled', 'courses', 'fields', 'segments'] as const) expect(after[key]).toBe(before[key]);
    expect(evolve(before, [save('u')]).links).toBe(before.links);
  });

  it('evolve accepts any text as an id', () => {
    for (const id of ['', '__proto__', 'constructor', '😀', '\ud800']) {
      const after = evolve(catalogOf({ courses: [course(id)] }), [save(id), join(id, id, id)]);
      expect(after.links).toEqual([link(id, id, id)]);
      expect(evolve(after, [unlink(id), remove(id)])).toMatchObject({ links: [], segments: [] });
    }
  });
});

describe('§5 edits in a list', () => {
  it.each<[string, Edit[], Partial<Catalog>]>([
    ['the last edit of an item counts', [save('s', everyone), save('s')], {}],
    ['a segment is saved and deleted', [save('u'), remove('u')], {}],
    ['a link is added and removed', [join('m', 't', 'd'), unlink('m')], {}],
    ['a link is removed and added again', [unlink('l'), join('l', 's', 'c')], {}],
    [
      'a segment is linked before it is saved',
      [join('m', 'u', 'd'), save('u')],
      { segments: [...base.segments, segment('u')], links: [...base.links, link('m', 'u', 'd')] },
    ],
    [
      'a segment is referred to before it is saved',
      [save('u', inSegment('v')), save('v')],
      { segments: [...base.segments, segment('u', inSegment('v')), segment('v')] },
    ],
    ['a segment is deleted before its links', [remove('s'), unlink('l')], { segments: [base.segments[1]!], links: [] }],
    [
      'a link is repeated and the first one unlinked after',
      [join('m', 's', 'c'), unlink('l')],
      { links: [link('m', 's', 'c')] },
    ],
    [
      'two segments refer to each other in between',
      [save('s', inSegment('t')), save('t', inSegment('s')), save('s')],
      { segments: [segment('s'), segment('t', inSegment('s'))] },
    ],
    ['a rule that cannot be evaluated is fixed', [save('s', { all: [] }), save('s')], {}],
    ['a rule that cannot be evaluated is deleted', [save('u', { all: [] }), remove('u')], {}],
    ['a course that does not exist is unlinked', [join('m', 't', 'nowhere'), unlink('m')], {}],
    [
      'a new link takes an id for another course',
      [join('m', 't', 'd'), unlink('m'), join('m', 's', 'd')],
      { links: [...base.links, link('m', 's', 'd')] },
    ],
  ])('edits apply in order and are checked on the outcome: %s', (_, edits, outcome) => {
    expect(evolve(base, edits)).toEqual({ ...base, ...outcome });
  });

  it('a list of edits is rejected as a whole', () => {
    expect(caught(() => evolve(deepFreeze(structuredClone(base)), [save('u'), unlink('m')]))).toEqual({
      code: 'unknown_link',
      details: { linkIds: ['m'] },
    });
  });

  it('an edit cannot remove what a later edit creates', () => {
    expect(caught(() => evolve(base, [remove('u'), save('u')]))?.code).toBe('unknown_segment');
    expect(caught(() => evolve(base, [unlink('m'), join('m', 't', 'd')]))?.code).toBe('unknown_link');
    expect(caught(() => evolve(base, [unlink('l'), unlink('l')]))?.code).toBe('unknown_link');
  });
});

describe('§5 saving what already exists', () => {
  const existing = evolve(base, [join('m', 't', 'd', any(everyone, field('x').in([1, 2])))]);
  it.each<[string, Edit[]]>([
    ['no edit at all', []],
    ['a segment', [save('s')]],
    ['a segment with its rule', [save('t', { op: 'equals', value: 1, field: 'x' })]],
    ['a link', [join('l', 's', 'c')]],
    ['a link with its rule', [join('m', 't', 'd', any(everyone, { value: [1, 2], op: 'in', field: 'x' }))]],
    ['other values in between', [save('s', everyone), join('l', 's', 'c', everyone), save('s'), join('l', 's', 'c')]],
    ['everything removed and added again', [unlink('l'), remove('s'), save('s'), join('l', 's', 'c')]],
    ['a new segment and link that are removed again', [save('u'), join('n', 'u', 'c'), unlink('n'), remove('u')]],
  ])('saving an equal item returns the same catalog: %s', (_, edits) => {
    expect(evolve(existing, edits)).toBe(existing);
  });

  it('saving another title changes the catalog', () => {
    const after = evolve(base, [{ type: 'saveSegment', segment: { ...segment('s'), title: 'New' } }]);
    expect(after.segments[0]).toEqual({ id: 's', title: 'New' });
  });

  it('an existing link is not checked again, even if its course can no longer be linked', () => {
    const stale = catalogOf({ courses: [course('c', 'open')], segments: [segment('s')], links: [link('l', 's', 'c')] });
    expect(evolve(stale, [join('l', 's', 'c')])).toBe(stale);
    expect(evolve(stale, [join('l', 's', 'c', everyone)]).links).toEqual([link('l', 's', 'c', everyone)]);
    expect(evolve(stale, [save('u')]).segments).toHaveLength(2);
  });
});

describe('what the caller passed', () => {
  const edits = (): Edit[] => [save('s', any(everyone)), join('m', 't', 'd', any(field('x').in([1]))), unlink('l')];

  it('evolve freezes neither its input nor its result', () => {
    const catalog = structuredClone(base);
    const list = structuredClone(edits());
    const after = evolve(catalog, list);
    expect([catalog, list, after].some(anyFrozen)).toBe(false);
  });

  it('evolve does not change its input, which may be frozen', () => {
    const catalog = deepFreeze(structuredClone(base));
    const list = deepFreeze(structuredClone(edits()));
    expect(evolve(catalog, list)).toEqual(evolve(base, edits()));
    expect(catalog).toEqual(base);
  });
});

describe("the host's own immer", () => {
  it('evolve does not enable drafts of Maps for the host', async () => {
    const script = fileURLToPath(new URL('immer-process.ts', import.meta.url));
    expect(await printedBy(script)).toBe('2 0 true\n');
  });
});
