import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chunk } from '../../src/reconcile/chunk.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { compiled } from '../catalog/compiled.js';
import { stateOf } from './state-of.js';

const SEGMENTS = ['q', 'r', 's', 't'];
const COURSES = ['a', 'b', 'c'];
const links = fc.uniqueArray(
  fc.record({ id: fc.nat(90), segment: fc.constantFrom(...SEGMENTS), course: fc.constantFrom(...COURSES) }),
  { selector: ({ id }) => id, maxLength: 80, size: 'max' },
);
const people = fc.array(
  fc.record({
    segments: fc.subarray(SEGMENTS),
    is: fc.constantFrom('active', 'active', 'active', 'inactive', 'gone', 'malformed'),
  }),
  { maxLength: 75, size: 'max' },
);
const policy = fc.constantFrom('freeze', 'unenrol');
const scope = fc.option(fc.subarray(COURSES), { nil: undefined });

describe('a chunk', () => {
  it('a chunk wants for each learner the links of their segments, in order, and nothing for a learner outside every audience', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(people, scope), { minLength: 1, maxLength: 3 }),
        links,
        policy,
        (crowds, all, inactive) => {
          const catalog = catalogOf({
            segments: SEGMENTS.map((id) => segment(id)),
            links: all.map(({ id, segment, course }) => link(String(id).padStart(2, '0'), segment, course)),
          });
          const matcher = compiled(catalog, { inactive });
          // Chunk after chunk uses the same memory.
          for (const [crowd, courses] of crowds) {
            const states = crowd.map(({ segments, is }, i) => {
              const learner = {
                profile: is === 'malformed' ? (null as never) : {},
                segments,
                active: is !== 'inactive',
              };
              return stateOf(`${i}`, { learner: is === 'gone' ? null : learner });
            });
            const chunk = new Chunk(matcher, courses ? matcher.views.of(courses) : matcher.views.whole, states);
            for (const [row, { segments, is }] of crowd.entries()) {
              const isInside = is === 'active' || (is === 'inactive' && inactive === 'freeze');
              const expected = matcher.links
                .filter(({ link }) => isInside && segments.includes(link.segmentId))
                .filter(({ link }) => !courses || courses.includes(link.courseId))
                .map(({ link }) => link.id);
              const { starts, links } = chunk.wanted;
              const wanted = [...links.subarray(starts[row], starts[row + 1])];
              expect(wanted.map((column) => matcher.links[column]!.link.id)).toEqual(expected);
              expect(chunk.invalid(row)?.kind).toBe(is === 'malformed' ? 'invalid-learner' : undefined);
              const isWithheld = is === 'inactive' && inactive === 'freeze';
              expect(chunk.withheld(row)?.kind).toBe(isWithheld ? 'inactive-learner' : undefined);
            }
          }
        },
      ),
    );
  });

  it('a chunk reports why a learner is withheld, and why another cannot be evaluated', () => {
    const matcher = compiled(catalogOf({}));
    const states = [
      stateOf('in', { learner: { profile: {}, active: false } }),
      stateOf('mal', { learner: { profile: 7 as never } }),
    ];
    const chunk = new Chunk(matcher, matcher.views.whole, states);
    expect([chunk.withheld(0), chunk.invalid(0), chunk.withheld(1), chunk.invalid(1)]).toEqual([
      {
        kind: 'inactive-learner',
        learnerId: 'in',
        reason: 'The learner is inactive, so their changes are withheld.',
      },
      undefined,
      undefined,
      { kind: 'invalid-learner', learnerId: 'mal', reason: 'The profile is a number.' },
    ]);
  });
});
