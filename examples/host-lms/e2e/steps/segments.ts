import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, picture, type Stage } from '../browser.js';

/** Settings → Elsewhere → Organisational segments, as an admin sees them. */
export function segments(stage: () => Stage): void {
  describe('organisational segments', () => {
    let page: Page;
    beforeAll(async () => {
      page = await stage().signedIn('admin', 'admin');
    });

    test('are found under the settings, with the number of users in each', async () => {
      await page.getByRole('navigation', { name: 'Main' }).getByText('Settings').click();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Organisational segments' }).click();
      const [welsh] = await stage().count("profile->>'region' = 'Wales'");
      expect(
        await page
          .getByRole('row', { name: /^Wales/ })
          .getByRole('cell')
          .nth(1)
          .textContent(),
      ).toBe(String(welsh));
      await expectAccessible(page);
      await picture(page, 'segments', 480);
    });

    test('are added with rules; how many match, and who, is there before anything is saved', async () => {
      const [one] = await stage().count("profile->>'region' = 'Scotland'");
      const [both] = await stage().count("profile->>'region' = 'Scotland' AND (profile->>'credits')::int >= 120");
      const [more, first] = await stage().count(
        "profile->>'region' = 'Scotland' AND (profile->>'credits')::int >= 120 OR profile->>'region' = 'Ireland'",
      );
      await page.getByRole('link', { name: 'Add segment' }).click();
      await page.getByLabel('Title').fill('Far and busy');
      await page.getByLabel('Field, rule 1').selectOption('Region');
      await page.getByLabel('Value, rule 1').fill(' scotland ');
      await page.getByText(words(one)).waitFor();

      await page.getByRole('button', { name: 'Add a rule' }).click();
      await page.getByLabel('Field, rule 2').selectOption('Credits studied');
      await page.getByLabel('Operator, rule 2').selectOption('is at least, or from');
      await page.getByLabel('Value, rule 2').fill('120');
      await page.getByText(words(both)).waitFor();

      await page.getByRole('button', { name: 'Add a rule' }).click();
      await page.getByLabel('And or or, rule 3').selectOption('OR');
      await page.getByLabel('Field, rule 3').selectOption('Region');
      await page.getByLabel('Value, rule 3').fill('Ireland');
      await page.getByText(words(more)).waitFor();
      expect(await page.locator('#matches li').first().textContent()).toBe(`Learner ${first}`);
      await expectAccessible(page);
      await picture(page, 'add-segment', 900);
      expect((await stage().catalog()).segments).toHaveLength(2);

      await page.getByRole('button', { name: 'Save segment' }).click();
      await page.getByText('Added segment Far and busy.').waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Organisational segments' }).click();
      const row = page.getByRole('row', { name: /^Far and busy/ });
      expect(await row.textContent()).toContain('Region is “scotland” and Credits studied is at least');
      expect(await row.getByRole('cell').nth(1).textContent()).toBe(more!.toLocaleString('en-GB'));
    });

    test('say beside the field what is wrong with it, keep what was typed, and change nothing', async () => {
      const before = await stage().catalog();
      await page.goto('/settings/segments/new');
      await page.getByLabel('Title').fill('wales');
      await page.getByLabel('Field, rule 1').selectOption('Region');
      await page.getByLabel('Value, rule 1').fill('x');
      await page.getByRole('button', { name: 'Add a rule' }).click();
      await page.getByLabel('Field, rule 2').selectOption('Credits studied');
      await page.getByLabel('Value, rule 2').fill('<b>many</b>');
      await page.getByRole('button', { name: 'Save segment' }).click();

      const title = page.getByLabel('Title');
      await expectDescribed(title, 'There is a segment of this title already.');
      expect(await title.inputValue()).toBe('wales');
      await title.fill('Many');
      await page.getByRole('button', { name: 'Save segment' }).click();
      const value = page.getByLabel('Value, rule 2');
      await expectDescribed(value, 'Write a number, such as 60.');
      expect(await value.inputValue()).toBe('<b>many</b>');
      expect(await page.getByLabel('Value, rule 1').getAttribute('aria-invalid')).toBeNull();
      await expectAccessible(page);
      await picture(page, 'bad-input', 860);

      await page.getByLabel('Field, rule 2').selectOption('');
      await page.getByRole('button', { name: 'Save segment' }).click();
      await expectDescribed(page.getByLabel('Field, rule 2'), 'Choose what the rule is about.');
      expect(await stage().catalog()).toEqual(before);
    });

    test('are not saved in a cycle', async () => {
      await page.goto('/settings/segments/new');
      await page.getByLabel('Title').fill('Round');
      await page.getByLabel('Field, rule 1').selectOption('Far and busy');
      await page.getByLabel('Operator, rule 1').selectOption('is a member');
      await page.getByRole('button', { name: 'Save segment' }).click();
      await page.getByText('Added segment Round.').waitFor();
      await page.goto('/settings/segments/far-and-busy');
      await page.getByLabel('Field, rule 3').selectOption('Round');
      await page.getByLabel('Operator, rule 3').selectOption('is a member');
      await page.getByRole('button', { name: 'Save segment' }).click();
      await page.getByRole('alert').getByText('would refer to each other in a cycle').waitFor();
      expect(await page.getByLabel('Field, rule 3').inputValue()).toBe('segment:round');
    });

    test('are not deleted while something refers to them, and it says what', async () => {
      await page.goto('/settings/segments');
      await menu(page, 'Postgraduates', 'Delete');
      const alert = await page.getByRole('alert').textContent();
      expect(alert).toContain('“Module BBB, October 2014”');
      expect(alert).toContain('“Module DDD, October 2013”');
      await expectAccessible(page);
      await picture(page, 'delete-refused', 520);
      await menu(page, 'Far and busy', 'Delete');
      expect(await page.getByRole('alert').textContent()).toContain('the rules of other segments name it: “Round”');

      await menu(page, 'Round', 'Delete');
      await page.getByText('Nobody’s enrolments will change.').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Delete segment' }).click();
      await page.getByText('Deleted segment Round').waitFor();
      expect((await stage().catalog()).segments.map(({ title }) => title)).not.toContain('Round');
    });

    test('are added without any script too, and with the keyboard alone', async () => {
      const plain = await stage().visitor({ javaScriptEnabled: false });
      await plain.goto('/sign-in');
      await plain.getByLabel('User name').fill('admin');
      await plain.getByLabel('Password').fill('admin');
      await plain.keyboard.press('Enter');
      await plain.getByRole('link', { name: 'Add segment' }).click();
      await plain.getByLabel('Title').fill('By hand');
      await plain.getByLabel('Field, rule 1').selectOption('Disability declared');
      await plain.getByLabel('Value, rule 1').fill('yes');
      await plain.getByRole('button', { name: 'Count who matches' }).press('Enter');
      const [declared] = await stage().count("(profile->>'disability')::boolean");
      await plain.getByText(words(declared)).waitFor();
      await plain.getByLabel('Title').press('Enter');
      await plain.getByText('Added segment By hand.').waitFor();

      await page.goto('/settings/segments');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the content');
      await page.getByLabel('Actions for By hand').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Delete segment' }).press('Enter');
      await page.getByText('Deleted segment By hand').waitFor();
    });
  });
}

/** Opens the menu behind {…} and chooses from it. */
export async function menu(page: Page, of: string, choice: string): Promise<void> {
  const row = page.getByRole('row', { name: new RegExp(`^${of}`) });
  await row.getByLabel(`Actions for ${of}`).click();
  await row.getByText(choice, { exact: true }).click();
}

/** The description of a field. */
export async function expectDescribed(field: ReturnType<Page['getByLabel']>, sentence: string | RegExp): Promise<void> {
  await field.and(field.page().locator('[aria-invalid="true"]')).waitFor();
  const ids = (await field.getAttribute('aria-describedby')) ?? '';
  const texts = await Promise.all(ids.split(' ').map((id) => field.page().locator(`[id="${id}"]`).textContent()));
  const said = texts.join(' ');
  if (typeof sentence === 'string') expect(said).toContain(sentence);
  else expect(said).toMatch(sentence);
}

function words(n: number | undefined): string {
  return `${n!.toLocaleString('en-GB')} active users`;
}
