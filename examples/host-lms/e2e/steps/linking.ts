import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, picture, type Stage } from '../browser.js';
import { expectDescribed, menu } from './segments.js';

/** The SMART ENROLMENTS card: courses linked to a segment, and removed from it. */
export function linking(stage: () => Stage): void {
  describe('the SMART ENROLMENTS card', () => {
    let page: Page;
    const onNow = async (course: string): Promise<number> => {
      const [row] = await stage().lms.db.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM smart_enrolments_now WHERE course = $1',
        [course],
      );
      return row!.n;
    };
    /** Welsh people who are on a course individually, and not by another segment. */
    const held = async (course: string): Promise<number> => {
      const [n] = await stage().count(
        `profile->>'region' = 'Wales' AND id IN (SELECT person FROM individual_enrolments WHERE course = '${course}')`,
      );
      return n;
    };
    beforeAll(async () => {
      page = await stage().signedIn('admin', 'admin');
    });

    test('offers the courses; those that cannot be linked say why', async () => {
      await page.goto('/settings/segments/wales');
      await page.getByRole('link', { name: 'Link course' }).click();
      await page.getByLabel('Search courses').fill('AAA');
      await page.getByText('2 shown').waitFor();
      const closed = page.getByLabel('Module AAA, October 2014');
      expect(await closed.isDisabled()).toBe(true);
      const id = (await closed.getAttribute('aria-describedby'))!;
      expect(await page.locator(`[id="${id}"]`).textContent()).toContain(
        '“Self-registration”, and not “By assignment only”',
      );
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByText('Choose at least one course.').waitFor();
      await expectAccessible(page);
    });

    test('links several at once, for a profile, after a preview of how many and who', async () => {
      await page.getByLabel('Search courses').fill('CCC');
      await page.getByLabel('Module CCC, February 2014').check();
      await page.getByLabel('Search courses').fill('DDD');
      await page.getByLabel('Module DDD, October 2013').check();
      expect(await page.getByLabel('Module CCC, February 2014').isChecked()).toBe(true);
      await page.getByLabel('Only those with this profile').check();
      await page.getByLabel('Field, rule 1').selectOption('Credits studied');
      await page.getByLabel('Operator, rule 1').selectOption('is above, or after');
      await page.getByLabel('Value, rule 1').fill('many');
      await page.getByRole('button', { name: 'Preview' }).click();
      await expectDescribed(page.getByLabel('Value, rule 1'), 'Write a number, such as 60.');
      expect(await page.getByLabel('Module CCC, February 2014').isChecked()).toBe(true);
      await picture(page, 'link-courses', 1000);

      await page.getByLabel('Value, rule 1').fill('120');
      await page.getByRole('button', { name: 'Preview' }).click();
      const [audience, first] = await stage().count(
        "profile->>'region' = 'Wales' AND (profile->>'credits')::int > 120",
      );
      const row = page.getByRole('row', { name: /^Module CCC, February 2014/ });
      await row.waitFor();
      expect(Number(await row.getByRole('cell').nth(0).textContent())).toBe(audience);
      await page.getByRole('row', { name: `Learner ${first} ` }).waitFor();
      expect(await onNow('CCC-2014B')).toBe(0);
      await expectAccessible(page);
      await picture(page, 'link-preview', 900);

      await page.getByRole('button', { name: 'Link resources' }).click();
      await page.getByText('Linked Module CCC, February 2014, Module DDD, October 2013 to segment Wales').waitFor();
      expect(await page.getByRole('table').getByRole('row').count()).toBe(3);
      expect(await page.getByRole('cell', { name: 'Credits studied is above “120”' }).count()).toBe(2);
      expect(await onNow('CCC-2014B')).toBe(audience);
      await expectAccessible(page);
    });

    test('links a course to everyone in the segment, those who are on it already included', async () => {
      await link(page, 'wales', ['Module BBB, October 2014', 'Module DDD, February 2014']);
      await picture(page, 'smart-enrolments', 1150);
      const [welsh] = await stage().count("profile->>'region' = 'Wales'");
      expect(await onNow('DDD-2014B')).toBe(welsh);
    });

    test('removes a course with its real consequences, once the number is typed', async () => {
      await page.goto('/settings/segments/wales');
      await menu(page, 'Module BBB, October 2014', 'Remove');
      const [welsh] = await stage().count("profile->>'region' = 'Wales'");
      const [alike] = await stage().count(
        "profile->>'region' = 'Wales' AND profile->>'education' LIKE 'Post Graduate%' AND id NOT IN (SELECT person FROM individual_enrolments WHERE course = 'BBB-2014J')",
      );
      const [both] = await stage().count(
        "profile->>'region' = 'Wales' AND profile->>'education' LIKE 'Post Graduate%' AND id IN (SELECT person FROM individual_enrolments WHERE course = 'BBB-2014J')",
      );
      const individual = await held('BBB-2014J');
      const ended = welsh - individual - alike;
      await page.getByText(`${ended} learners will be unenrolled.`).waitFor();
      await page.getByText(`${individual - both} enrolments held by an individual enrolment`).waitFor();
      await page.getByText(/held by segment Postgraduates$/).waitFor();
      await expectAccessible(page);
      await picture(page, 'caution', 900);

      const number = page.getByLabel('How many will be unenrolled?');
      await number.fill('7');
      await page.getByRole('button', { name: 'OK', exact: true }).click();
      await expectDescribed(number, `Type ${ended} to continue. Nothing was changed yet.`);
      expect(await number.inputValue()).toBe('7');
      await expectAccessible(page);
      const before = await onNow('BBB-2014J');
      await number.fill(String(ended));
      await page.getByRole('button', { name: 'OK', exact: true }).click();
      await page.getByText('Removed Module BBB, October 2014 from segment Wales').waitFor();
      // Those who stay by an individual enrolment are no longer on it by the library.
      expect(await onNow('BBB-2014J')).toBe(before - ended - (individual - both));
    });

    test('says so where the world moved meanwhile, and shows what it would do now', async () => {
      await page.goto('/settings/segments/wales');
      await menu(page, 'Module CCC, February 2014', 'Remove');
      const [before, first] = await stage().count("profile->>'region' = 'Wales' AND (profile->>'credits')::int > 120");
      await page.getByText(`${before} learners will be unenrolled.`).waitFor();

      const other = await stage().signedIn('admin', 'admin');
      await other.goto(`/users/${first}`);
      await other.getByLabel('Region').fill('Scotland');
      await other.getByRole('button', { name: 'Save user' }).click();
      await other.getByText(`Saved Learner ${first}: 0 enrolments started, 3 ended.`).waitFor();

      await page.getByRole('button', { name: 'OK', exact: true }).click();
      await page.getByRole('alert').getByText('Things have changed since you looked: nothing was done.').waitFor();
      await page.getByText(`${before - 1} learners will be unenrolled.`).waitFor();
      expect(await onNow('CCC-2014B')).toBe(before - 1);
      await expectAccessible(page);
      await picture(page, 'moved', 620);
      await page.getByRole('button', { name: 'OK', exact: true }).click();
      await page.getByText('Removed Module CCC, February 2014 from segment Wales').waitFor();
      expect(await onNow('CCC-2014B')).toBe(0);
    });

    test('a rule that is edited shows first whom it takes out of the segment', async () => {
      await link(page, 'far-and-busy', ['Module CCC, October 2014']);
      const on = "IN (SELECT person FROM individual_enrolments WHERE course = 'CCC-2014J')";
      const irish = "profile->>'region' = 'Ireland'";
      const [ended] = await stage().count(`${irish} AND id NOT ${on}`);
      const [stay] = await stage().count(`${irish} AND id ${on}`);
      await page.getByRole('button', { name: 'Remove rule 3' }).click();
      await page.getByRole('button', { name: 'Save segment' }).click();
      await page.getByText(`${ended} learners will be unenrolled.`).waitFor();
      await page.getByText(`${stay} enrolments held by an individual enrolment`).waitFor();
      await expectAccessible(page);
      const before = await onNow('CCC-2014J');
      await page.getByLabel('How many will be unenrolled?').fill(String(ended));
      await page.getByRole('button', { name: 'Save segment' }).click();
      await page.getByText('Saved segment Far and busy').waitFor();
      expect(await page.getByLabel('Field, rule 3').count()).toBe(0);
      expect(await onNow('CCC-2014J')).toBe(before - ended - stay);
    });

    test('says so where a course was removed by somebody else, and cancels', async () => {
      const other = await stage().signedIn('admin', 'admin');
      await page.goto('/settings/segments/wales');
      await other.goto('/settings/segments/wales');
      await menu(other, 'Module DDD, October 2013', 'Remove');
      await other.getByRole('button', { name: 'Cancel' }).click();
      await other.getByText('Nothing was changed.').waitFor();
      await menu(other, 'Module DDD, October 2013', 'Remove');
      await other.getByRole('button', { name: 'OK', exact: true }).click();
      await other.getByText('Removed Module DDD, October 2013').waitFor();
      await other.goBack();
      await other.reload();
      await other.getByRole('heading', { name: 'Nothing waits for your OK here' }).waitFor();
      await expectAccessible(other);
      await menu(page, 'Module DDD, October 2013', 'Remove');
      await page.getByText('This link no longer exists: another admin has removed it.').waitFor();
    });
  });
}

/** Links courses to everyone in a segment. */
export async function link(page: Page, segment: string, titles: readonly string[]): Promise<void> {
  await page.goto(`/settings/segments/${segment}/link`);
  for (const title of titles) await page.getByLabel(title).check();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Link resources' }).click();
  await page.getByRole('heading', { name: 'SMART ENROLMENTS' }).waitFor();
}
