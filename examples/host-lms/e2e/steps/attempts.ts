import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible, picture, type Stage } from '../browser.js';
import { expectDescribed } from './segments.js';

const WRONG = 'No account has this user name and password.';
const WAIT = 'Too many wrong passwords for this user name: try again in ten minutes.';

/** Attempts to guess a password are limited. */
export function attempts(stage: () => Stage): void {
  describe('whoever guesses a password', () => {
    const type = async (page: Page, name: string, password: string): Promise<void> => {
      await page.goto('/sign-in');
      await page.getByLabel('User name').fill(name);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
    };

    // The last two accounts do not exist.
    test.each(['learner', 'learner@company', 'nobody', 'admin@nowhere'])('has five guesses: %s', async (name) => {
      const page = await stage().visitor();
      for (let guess = 1; guess <= 5; guess++) {
        await type(page, name, `guess ${guess}`);
        await page.getByRole('alert').getByText(WRONG).waitFor();
      }
      await type(page, name, 'learner');
      await expectDescribed(page.getByLabel('Password'), WAIT);
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await page.getByLabel('User name').inputValue()).toBe(name);
      await expectAccessible(page);
    });

    test('waits ten minutes; nobody else does', async () => {
      const page = await stage().signedIn('admin@company', 'admin');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await stage().company.db.query("UPDATE attempts SET since = since - interval '9 minutes'");
      await type(page, 'learner@company', 'learner');
      await expectDescribed(page.getByLabel('Password'), WAIT);
      await picture(page, 'too-many-guesses', 480);
      await stage().company.db.query("UPDATE attempts SET since = since - interval '1 minute'");
      await type(page, 'learner@company', 'learner');
      await page.getByRole('heading', { name: 'My courses' }).waitFor();
    });

    test('has all five once more after the right one', async () => {
      const page = await stage().visitor();
      for (const round of [1, 2]) {
        for (let guess = 1; guess <= 4; guess++) await type(page, 'admin@company', `guess ${round} ${guess}`);
        await type(page, 'admin@company', 'admin');
        await page.getByRole('button', { name: 'Sign out' }).click();
      }
    });

    test('has no more by guessing many at once', async () => {
      const { request } = await stage().visitor();
      const answers = await Promise.all(
        Array.from({ length: 20 }, async (_, guess) => {
          const form = { name: 'admin', password: `guess ${guess}` };
          return (await request.post('/sign-in', { headers: { origin: stage().url }, form })).text();
        }),
      );
      expect(answers.filter((answer) => answer.includes(WRONG))).toHaveLength(5);
      expect(answers.filter((answer) => answer.includes(WAIT))).toHaveLength(15);
    });
  });
}
