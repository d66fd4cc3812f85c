import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lms } from '../../lms/lms.js';
import { COMPANY } from '../../store/company.js';
import { OPEN_UNIVERSITY } from '../../store/open-university.js';
import { expectAccessible, picture, type Stage } from '../browser.js';
import { link } from './linking.js';
import { menu } from './segments.js';

const LEARNER = OPEN_UNIVERSITY.learner;
const COURSE = 'Module BBB, October 2014';

/** Two organisations share the tables and cannot see each other. */
export function apart(stage: () => Stage): void {
  describe('an organisation', () => {
    let admin: Page;
    let other: Page;
    /** A person of the other organisation whose number does not exist in the company. */
    let student: number;
    beforeAll(async () => {
      [, student] = await stage().count('TRUE');
      admin = await stage().signedIn('admin@company', 'admin');
      other = await stage().signedIn('admin', 'admin');
    });

    test('is named on its pages, and has its own people, fields, segments and courses', async () => {
      await admin.getByRole('banner').getByText('Sample Company').waitFor();
      await other.getByRole('banner').getByText('The Open University').waitFor();
      await admin.goto('/users');
      await admin.getByText('10,000 users').waitFor();
      expect(await admin.getByRole('columnheader').allTextContents()).toEqual([
        ...['User', 'Department', 'Hired on', 'Job title', 'State'],
      ]);
      await expectAccessible(admin);
      await picture(admin, 'organisation', 620);
      await admin.getByLabel('Search by number or name').fill(String(LEARNER));
      await admin.getByRole('button', { name: 'Search' }).click();
      await admin.getByText('0 users').waitFor();
      await other.goto('/users');
      await other.getByText('10,670 users').waitFor();

      await admin.goto('/settings/segments');
      expect(await admin.getByRole('rowheader').allTextContents()).toEqual(['Sales', 'Technique leaders']);
      await expectAccessible(admin);
      await admin.goto('/courses');
      await admin.getByText('7 courses').waitFor();
      await admin.goto('/activity');
      expect(await admin.getByRole('rowheader').allTextContents()).toEqual(['Set up the first segments']);
      await expectAccessible(admin);
    });

    test('links the same course to a segment of the same title, and the other keeps its own', async () => {
      await link(other, 'wales', [COURSE]);
      const before = await stateOf(stage().lms);
      await admin.goto('/settings/segments/new');
      await admin.getByLabel('Title').fill('Wales');
      await admin.getByLabel('Field, rule 1').selectOption('Department');
      await admin.getByLabel('Value, rule 1').fill('Finance');
      await admin.getByText('420 active users').waitFor();
      await admin.getByRole('button', { name: 'Save segment' }).click();
      await admin.getByText('Added segment Wales.').waitFor();
      expect(new URL(admin.url()).pathname).toBe('/settings/segments/wales');
      await link(admin, 'wales', [COURSE]);
      await admin.getByText(/: 420 enrolments started, 0 ended\./).waitFor();

      await menu(admin, COURSE, 'Remove');
      await admin.getByLabel('How many will be unenrolled?').fill('420');
      await admin.getByRole('button', { name: 'OK', exact: true }).click();
      await admin.getByText(`Removed ${COURSE} from segment Wales: 0 enrolments started, 420 ended.`).waitFor();
      await admin.goto('/courses/BBB-2014J');
      await admin.getByLabel('Title').fill('Business');
      await admin.getByRole('button', { name: 'Save' }).click();
      await admin.getByText('Saved Business.').waitFor();
      await admin.goto('/settings/profile-fields');
      await admin.getByLabel('Title').fill('Region');
      await admin.getByRole('button', { name: 'Add field' }).click();
      await admin.getByText('Added field Region.').waitFor();
      expect(await stateOf(stage().lms)).toEqual(before);
      await other.goto('/settings/segments/wales');
      await other.getByRole('row', { name: new RegExp(`^${COURSE}`) }).waitFor();
    });

    test('has somebody of a number that is somebody else’s in the other, with an account of their own', async () => {
      const before = await stateOf(stage().lms);
      await admin.goto('/users/import');
      await admin.getByLabel('Or its lines').fill(`id,name,department\n${LEARNER},Ada,Finance`);
      await admin.getByRole('button', { name: 'Dry run' }).click();
      await admin.getByText('1 user added, 0 changed, 0 as they are.').waitFor();
      await admin.getByRole('button', { name: 'Import', exact: true }).click();
      await admin.getByText('Imported pasted lines: 1 user added').waitFor();
      await admin.goto(`/users/${LEARNER}`);
      await admin.getByLabel(`New password for user name ${LEARNER}@company`).fill('long enough');
      await admin.getByRole('button', { name: 'Set password' }).click();
      await admin.getByText(`Ada can sign in as ${LEARNER}@company.`).waitFor();
      expect(await stateOf(stage().lms)).toEqual(before);

      const ada = await stage().signedIn(`${LEARNER}@company`, 'long enough');
      await ada.getByText('There is no course for you yet.').waitFor();
      await ada.getByRole('button', { name: 'Sign out' }).click();
      await ada.getByLabel('User name').fill(String(LEARNER));
      await ada.getByLabel('Password').fill('long enough');
      await ada.getByRole('button', { name: 'Sign in' }).click();
      await ada.getByRole('alert').getByText('No account has this user name and password.').waitFor();
    });

    test('reconciles its own people; the other is told nothing of it', async () => {
      await admin.goto('/activity');
      await admin.getByRole('button', { name: 'Reconcile now' }).click();
      await admin.getByText('Evaluated 10,001 learners: nothing to change.').waitFor({ timeout: 60_000 });
      await other.goto('/activity');
      expect(await other.getByText(/Evaluated/).count()).toBe(0);
      expect(await other.getByText('Added segment Wales').count()).toBe(0);
    });

    test('answers to the other’s addresses as to those of what never was, and changes nothing', async () => {
      await other.goto('/settings/segments/postgraduates');
      await menu(other, COURSE, 'Remove');
      await other.getByRole('button', { name: 'OK', exact: true }).waitFor();
      const review = new URL(other.url()).pathname;
      await other.goto('/users/import');
      await other.getByLabel('Or its lines').fill('id,region\n1,Wales');
      await other.getByRole('button', { name: 'Dry run' }).click();
      await other.getByText('1 user added').waitFor();
      const dryRun = new URL(other.url()).pathname;
      await other.goto('/activity');
      const done = (await other.getByRole('link', { name: 'Set up the first segments' }).getAttribute('href'))!;
      const [linkId] = (await stage().catalog()).links.map(({ id }) => id);

      const pages: readonly (readonly [theirs: string, never: string, status: number])[] = [
        [`/users/${student}`, '/users/999999999', 404],
        [`/users/${student}/courses/BBB-2014J/why`, '/users/999999999/courses/BBB-2014J/why', 404],
        ['/courses/DDD-2013J', '/courses/never', 404],
        ['/settings/segments/postgraduates', '/settings/segments/never', 404],
        ['/settings/segments/postgraduates/link', '/settings/segments/never/link', 404],
        [done, '/activity/never', 404],
        // No trace of the approved review is stored, so the page cannot reveal more.
        [dryRun, '/users/import/never', 410],
        [review, '/reviews/never', 410],
      ];
      const before = await stateOf(stage().lms);
      for (const [theirs, never, status] of pages) {
        expect((await other.goto(theirs))?.status(), theirs).toBe(200);
        expect((await admin.goto(theirs))?.status(), theirs).toBe(status);
        const answer = await admin.getByRole('main').innerHTML();
        await admin.goto(never);
        expect(answer, theirs).toBe(await admin.getByRole('main').innerHTML());
      }
      await expectAccessible(admin);

      const posts: readonly (readonly [path: string, form: Record<string, string>, status: number])[] = [
        [`/users/${student}`, { name: 'Taken', active: 'no' }, 404],
        [`/users/${student}/enrol`, { course: 'BBB-2014J' }, 404],
        [`/users/${student}/account`, { password: 'long enough' }, 404],
        [`/users/${student}/courses/FFF-2014J/unenrol`, {}, 404],
        // A person of this organisation, and a course of the other one.
        [`/users/${COMPANY.learner}/enrol`, { course: 'DDD-2013J' }, 404],
        [dryRun, {}, 410],
        ['/courses/DDD-2013J', { title: 'Taken', method: 'self-registration' }, 404],
        ['/settings/segments/postgraduates', { title: 'Taken', who: 'everyone' }, 404],
        ['/settings/segments/postgraduates/link', { do: 'preview', course: 'BBB-2014J' }, 404],
        ['/settings/segments/postgraduates/unlink', { link: linkId! }, 404],
        ['/settings/segments/postgraduates/delete', {}, 422],
        [review, { do: 'ok' }, 410],
        [review, { do: 'cancel' }, 410],
      ];
      for (const [path, form, status] of posts) {
        const posted = await admin.request.post(path, { headers: { origin: stage().url }, form, maxRedirects: 0 });
        expect(posted.status(), path).toBe(status);
      }
      // A link of the other organisation does not exist in a segment of this one.
      await admin.request.post('/settings/segments/sales/unlink', {
        headers: { origin: stage().url },
        form: { link: linkId! },
      });
      expect(await stateOf(stage().lms)).toEqual(before);
      expect((await other.goto(review))?.status()).toBe(200);
    });

    test('shows a learner nothing of the other, not even with the cookie of a session renamed', async () => {
      const learner = await stage().signedIn('learner@company', 'learner');
      await learner.getByRole('region', { name: 'Start' }).getByText('Business').first().waitFor();
      await learner.getByRole('banner').getByText('Sample Company').waitFor();
      await expectAccessible(learner);
      const before = await stateOf(stage().lms);
      const [theirs] = await stage().lms.db.query<{ course: string }>(
        'SELECT course FROM individual_enrolments WHERE person = $1',
        [LEARNER],
      );
      for (const path of [`/my/courses/${theirs!.course}`, '/my/courses/DDD-2013J', `/users/${LEARNER}`, '/users']) {
        expect((await learner.goto(path))?.status(), path).toBe(404);
      }
      const posted = await learner.request.post(`/my/courses/${theirs!.course}`, {
        headers: { origin: stage().url },
        form: { done: '2' },
      });
      expect(posted.status()).toBe(404);
      expect(await stateOf(stage().lms)).toEqual(before);

      const context = learner.context();
      const [cookie] = await context.cookies();
      await context.addCookies([{ ...cookie!, value: cookie!.value.replace('company', 'open-university') }]);
      await learner.goto('/my');
      expect(new URL(learner.url()).pathname).toBe('/sign-in');
    });

    test('is all that a query reads or writes, although it says nothing of organisations', async () => {
      const { db, organisation } = stage().company;
      expect(organisation.id).toBe(COMPANY.organisation.id);
      expect(await db.query('SELECT DISTINCT tenant FROM people')).toEqual([{ tenant: 'company' }]);
      expect(await db.query(`UPDATE people SET name = 'Taken' WHERE id = ${student} RETURNING id`)).toEqual([]);
      const theirs = "INSERT INTO courses (id, title, method, tenant) VALUES ('X', 'X', 'X', 'open-university')";
      await expect(db.query(theirs)).rejects.toThrow(/row-level security/);
      const open = `SELECT relname FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity AND has_table_privilege(oid, 'SELECT')`;
      expect(await db.query(open)).toEqual([{ relname: 'smart_enrolments_schema' }]);
    });
  });
}

/** All rows of an organisation in each table, except sessions. */
async function stateOf({ db }: Lms): Promise<Record<string, unknown>> {
  const tables = await db.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'tenant' AND table_name NOT IN ('sessions', 'attempts')",
  );
  const state: Record<string, unknown> = {};
  for (const { name } of tables) {
    const [rows] = await db.query(
      `SELECT count(*)::int AS n, md5(string_agg(t::text, ';' ORDER BY t::text)) AS text FROM ${name} AS t`,
    );
    state[name] = rows;
  }
  return state;
}
