import { describe, expect, it } from 'vitest';
import { affected } from '../../src/catalog/affected.js';
import { deleteSegment, link, saveSegment, unlink } from '../../src/catalog/edits.js';
import { evolve } from '../../src/catalog/evolve.js';
import { everyone, field } from '../../src/rules/build.js';
import { caught } from '../caught.js';
import { catalogOf, course } from './catalog-of.js';

const rule = field('site').equals('Bristol');
const base = catalogOf({
  courses: [course('c'), course('open', 'self-enrolment')],
  segments: [{ id: 's', title: 'Bristol', rule }],
  links: [
    { id: 'l', segmentId: 's', courseId: 'c', rule, data: { role: 'trainer' } },
    { id: 'o', segmentId: 's', courseId: 'open' },
  ],
});
const ends = { id: 'l', segmentId: 's', courseId: 'c' };
const [standing, other] = base.links;

describe('§5 an edit of a segment', () => {
  it('an edit of the title keeps the rule and affects no learner', () => {
    const after = evolve(base, [saveSegment({ id: 's', title: 'Bristol site' })]);
    expect(after.segments).toEqual([{ id: 's', title: 'Bristol site', rule }]);
    expect(affected(base, after)).toEqual({ links: [], courses: [] });
  });

  it('an edit of the rule keeps the title', () => {
    expect(evolve(base, [saveSegment({ id: 's', rule: everyone })]).segments).toEqual([
      { id: 's', title: 'Bristol', rule: everyone },
    ]);
  });

  it('null clears the rule, and an edit without keys changes nothing', () => {
    expect(evolve(base, [saveSegment({ id: 's', rule: null })]).segments).toEqual([{ id: 's', title: 'Bristol' }]);
    expect(evolve(base, [saveSegment({ id: 's' })])).toBe(base);
  });

  it('a new segment needs a rule or null, and its title defaults to its id', () => {
    expect(evolve(base, [saveSegment({ id: 't', rule: null })]).segments[1]).toEqual({ id: 't', title: 't' });
    const error = caught(() => evolve(base, [unlink('l'), saveSegment({ id: 't', title: 'T' })]));
    expect(error).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: [1, 'segment', 'rule'] }] } });
    const again = [unlink('l'), unlink('o'), deleteSegment('s'), saveSegment({ id: 's' })];
    expect(caught(() => evolve(base, again))).toMatchObject({ code: 'invalid_input' });
  });

  it('an edit builds on the earlier edits of the list', () => {
    const edits = [saveSegment({ id: 't', rule: everyone }), saveSegment({ id: 't', title: 'T' })];
    expect(evolve(base, edits).segments[1]).toEqual({ id: 't', title: 'T', rule: everyone });
  });
});

describe('§5 an edit of a link', () => {
  it('an edit of a link keeps the rule and the data that it leaves out', () => {
    expect(evolve(base, [link(ends)])).toBe(base);
    expect(evolve(base, [link({ ...ends, data: { role: 'learner' } })]).links).toEqual([
      { ...standing, data: { role: 'learner' } },
      other,
    ]);
    expect(evolve(base, [link({ ...ends, rule: everyone })]).links[0]).toEqual({ ...standing, rule: everyone });
  });

  it('null clears the rule and the data of a link', () => {
    expect(evolve(base, [link({ ...ends, rule: null, data: null })]).links[0]).toEqual(ends);
  });

  it('an edit of data affects no learner, even if the course and the rule are no longer valid', () => {
    const fields = [{ id: 'x', type: 'number' }] as const;
    const edits = [link({ ...ends, data: {} }), link({ ...other!, data: { role: 'x' } })];
    const after = evolve({ ...base, fields }, edits);
    expect(after.links.map(({ data }) => data)).toEqual([{}, { role: 'x' }]);
    expect(affected(base, after)).toEqual({ links: [], courses: [] });
  });

  it('links are duplicates by their rules, not by their data', () => {
    const twin = { ...ends, id: 'm', rule, data: { role: 'other' } };
    expect(caught(() => evolve(base, [link(twin)]))).toMatchObject({ code: 'duplicate_link' });
  });
});
