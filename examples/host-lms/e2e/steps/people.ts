import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, picture, type Stage } from '../browser.js';
import { link } from './linking.js';
import { expectDescribed } from './segments.js';

/** Profile fields, users, and people imported from a CSV. */
export function people(stage: () => Stage): void {
  describe('profile fields and users', () => {
    let page: Page;
    let someone: number;
    beforeAll(async () => {
      page = await stage().signedIn('admin', 'admin');
      [, someone] = await stage().count("profile->>'region' = 'Yorkshire Region'");
    });

    test('a custom field is added; one that is there already is refused', async () => {
      await page.goto('/settings/profile-fields');
      await page.getByLabel('Title').fill('region');
      await page.getByRole('button', { name: 'Add field' }).click();
      await expectDescribed(page.getByLabel('Title'), 'There is a field of this title already.');
      expect(await page.getByLabel('Title').inputValue()).toBe('region');
      await expectAccessible(page);
      await page.getByLabel('Title').fill('Safety officer since');
      await page.getByLabel('Type').selectOption('Date');
      await page.getByRole('button', { name: 'Add field' }).click();
      await page.getByText('Added field Safety officer since.').waitFor();
      await expectAccessible(page);
      await picture(page, 'profile-fields', 860);
    });

    test('it is asked by a rule, and filled in: whoever has it is enrolled at once', async () => {
      await page.goto('/settings/segments/new');
      await page.getByLabel('Title').fill('Safety officers');
      await page.getByLabel('Field, rule 1').selectOption('Safety officer since');
      await page.getByLabel('Operator, rule 1').selectOption('is not blank');
      await page.getByRole('button', { name: 'Save segment' }).click();
      await page.getByText('Added segment Safety officers.').waitFor();
      await link(page, 'safety-officers', ['Module GGG, February 2014']);

      await page.getByRole('navigation', { name: 'Main' }).getByText('Users').click();
      await page.getByLabel('Search by number or name').fill(String(someone));
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByText(`Learner ${someone}`, { exact: true }).click();
      const field = page.getByLabel('Safety officer since');
      await field.fill('31 March');
      await page.getByLabel('Name', { exact: true }).fill('Bronwen');
      await page.getByRole('button', { name: 'Save user' }).click();
      await expectDescribed(field, 'Write a date as 2026-03-31.');
      expect(await field.inputValue()).toBe('31 March');
      await expectAccessible(page);

      await field.fill('2026-03-31');
      await page.getByRole('button', { name: 'Save user' }).click();
      await page.getByText('Saved Bronwen: 1 enrolment started, 0 ended.').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Bronwen');
      await page.getByRole('row', { name: /^Module GGG, February 2014 by a segment not started/ }).waitFor();
      await expectAccessible(page);
      await picture(page, 'user', 1000);
    });

    test('who is placed in a segment by hand is enrolled; who is not active keeps what they have', async () => {
      await page.goto(`/users/${someone}`);
      await page.getByLabel('Postgraduates').check();
      await page.getByRole('button', { name: 'Save user' }).click();
      await page.getByText(': 2 enrolments started, 0 ended.').waitFor();
      await page.getByRole('link', { name: 'Why: Module DDD, October 2013' }).click();
      await page.getByText('is in segment Postgraduates, placed by hand').waitFor();
      await page.goBack();
      await page.getByLabel('Postgraduates').uncheck();
      await page.getByLabel('Active').uncheck();
      await page.getByRole('button', { name: 'Save user' }).click();
      await page.getByText(': 0 enrolments started, 0 ended. Something could not be decided').waitFor();
      await page.getByLabel('Active').check();
      await page.getByRole('button', { name: 'Save user' }).click();
      await page.getByText(': 0 enrolments started, 2 ended.').waitFor();
    });

    test('a CSV that cannot be read says where, and imports nothing', async () => {
      await page.goto('/users');
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Import people' }).click();
      const lines = page.getByLabel('Or its lines');
      await lines.fill('id,shoe\n1,44');
      await page.getByRole('button', { name: 'Dry run' }).click();
      await expectDescribed(lines, 'There is no profile field for: shoe.');
      expect(await lines.inputValue()).toBe('id,shoe\n1,44');
      for (const [text, problem] of [
        ['ID;name\n1;x', 'The column "id" is missing: the first line names "ID;name".'],
        ['id,name,\n1,x,', 'Column 3 has no name in the first line.'],
        ['id,name,name\n1,x,y', 'The first line names a column twice: name.'],
        [`id,name\n\n\n1,${'x'.repeat(201)}`, 'Line 4: the name has up to 200 characters.'],
      ] as const) {
        await lines.fill(text);
        await page.getByRole('button', { name: 'Dry run' }).click();
        await expectDescribed(lines, problem);
      }
      await lines.fill('id,credits,safety-officer-since\n900001,many,\nx,60,2026-02-31\n900001,60,');
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page.getByText('Line 2: Credits studied: Write a number, such as 60.').waitFor();
      await page.getByText('Line 3: the id is a whole number of up to nine digits.').waitFor();
      await page.getByText('Line 3: Safety officer since: Write a date as 2026-03-31.').waitFor();
      await page.getByText('Line 4: 900001 is there twice.').waitFor();
      await expectAccessible(page);
      expect((await stage().count('id = 900001'))[0]).toBe(0);
    });

    test('a dry run says who will be enrolled on and unenrolled from what; the import does just that', async () => {
      const csv = `id,name,region,safety-officer-since\n900001,Ada,Wales,2025-01-01\n900002,Grace,Wales,\n${someone},,,\n`;
      await page.goto('/users/import');
      await page
        .getByLabel('CSV file')
        .setInputFiles({ name: 'hr.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page.getByText('2 users added, 1 changed, 0 as they are.').waitFor();
      await page.getByText('1 learner will be unenrolled.').waitFor();
      const who = page.getByRole('table', { name: 'Who' });
      expect(await who.getByRole('row', { name: /^Ada / }).textContent()).toContain('Starts Module GGG, February 2014');
      expect(await who.getByRole('row', { name: /Bronwen/ }).textContent()).toContain('Ends Module GGG, February 2014');
      await expectAccessible(page);
      await picture(page, 'dry-run', 900);
      expect((await stage().count('id IN (900001, 900002)'))[0]).toBe(0);

      // The state changes: Wales has another course now.
      const other = await stage().signedIn('admin', 'admin');
      await link(other, 'wales', ['Module EEE, February 2014']);
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByRole('alert').getByText('nothing was imported').waitFor();
      expect((await stage().count('id IN (900001, 900002)'))[0]).toBe(0);
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText(/Imported hr.csv: 2 users added, 1 changed; \d+ enrolments started, 1 ended/).waitFor();
      expect((await stage().count("id IN (900001, 900002) AND profile->>'region' = 'Wales'"))[0]).toBe(2);
      await page.goto('/users/900001');
      await page.getByRole('row', { name: /^Module GGG, February 2014 by a segment/ }).waitFor();
    });

    test('an import that would unenrol many is stopped, until the number is typed', async () => {
      const rows = await stage().lms.db.query<{ id: number }>(
        "SELECT id FROM people WHERE profile->>'region' = 'Wales' ORDER BY id LIMIT 150",
      );
      const before = await stage().count("profile->>'region' = 'Wales'");
      await page.goto('/users/import');
      await page.getByLabel('Or its lines').fill(`id,region\n${rows.map(({ id }) => `${id},Nowhere`).join('\n')}`);
      await page.getByRole('button', { name: 'Dry run' }).click();
      const number = page.getByLabel('How many will be unenrolled?');
      await number.fill('12');
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await expectDescribed(number, /^.*Type \d+ to continue\. Nothing was changed yet\./);
      expect(await stage().count("profile->>'region' = 'Wales'")).toEqual(before);
      await expectAccessible(page);
      const said = (await page.locator('#number-problem').textContent()) ?? '';
      await number.fill(/\d+/.exec(said)![0]);
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('Imported pasted lines: 0 users added, 150 changed').waitFor();
      expect((await stage().count("profile->>'region' = 'Wales'"))[0]).toBe(before[0] - 150);
    });
  });
}
