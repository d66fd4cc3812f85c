import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, type Stage } from '../browser.js';
import { link } from './linking.js';
import { menu } from './segments.js';

/** The LMS with only a keyboard, and with a screen reader. */
export function focus(stage: () => Stage): void {
  describe('the keyboard', () => {
    let page: Page;
    beforeAll(async () => {
      page = await stage().signedIn('admin', 'admin');
    });

    test('goes on where something was refused, and the title says so first', async () => {
      await page.goto('/settings/segments/new');
      await page.getByLabel('Title').fill('Scots');
      await page.getByRole('button', { name: 'Save segment' }).press('Enter');
      await page.getByText('Choose what the rule is about.').waitFor();
      expect(await focused(page)).toBe('Field, rule 1');
      expect(await page.title()).toBe('Error: Add segment · Open LMS');
      await page.getByLabel('Title').fill('');
      await page.getByRole('button', { name: 'Save segment' }).press('Enter');
      await page.getByText('Write a title.').waitFor();
      expect(await focused(page)).toBe('title');

      await page.goto('/settings/segments');
      await menu(page, 'Postgraduates', 'Delete');
      await page.getByRole('alert').waitFor();
      expect(await focused(page)).toMatch(/^The segment cannot be deleted while/);

      await page.goto('/users/import');
      await page.getByLabel('Or its lines').fill('id,credits\n\nx,many');
      await page.getByRole('button', { name: 'Dry run' }).press('Enter');
      await page.getByText('Line 3: the id is a whole number of up to nine digits.').waitFor();
      expect(await focused(page)).toBe('text');
      const described = await page.getByLabel('Or its lines').getAttribute('aria-describedby');
      expect(await page.locator(`[id="${described}"]`).textContent()).toContain(
        'Line 3: Credits studied: Write a number',
      );
    });

    test('goes on where a line was added or removed, and to what was counted', async () => {
      await page.goto('/settings/segments/new');
      await page.getByLabel('Title').fill('Scots');
      await page.getByLabel('Field, rule 1').selectOption('Region');
      await page.getByLabel('Value, rule 1').fill('Scotland');
      await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
      await page.getByLabel('Field, rule 2').waitFor();
      expect(await focused(page)).toBe('Field, rule 2');
      await page.getByRole('button', { name: 'Remove rule 1' }).press('Enter');
      await page.getByLabel('Field, rule 2').waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('Field, rule 1');
      await page.getByRole('button', { name: 'Remove rule 1' }).press('Enter');
      await page.getByLabel('Field, rule 1').waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('Add a rule');
      await page.keyboard.press('Enter');
      await page.getByLabel('Field, rule 1').selectOption('Region');
      await page.getByLabel('Value, rule 1').fill('Scotland');
      await page.getByRole('button', { name: 'Count who matches' }).press('Enter');
      await page.waitForLoadState();
      const [scots] = await stage().count("profile->>'region' = 'Scotland'");
      await page.getByText(`${scots.toLocaleString('en-GB')} active users`).waitFor();
      expect(await focused(page)).toBe('matches');
      await page.getByLabel('Title').press('Enter');
      await page.getByText('Added segment Scots.').waitFor();
      expect(await focused(page)).toBe('Added segment Scots.');
    });

    test('opens a menu and closes it by Escape, where it began', async () => {
      await page.goto('/settings/segments');
      const button = page.getByRole('button', { name: 'Actions for Scots' });
      const edit = page.getByRole('row', { name: /^Scots/ }).getByRole('link', { name: 'Edit' });
      await button.press('Enter');
      await edit.waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Edit');
      await page.keyboard.press('Escape');
      await edit.waitFor({ state: 'hidden' });
      expect(await focused(page)).toBe('Actions for Scots');
      await button.press('Enter');
      await page.getByRole('button', { name: 'Actions for Wales' }).press('Enter');
      await edit.waitFor({ state: 'hidden' });
    });

    test('links a course and removes it, the number typed as it is shown', async () => {
      await page.goto('/settings/segments/scots');
      await page.getByRole('link', { name: 'Link course' }).press('Enter');
      expect(await page.getByLabel('Field, rule 1').isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Preview' }).press('Enter');
      await page.getByText('Choose at least one course.').waitFor();
      expect(await focused(page)).toBe('choices');
      await page.getByLabel('Module EEE, October 2013').press('Space');
      await page.getByRole('button', { name: 'Preview' }).press('Enter');
      await page.getByRole('button', { name: 'Link resources' }).press('Enter');
      await page.getByText(/^Linked Module EEE, October 2013 to segment Scots/).waitFor();
      expect(await focused(page)).toMatch(/^Linked Module EEE, October 2013 to segment Scots/);

      await page.getByRole('button', { name: 'Actions for Module EEE, October 2013' }).press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const said = (await page.getByText(/learners will be unenrolled\./).textContent()) ?? '';
      const [number] = /\d,\d{3}/.exec(said)!;
      await page.getByRole('button', { name: 'OK', exact: true }).press('Enter');
      await page.getByText('Nothing was changed yet.').waitFor();
      expect(await focused(page)).toBe('number');
      await page.keyboard.type(number);
      await page.keyboard.press('Enter');
      await page.getByText(/^Removed Module EEE, October 2013 from segment Scots/).waitFor();
    });
  });

  describe('a narrow window', () => {
    test('holds every page, whatever things are called: what is wider is scrolled for itself', async () => {
      const page = await stage().signedIn('admin', 'admin');
      await page.setViewportSize({ width: 390, height: 844 });
      const [, someone] = await stage().count("profile->>'region' = 'Scotland'");
      const tag = '<img src=x onerror=alert(1)>';
      const long = `${tag}${'x'.repeat(170)}`;
      page.on('dialog', (dialog) => expect.soft(dialog.message(), 'a script out of a text').toBe(''));
      await page.goto(`/users/${someone}`);
      await page.getByLabel('Name', { exact: true }).fill(long);
      await page.getByRole('button', { name: 'Save user' }).click();
      await page.getByRole('heading', { name: long, level: 1 }).waitFor();
      await page.goto('/courses/BBB-2013B');
      await page.getByLabel('Title').fill(long);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText(`Saved ${long}.`).waitFor();
      await page.goto('/settings/segments/new');
      await page.getByLabel('Title').fill(long);
      await page.getByLabel('Field, rule 1').selectOption('Region');
      await page.getByLabel('Value, rule 1').fill(`"${tag}`);
      await page.getByRole('button', { name: 'Save segment' }).click();
      await page.getByText(`Added segment ${long}.`).waitFor();
      const segment = new URL(page.url()).pathname;
      await link(page, segment.split('/').at(-1)!, [long]);
      await page.getByText(`Linked ${long}`).waitFor();
      const done = await page.goto('/activity').then(() => page.locator('tbody a').first().getAttribute('href'));
      const paths = [
        '/settings',
        '/settings/segments',
        '/settings/segments/new',
        '/settings/segments/wales',
        segment,
        `${segment}/link`,
        '/settings/profile-fields',
        '/users',
        `/users/${someone}`,
        '/users/import',
        '/courses',
        '/courses/BBB-2013B',
        `/users/${someone}/courses/BBB-2013B/why`,
        '/activity',
        done!,
      ];
      for (const path of paths) {
        await page.goto(path);
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(over, path).toBe(0);
        expect(await page.locator('img').count(), path).toBe(0);
        await expectAccessible(page);
      }
    });
  });
}

/** The focused element: its id, label or text. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute('aria-label') || at?.id || at?.textContent?.trim();
  });
}
