import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compiledOf } from '../../src/catalog/compiled-catalog.js';
import {
  type Catalog,
  type Course,
  compile,
  diff,
  type Edit,
  evolve,
  isSmartEnrolmentsError,
  type LearnerState,
} from '../../src/core.js';
import { courses, edits, learners, setups } from '../model/arbitraries.js';
import { DECLARATIONS } from '../model/pools.js';
import { runs } from '../model/runs.js';

/** A value that no rule can evaluate: it freezes the learners who have it, but only if a rule of the catalog uses the field. */
const STRANGE = { site: {} as unknown as string };

const crowds = fc
  .array(learners({ invalid: true, inactive: true, traps: true }), { minLength: 1, maxLength: 40, size: 'max' })
  .map((people) => people.map((who, i) => (i % 3 === 0 ? { ...who, profile: { ...who.profile, ...STRANGE } } : who)))
  .map((people) => people.map((who, i) => ({ ...who, id: `${who.id}#${i}` })));

const begun = fc.record({ offered: fc.array(courses), fields: fc.constantFrom(undefined, DECLARATIONS[0]!) });

/** What happens to a catalog: edits, the host's courses, or its declared fields; the last seldom. */
const changes = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(edits, { minLength: 1, maxLength: 3 }).map((list) => (it: Catalog) => edited(it, list)),
  },
  { weight: 2, arbitrary: courses.map((course) => (it: Catalog) => offering(it, course)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(undefined, ...DECLARATIONS).map((fields) => (it: Catalog) => declaring(it, fields)),
  },
);

function edited(catalog: Catalog, list: readonly Edit[]): Catalog {
  try {
    return evolve(catalog, list);
  } catch (error) {
    if (isSmartEnrolmentsError(error)) return catalog;
    throw error;
  }
}

function declaring({ fields: _, ...rest }: Catalog, fields: Catalog['fields']): Catalog {
  return { ...rest, ...(fields && { fields }) };
}

function offering(catalog: Catalog, course: Course): Catalog {
  return { ...catalog, courses: [...catalog.courses.filter(({ id }) => id !== course.id), course] };
}

it('a catalog compiled from an earlier one returns the same diffs as one compiled from scratch, and the earlier one stays unchanged', () => {
  let again = 0;
  fc.assert(
    fc.property(setups, begun, fc.array(changes, { minLength: 1, maxLength: 6 }), crowds, (...given) => {
      const [setup, { offered, fields }, history, people] = given;
      const states = people.map(
        (learner): LearnerState => ({ learnerId: learner.id, learner, assignments: [], individual: [], training: [] }),
      );
      const offer = new Map(offered.map((course) => [course.id, course]));
      for (const edit of setup) {
        if (edit.type !== 'link' || offer.has(edit.link.courseId)) continue;
        offer.set(edit.link.courseId, { id: edit.link.courseId, enrolmentMethod: 'by-assignment-only' });
      }
      let catalog: Catalog = {
        revision: 0,
        ...(fields && { fields }),
        courses: [...offer.values()],
        segments: [],
        links: [],
        unsettled: [],
      };
      catalog = edited(catalog, setup);
      let matcher = compile(catalog);
      for (const change of history) {
        const before = { matcher, found: diff(matcher, states) };
        catalog = change(catalog);
        matcher = compile(catalog, { previous: matcher });
        const { firstSize, program } = compiledOf(matcher);
        if (firstSize < program.size) again++;
        expect(diff(matcher, states)).toEqual(diff(compile(catalog), states));
        expect(diff(before.matcher, states)).toEqual(before.found);
      }
    }),
    runs(100),
  );
  expect(again).toBeGreaterThan(0);
});
