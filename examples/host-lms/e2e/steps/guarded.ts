import { describe, expect, test } from 'vitest';
import { OPEN_UNIVERSITY } from '../../store/open-university.js';
import { expectAccessible, type Stage } from '../browser.js';

const LEARNER = OPEN_UNIVERSITY.learner;

/** Which users may see and do what. */
export function guarded(stage: () => Stage): void {
  describe('the LMS is closed', () => {
    test('to whoever is not signed in, or signs in wrongly', async () => {
      const page = await stage().visitor();
      for (const path of ['/', '/settings/segments', '/users', `/users/${LEARNER}`, '/my', '/activity']) {
        await page.goto(path);
        expect(new URL(page.url()).pathname).toBe('/sign-in');
      }
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Write your user name.').waitFor();
      await page.getByLabel('User name').fill('admin');
      await page.getByLabel('Password').fill('guess');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').getByText('No account has this user name and password.').waitFor();
      expect(await page.getByLabel('User name').inputValue()).toBe('admin');
      await expectAccessible(page);
    });

    test('to a learner, but for their own courses', async () => {
      const page = await stage().signedIn('learner', 'learner');
      expect(new URL(page.url()).pathname).toBe('/my');
      const paths = [
        '/users',
        `/users/${LEARNER}`,
        '/users/import',
        '/settings',
        '/settings/segments',
        '/courses',
        '/activity',
      ];
      for (const path of paths) {
        expect((await page.goto(path))?.status(), path).toBe(404);
        await page.getByText('There is no such page, or it is not yours to see.').waitFor();
      }
      await expectAccessible(page);
      const posted = await page.request.post('/settings/segments/postgraduates/delete', {
        headers: { origin: stage().url },
        form: {},
      });
      expect(posted.status()).toBe(404);
    });

    test('to a person whose account an admin made, but for theirs', async () => {
      const admin = await stage().signedIn('admin', 'admin');
      const [, other] = await stage().count(`id <> ${LEARNER} AND id IN (SELECT person FROM individual_enrolments)`);
      await admin.goto(`/users/${other}`);
      await admin.getByLabel('Name', { exact: true }).fill('<script>alert(1)</script> & Co');
      await admin.getByRole('button', { name: 'Save user' }).click();
      await admin.getByText('Saved <script>alert(1)</script> & Co').waitFor();
      expect(await admin.getByRole('heading', { level: 1 }).textContent()).toBe('<script>alert(1)</script> & Co');
      await admin.getByLabel('New password').fill('short');
      await admin.getByRole('button', { name: 'Set password' }).click();
      await admin.getByText('Write a password of 8 to 200 characters.').waitFor();
      await admin.getByLabel('New password').fill('long enough');
      await admin.getByRole('button', { name: 'Set password' }).click();
      await admin.getByText(`can sign in as ${other}.`).waitFor();
      const page = await stage().signedIn(String(other), 'long enough');
      await page.getByRole('heading', { name: 'My courses' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.goto('/my');
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    });

    test('to forms of other sites, and to scripts in its pages', async () => {
      const page = await stage().signedIn('admin', 'admin');
      for (const origin of ['https://elsewhere.example', undefined]) {
        const headers: Record<string, string> = origin === undefined ? {} : { origin };
        const answer = await page.request.post('/settings/profile-fields', {
          headers,
          form: { title: 'Foreign', type: 'text' },
        });
        expect(answer.status()).toBe(403);
      }
      expect((await stage().catalog()).fields?.map(({ id }) => id)).not.toContain('foreign');
      const nul = await page.request.post('/settings/profile-fields', {
        headers: { origin: stage().url },
        form: { title: 'a\0b', type: 'text' },
      });
      expect(nul.status()).toBe(400);
      expect((await page.request.get('/users?page=1e300')).status()).toBe(200);
      const answer = await page.request.get('/settings/segments');
      const policy = answer.headers()['content-security-policy'] ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(answer.headers()['cache-control']).toBe('no-store');
      const [cookie] = await page.context().cookies();
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    });
  });
}
