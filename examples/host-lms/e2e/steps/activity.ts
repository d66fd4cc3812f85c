import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, picture, type Stage } from '../browser.js';
import { expectDescribed } from './segments.js';

/** The activity page, and a reconcile of everyone. */
export function activity(stage: () => Stage): void {
  describe('the activity page', () => {
    let page: Page;
    beforeAll(async () => {
      page = await stage().signedIn('admin', 'admin');
    });

    test('has every change, with what caused it', async () => {
      await page.getByRole('navigation', { name: 'Main' }).getByText('Activity').click();
      await expectAccessible(page);
      await picture(page, 'activity', 900);
      await page.getByRole('link', { name: 'Removed Module BBB, October 2014 from segment Wales' }).click();
      await page.getByText('the course was removed from the segment').first().waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Next' }).click();
      await page.getByText(/^Page 2 of/).waitFor();
      await page.goto('/activity');
      await page.getByRole('link', { name: 'Edited Bronwen' }).last().click();
      await page.getByRole('row', { name: /Module GGG, February 2014 enrolled/ }).waitFor();
    });

    test('reconciles: finds what nobody said, and mends it', async () => {
      const [, someone] = await stage().count("profile->>'region' = 'Wales'");
      // A change without a notice to the library.
      await stage().lms.db.query(
        `UPDATE people SET profile = profile || '{"region": "Ireland"}' WHERE id = ${someone}`,
      );
      await page.goto('/activity');
      await page.getByRole('button', { name: 'Reconcile now' }).click();
      await page
        .getByText(/Evaluated [\d,]+ learners: 1 learner was not as they should be\./)
        .waitFor({ timeout: 60_000 });
      await page.getByRole('link', { name: 'Reconciled everyone' }).first().waitFor();
      await page.getByRole('status').getByText('The reconcile has ended.').waitFor();
      await expectAccessible(page);
      await picture(page, 'reconciled', 760);
      await page.getByRole('link', { name: 'Reconciled everyone' }).first().click();
      await page.getByText('the learner left the segment').first().waitFor();

      await page.goto('/activity');
      await page.getByRole('button', { name: 'Reconcile now' }).click();
      await page.getByText(/nothing to change\./).waitFor({ timeout: 60_000 });
    });

    test('shows how far a reconcile has come', async () => {
      let shown = 0;
      page.on('response', async (response) => {
        if (!response.url().endsWith('/activity/reconcile')) return;
        shown += Number(/<progress[^>]* value="([1-9]\d*)"/.test(await response.text().catch(() => '')));
      });
      await page.goto('/activity');
      await page.getByRole('button', { name: 'Reconcile now' }).click();
      await page.getByRole('progressbar').waitFor();
      await expectAccessible(page);
      await page.getByText(/nothing to change\./).waitFor({ timeout: 60_000 });
      expect(shown).toBeGreaterThan(0);
    });

    test('a reconcile that would unenrol many does nothing, until the number is typed', async () => {
      await stage().lms.db.query(`UPDATE people SET profile = profile - 'region' WHERE profile->>'region' = 'Wales'`);
      await page.goto('/activity');
      await page.getByRole('button', { name: 'Reconcile now' }).click();
      const number = page.getByLabel('If this is meant, type how many learners would be unenrolled');
      await number.waitFor({ timeout: 60_000 });
      await expectAccessible(page);
      await number.fill('1');
      await page.getByRole('button', { name: 'Go on' }).click();
      await expectDescribed(number, 'That is not the number. Nothing was changed.');
      const said = (await page.getByRole('alert').textContent()) ?? '';
      await number.fill(/([\d,]+) learners unenrolled/.exec(said)![1]!);
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText(/learners were not as they should be\./).waitFor({ timeout: 60_000 });
    });
  });
}
