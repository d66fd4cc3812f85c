import { describe, expect, it } from 'vitest';
import { evolve } from '../../src/catalog/evolve.js';
import type { Edit } from '../../src/model/catalog.js';
import type { Rule } from '../../src/model/rule.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { caught } from '../caught.js';
import { catalogOf, course, link, segment } from './catalog-of.js';

const save = (id: string, rule?: Rule): Edit => ({
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
  courses: [course('c'), course('d'), course('open', 'self-enrolment')],
  segments: [segment('s'), segment('t'), segment('u', inSegment('t'))],
  links: [link('l', 's', 'c'), link('p', 's', 'd', inSegment('t'))],
  fields: [
    { id: 'x', type: 'number' },
    { id: 'y', type: 'text' },
  ],
});
/** Segments each of which refers to the one before. */
const chain = (length: number, first = 0) =>
  Array.from({ length }, (_, i) => segment(`${first + i}`, first + i ? inSegment(`${first + i - 1}`) : everyone));
const nothing = { ...base, links: [], segments: [] };

describe('evolve rejects', () => {
  it.each<[string, Edit[], string, unknown]>([
    ['unlinking what is not linked', [unlink('m')], 'unknown_link', { linkIds: ['m'] }],
    ['deleting what is not there', [remove('z')], 'unknown_segment', { segmentIds: ['z'] }],
    ['all that is not linked', [unlink('m'), unlink('l'), unlink('n')], 'unknown_link', { linkIds: ['m', 'n'] }],
    ['deleting all that is not there', [remove('z'), remove('y')], 'unknown_segment', { segmentIds: ['z', 'y'] }],
    [
      '§5 linking unknown segments, all named once',
      [join('m', 'z', 'c'), join('n', 'y', 'c'), join('o', 'z', 'd')],
      'unknown_segment',
      { segmentIds: ['z', 'y'] },
    ],
    [
      "§7.7 a link's rule that refers to a missing segment",
      [join('m', 't', 'c', not(inSegment('z')))],
      'unknown_segment',
      { segmentIds: ['z'] },
    ],
    [
      '§7.7 a rule that refers to a missing segment',
      [save('v', any(inSegment('s'), all(inSegment('z'))))],
      'unknown_segment',
      { segmentIds: ['z'] },
    ],
    [
      '§5 linking unknown courses, all named once',
      [join('m', 't', 'e'), join('n', 't', 'f'), join('o', 's', 'e')],
      'unknown_course',
      { courseIds: ['e', 'f'] },
    ],
    [
      '§5 linking a course that is not by-assignment-only',
      [join('m', 't', 'open'), join('n', 's', 'open'), join('o', 't', 'c')],
      'course_not_by_assignment',
      { courses: [{ courseId: 'open', enrolmentMethod: 'self-enrolment' }] },
    ],
    [
      '§5 a link that repeats an existing one',
      [join('m', 's', 'c')],
      'duplicate_link',
      { links: [{ linkId: 'm', existing: 'l' }] },
    ],
    [
      '§5 a link that repeats another of the list',
      [join('m', 't', 'c', everyone), join('n', 't', 'c', everyone)],
      'duplicate_link',
      { links: [{ linkId: 'n', existing: 'm' }] },
    ],
    [
      '§5 changing a link so that it repeats an existing one',
      [join('m', 's', 'c', everyone), join('m', 's', 'c')],
      'duplicate_link',
      { links: [{ linkId: 'm', existing: 'l' }] },
    ],
    [
      '§5 an id that names another segment',
      [join('l', 't', 'c')],
      'duplicate_link',
      { links: [{ linkId: 'l', existing: 'l' }] },
    ],
    [
      '§5 an id that names another course',
      [join('l', 's', 'd')],
      'duplicate_link',
      { links: [{ linkId: 'l', existing: 'l' }] },
    ],
    [
      '§5 an id that named another course before the list',
      [unlink('l'), join('l', 's', 'd')],
      'duplicate_link',
      { links: [{ linkId: 'l', existing: 'l' }] },
    ],
    [
      '§5 an id that names another course in the list',
      [join('m', 't', 'c'), join('m', 't', 'd')],
      'duplicate_link',
      { links: [{ linkId: 'm', existing: 'm' }] },
    ],
    [
      "§5 deleting a segment that links, links' rules and segments' rules use",
      [remove('s'), remove('t')],
      'segment_in_use',
      {
        segments: [
          { segmentId: 's', links: ['l', 'p'], segments: [] },
          { segmentId: 't', links: ['p'], segments: ['u'] },
        ],
      },
    ],
    [
      '§5 deleting a segment and linking it',
      [remove('u'), join('m', 'u', 'c')],
      'segment_in_use',
      { segments: [{ segmentId: 'u', links: ['m'], segments: [] }] },
    ],
    ['§7.7 a segment that refers to itself', [save('s', inSegment('s'))], 'rule_cycle', { segmentIds: ['s'] }],
    [
      '§7.7 a cycle, in order of reference',
      [save('t', not(inSegment('v'))), save('v', any(everyone, inSegment('u')))],
      'rule_cycle',
      { segmentIds: ['t', 'v', 'u'] },
    ],
  ])('evolve rejects: %s', (_, edits, code, details) => {
    expect(caught(() => evolve(base, edits))).toEqual({ code, details });
  });

  it('§7.7 evolve rejects a segment that refers to a cycle, and reports only the cycle', () => {
    const circular = { ...nothing, segments: [segment('a', inSegment('b')), segment('b', inSegment('a'))] };
    const { details } = caught(() => evolve(circular, [save('v', inSegment('a'))]))!;
    expect(details).toEqual({ segmentIds: ['a', 'b'] });
    expect(evolve(circular, [save('v')]).segments).toHaveLength(3);
  });

  it.each<[string, Edit, string, (string | number)[]]>([
    ['§7.4 an undeclared field', save('v', field('z').blank()), 'unknown_field', ['segment', 'rule', 'field']],
    [
      '§7.4 an operator misfit',
      save('v', all(field('y').lt(1))),
      'operator_misfit',
      ['segment', 'rule', 'all', 0, 'op'],
    ],
    ['§7.4 a value misfit', join('m', 't', 'c', field('x').equals('1')), 'value_misfit', ['link', 'rule', 'value']],
    [
      '§7.5 a blank value',
      join('m', 't', 'c', not(field('y').equals(' '))),
      'blank_value',
      ['link', 'rule', 'not', 'value'],
    ],
    ['§7.5 an empty all', save('v', all()), 'empty_all', ['segment', 'rule', 'all']],
  ])('evolve rejects %s, with its path from the edits', (_, edit, code, path) => {
    const error = caught(() => evolve(base, [save('w'), edit]));
    expect(error).toMatchObject({ code: 'invalid_input', details: { issues: [{ code, path: [1, ...path] }] } });
  });

  it('evolve rejects all rules that cannot be evaluated, in the order of the edits, each in its last version', () => {
    const edits = [save('v', all()), join('m', 't', 'c', all()), save('w', all()), save('v', field('z').blank())];
    const { details } = caught(() => evolve(base, edits))!;
    expect((details as { issues: { path: unknown[] }[] }).issues.map(({ path }) => path[0])).toEqual([1, 2, 3]);
  });

  it('evolve rejects each segment with a chain of more than 50 references', () => {
    const fifty = { ...nothing, segments: chain(50) };
    const deep = (id: string, depth: number) => ({
      code: 'too_deep',
      path: [],
      message: `segment "${id}" would refer to others in a chain of ${depth} segments; the limit is 50`,
    });
    const error = caught(() =>
      evolve(fifty, [save('51', inSegment('50')), save('50', any(inSegment('3'), inSegment('49')))]),
    );
    expect(error).toMatchObject({ code: 'invalid_input', details: { issues: [deep('50', 51), deep('51', 52)] } });
    expect(caught(() => evolve(fifty, [save('0', inSegment('z')), save('z')]))?.details).toMatchObject({
      issues: [deep('49', 51)],
    });
    expect(evolve(fifty, [save('z', all(inSegment('48'), inSegment('0')))]).segments).toHaveLength(51);
  });

  it('evolve accepts every field if none is declared, and rejects every field if an empty list is declared', () => {
    const { fields: _, ...undeclared } = base;
    expect(evolve(undeclared, [save('v', field('z').equals('q'))]).segments).toHaveLength(4);
    expect(caught(() => evolve({ ...base, fields: [] }, [save('v', field('x').equals(1))]))?.code).toBe(
      'invalid_input',
    );
  });
});

describe('evolve accepts', () => {
  it.each<[string, Edit[]]>([
    ['§5 the same segment and course with another link rule', [join('m', 's', 'c', everyone)]],
    ['§5 the same course for another segment', [join('m', 't', 'c')]],
    ['§5 the same link rule for another course', [join('m', 's', 'c', inSegment('t'))]],
    ['§5 two links that change places', [join('l', 's', 'c', everyone), join('m', 's', 'c')]],
    ['§7.5 a segment with neither rule nor placements', [save('v')]],
    ['§7.5 an empty any', [save('v', any())]],
    ['§7.7 a segment that refers to segments that refer to segments', [save('v', inSegment('u'))]],
    ['§7.7 a diamond', [save('v', inSegment('t')), save('w', all(inSegment('u'), inSegment('v')))]],
    ['§5 a segment deleted together with its links', [remove('s'), unlink('l'), unlink('p')]],
    ['§5 a segment deleted together with the rules that referred to it', [remove('u')]],
  ])('evolve accepts: %s', (_, edits) => {
    expect(evolve(base, edits)).not.toBe(base);
  });

  it('evolve accepts chains that were already too long if they do not grow', () => {
    const deep = { ...nothing, segments: chain(60) };
    expect(evolve(deep, [save('z')]).segments).toHaveLength(61);
    expect(evolve(deep, [save('5', everyone)]).segments[5]).toEqual(segment('5', everyone));
    expect(caught(() => evolve(deep, [save('0', inSegment('z')), save('z')]))?.code).toBe('invalid_input');
  });

  it('evolve accepts existing duplicates that are not saved', () => {
    const twice = { ...base, links: [...base.links, link('m', 's', 'c')] };
    expect(evolve(twice, [join('n', 't', 'c')]).links).toHaveLength(4);
    expect(caught(() => evolve(twice, [join('m', 's', 'c', everyone), join('n', 's', 'c')]))?.details).toEqual({
      links: [{ linkId: 'n', existing: 'l' }],
    });
  });

  it('evolve accepts broken rules that are not saved', () => {
    const broken = { ...base, segments: [...base.segments, segment('v', field('gone').blank()), segment('w', all())] };
    expect(evolve(broken, [save('z')]).segments).toHaveLength(6);
  });
});

it('evolve renames a segment whose rule can no longer be evaluated', () => {
  const broken = { ...base, segments: [segment('s', field('gone').equals(1))], links: [] };
  const edit: Edit = { type: 'saveSegment', segment: { ...segment('s', field('gone').equals(1)), title: 'New' } };
  expect(evolve(broken, [edit]).segments[0]?.title).toBe('New');
});
