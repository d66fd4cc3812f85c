import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, picture, type Stage } from '../browser.js';
import { expectDescribed } from './segments.js';

/** Course settings: the enrolment method, and its effect on links. */
export function courses(stage: () => Stage): void {
  describe('course settings', () => {
    let page: Page;
    beforeAll(async () => {
      page = await stage().signedIn('admin', 'admin');
    });

    test('say before the method is switched away which links become inert', async () => {
      await page.getByRole('navigation', { name: 'Main' }).getByText('Courses').click();
      await expectAccessible(page);
      await page.getByLabel('Search courses').fill('DDD, October 2013');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: 'Module DDD, October 2013' }).click();
      await expectAccessible(page);
      await page.getByLabel('Title').fill('');
      await page.getByLabel('Enrolment method').selectOption('Self-registration');
      await page.getByRole('button', { name: 'Save' }).click();
      await expectDescribed(page.getByLabel('Title'), 'Write a title.');
      expect(await page.getByLabel('Enrolment method').inputValue()).toBe('self-registration');

      await page.getByLabel('Title').fill('Module DDD, October 2013');
      await page.getByRole('button', { name: 'Save' }).click();
      const alert = page.getByRole('alert');
      await alert.getByText('These links will become inert:').waitFor();
      expect(await alert.textContent()).toContain('Postgraduates');
      expect(await alert.textContent()).toMatch(/112 learners they hold will stay enrolled/);
      await expectAccessible(page);
      await picture(page, 'inert', 760);
      expect((await stage().catalog()).courses.find(({ id }) => id === 'DDD-2013J')?.enrolmentMethod).toBe(
        'by-assignment-only',
      );

      await page.getByRole('button', { name: 'Change the method all the same' }).click();
      await page.getByText('Saved Module DDD, October 2013.').waitFor();
      await page.goto('/settings/segments/postgraduates');
      await page.getByRole('row', { name: /^Module DDD, October 2013 .* Inert/ }).waitFor();
      await expectAccessible(page);
    });

    test('back by assignment only, the links are in force again', async () => {
      await page.goto('/courses/DDD-2013J');
      await page.getByLabel('Enrolment method').selectOption('By assignment only');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Its links are in force again').waitFor();
      await page.getByRole('listitem').filter({ hasText: 'Postgraduates' }).getByText('In force').waitFor();
    });
  });
}
