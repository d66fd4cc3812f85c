import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, type SqlDriver } from '../../../../src/sql/index.js';
import type { OpenStore, WildStore } from '../wild-store.js';
import { checkPoison } from './check-poison.js';
import { poisonedCourses } from './poisoned-courses.js';
import { poisonedLearners } from './poisoned-learners.js';
import { poisonedRows } from './poisoned-rows.js';
import { makeTables } from './tables.js';

const POISONS = [...poisonedLearners, ...poisonedRows, ...poisonedCourses];

/** Puts one bad row after another into the tables of an LMS, and runs the same operations each time. */
export function describePoison(store: WildStore, dialect: SqlDriver['dialect']): void {
  describe.skipIf(store.missing !== '')(`one bad row, ${store.name} ${store.missing}`, () => {
    let open: OpenStore;
    let db: SqlDriver;

    beforeAll(async () => {
      open = await store.open();
      db = open.driver();
      await migrate(db);
      await makeTables(db);
    });
    afterAll(() => open?.close());

    const here = POISONS.filter(({ on }) => on === undefined || on.includes(dialect));
    test.each(here.map((poison) => [poison.name, poison] as const))(
      'the row affects one learner or course at most: %s',
      async (_, poison) => {
        const later = await checkPoison(db, poison, 'later');
        expect(later, 'where it comes after the first edit').toEqual([]);
        // A course with frozen links could not have been linked in the first place.
        if (poison.inert) return;
        expect(await checkPoison(db, poison, 'first'), 'where it is there from the beginning').toEqual([]);
      },
    );
  });
}
