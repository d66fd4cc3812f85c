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
  it('that gives another title keeps the rule, and concerns nobody', () => {
    const after = evolve(base, [saveSegment({ id: 's', title: 'Bristol site' })]);
    expect(after.segments).toEqual([{ id: 's', title: 'Bristol site', rule }]);
    expect(affected(base, after)).toEqual({ links: [], courses: [] });
  });

  it('that gives another rule keeps the title', () => {
    expect(evolve(base, [saveSegment({ id: 's', rule: everyone })]).segments).toEqual([
      { id: 's', title: 'Bristol', rule: everyone },
    ]);
  });

  it('takes the rule away by null, and changes nothing without any key', () => {
    expect(evolve(base, [saveSegment({ id: 's', rule: null })]).segments).toEqual([{ id: 's', title: 'Bristol' }]);
    expect(evolve(base, [saveSegment({ id: 's' })])).toBe(base);
  });

  it('that makes one has a rule or null, and is called by its id where it has no title', () => {
    expect(evolve(base, [saveSegment({ id: 't', rule: null })]).segments[1]).toEqual({ id: 't', title: 't' });
    const error = caught(() => evolve(base, [unlink('l'), saveSegment({ id: 't', title: 'T' })]));
    expect(error).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: [1, 'segment', 'rule'] }] } });
    const again = [unlink('l'), unlink('o'), deleteSegment('s'), saveSegment({ id: 's' })];
    expect(caught(() => evolve(base, again))).toMatchObject({ code: 'invalid_input' });
  });

  it('builds on the edits before it in the list', () => {
    const edits = [saveSegment({ id: 't', rule: everyone }), saveSegment({ id: 't', title: 'T' })];
    expect(evolve(base, edits).segments[1]).toEqual({ id: 't', title: 'T', rule: everyone });
  });
});

describe('§5 an edit of a link', () => {
  it('keeps the rule and the data that it leaves out', () => {
    expect(evolve(base, [link(ends)])).toBe(base);
    expect(evolve(base, [link({ ...ends, data: { role: 'learner' } })]).links).toEqual([
      { ...standing, data: { role: 'learner' } },
      other,
    ]);
    expect(evolve(base, [link({ ...ends, rule: everyone })]).links[0]).toEqual({ ...standing, rule: everyone });
  });

  it('clears them by null', () => {
    expect(evolve(base, [link({ ...ends, rule: null, data: null })]).links[0]).toEqual(ends);
  });

  it('of data alone concerns nobody, whatever has become of the course and its rule', () => {
    const fields = [{ id: 'x', type: 'number' }] as const;
    const edits = [link({ ...ends, data: {} }), link({ ...other!, data: { role: 'x' } })];
    const after = evolve({ ...base, fields }, edits);
    expect(after.links.map(({ data }) => data)).toEqual([{}, { role: 'x' }]);
    expect(affected(base, after)).toEqual({ links: [], courses: [] });
  });

  it('is a duplicate by its rule, not by its data', () => {
    const twin = { ...ends, id: 'm', rule, data: { role: 'other' } };
    expect(caught(() => evolve(base, [link(twin)]))).toMatchObject({ code: 'duplicate_link' });
  });
});
