import type { APIResponse, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, type Stage } from '../browser.js';

/** Requests that no page sends, or that are sent twice. */
export function forged(stage: () => Stage): void {
  describe('what no page sends', () => {
    let page: Page;
    let someone: number;
    const post = (path: string, form: Record<string, string>): Promise<APIResponse> =>
      page.request.post(path, { headers: { origin: stage().url }, form, maxRedirects: 0 });
    beforeAll(async () => {
      page = await stage().signedIn('admin', 'admin');
      [, someone] = await stage().count("profile->>'region' = 'Ireland'");
    });

    test('is answered as such, and is no failure of the LMS', async () => {
      for (const path of ['/users?q=%00', '/courses/%00', '/reviews/%00', '/activity/%00', '/users/import/%00']) {
        expect((await page.request.get(path)).status(), path).toBe(400);
      }
      for (const path of ['/sign-in', '/settings/segments/new', '/settings/profile-fields', '/users/import']) {
        const headers = { origin: stage().url, 'content-type': 'application/json' };
        expect((await page.request.post(path, { headers, data: '{}' })).status(), path).toBe(400);
      }
      expect((await page.request.get('/users/import/gone')).status()).toBe(410);
    });

    test('is read up to a size; above it a page says so', async () => {
      await page.goto('/users/import');
      await page.getByLabel('Or its lines').evaluate((area: HTMLTextAreaElement) => {
        area.value = 'x'.repeat(2_200_000);
      });
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page.getByRole('heading', { name: 'Too much at once' }).waitFor();
      const many = await page.request.post('/settings/segments/new', {
        headers: { origin: stage().url, 'content-type': 'application/x-www-form-urlencoded' },
        data: `title=Many&do=count${'&row-about='.repeat(6_000)}`,
      });
      expect(many.status()).toBe(413);
      await expectAccessible(page);
    });

    test('places nobody in a segment twice, or in one that is not there', async () => {
      const answer = await page.request.post(`/users/${someone}`, {
        headers: { origin: stage().url, 'content-type': 'application/x-www-form-urlencoded' },
        data: 'name=Twice&active=yes&placed=postgraduates&placed=postgraduates&placed=nowhere',
        maxRedirects: 0,
      });
      expect(answer.status()).toBe(303);
      const placed = await stage().lms.db.query('SELECT segment FROM placements WHERE person = $1', [someone]);
      expect(placed).toEqual([{ segment: 'postgraduates' }]);
    });

    test('removes no course from another segment than it names', async () => {
      const { links } = await stage().catalog();
      const link = links.find(({ segmentId }) => segmentId === 'postgraduates')!;
      expect((await post('/settings/segments/wales/unlink', { link: link.id })).status()).toBe(404);
    });

    test('is a title at the end of which a letter would be cut in half', async () => {
      const title = `${'a'.repeat(59)}𝒜`;
      const made = await post('/settings/segments/new', { title, who: 'placed', do: 'save' });
      expect(made.status()).toBe(303);
      expect((await page.request.get(made.headers().location!)).status()).toBe(200);
    });

    test('is a field that is called as an inner part of objects, which nobody has', async () => {
      await post('/settings/profile-fields', { title: 'Constructor', type: 'text' });
      await page.goto(`/users/${someone}`);
      expect(await page.getByLabel('Constructor').inputValue()).toBe('');
    });

    test('is the last page of a list, where there are not so many', async () => {
      await page.goto('/users?page=5000');
      const [, last] = /^Page ([\d,]+) of ([\d,]+)$/.exec((await page.getByText(/^Page /).textContent())!)!.slice(1);
      expect(await page.getByText(`Page ${last} of ${last}`).count()).toBe(1);
      expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
    });
  });

  describe('what is sent twice', () => {
    let page: Page;
    const twice = async (path: string, form: Record<string, string>): Promise<string[]> => {
      const sent = [1, 2].map(() =>
        page.request.post(path, { headers: { origin: stage().url }, form, maxRedirects: 0 }),
      );
      return (await Promise.all(sent)).map((answer) => answer.headers().location ?? String(answer.status()));
    };
    /** How often the operation is listed as done. Its message is for the next page, which may be that of the second request. */
    const timesDone = async (what: string): Promise<number> => {
      await page.goto('/users');
      await page.goto('/activity');
      return page.getByText(what).count();
    };
    beforeAll(async () => {
      page = await stage().signedIn('admin', 'admin');
    });

    test('an OK is done once, and nobody is told that the world moved', async () => {
      await page.goto('/settings/segments/scots/link');
      await page.getByLabel('Module FFF, October 2013').check();
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByRole('button', { name: 'Link resources' }).waitFor();
      const review = new URL(page.url()).pathname;
      for (const answer of await twice(review, { do: 'ok' }))
        expect(['/settings/segments/scots', '410']).toContain(answer);
      expect(await timesDone('Linked Module FFF, October 2013 to segment Scots')).toBe(1);
      expect(await twice(review, { do: 'ok' })).toEqual(['410', '410']);
    });

    test('an import is done once', async () => {
      await page.goto('/users/import');
      const buffer = Buffer.from('id,name,region\n900077,<i>Mair</i>,Wales');
      await page.getByLabel('CSV file').setInputFiles({ name: 'twice.csv', mimeType: 'text/csv', buffer });
      await page.getByRole('button', { name: 'Dry run' }).click();
      // A person who does not exist yet has no page.
      await page.getByRole('row', { name: /^<i>Mair<\/i>/ }).waitFor();
      expect(await page.getByRole('link', { name: /Mair/ }).count()).toBe(0);
      const run = new URL(page.url()).pathname;
      for (const answer of await twice(run, {})) expect(['/users', '410']).toContain(answer);
      expect(await timesDone('Imported twice.csv')).toBe(1);
      await page.goto(run);
      await page.getByRole('heading', { name: 'No import waits here' }).waitFor();
      await expectAccessible(page);
    });

    test('a link that is gone meanwhile is told as a refusal', async () => {
      await page.goto('/settings/segments/wales');
      const answer = await page.request.post('/settings/segments/wales/unlink', {
        headers: { origin: stage().url },
        form: { link: 'gone' },
        maxRedirects: 0,
      });
      await page.goto(answer.headers().location!);
      await page.getByRole('alert').getByText('This link no longer exists').waitFor();
    });
  });

  describe('what is over', () => {
    test('a segment that is deleted and added again has nobody placed in it', async () => {
      const page = await stage().signedIn('admin', 'admin');
      const [, someone] = await stage().count("profile->>'region' = 'Ireland'");
      const add = async (): Promise<void> => {
        await page.goto('/settings/segments/new');
        await page.getByLabel('Title').fill('Fire wardens');
        await page.getByLabel('Only people who are placed in it by hand').check();
        await page.getByRole('button', { name: 'Save segment' }).click();
        await page.getByText('Added segment Fire wardens.').waitFor();
      };
      await add();
      await page.goto(`/users/${someone}`);
      await page.getByLabel('Fire wardens').check();
      await page.getByRole('button', { name: 'Save user' }).click();
      await page.goto('/settings/segments/fire-wardens');
      await page.getByText('1 active user', { exact: true }).waitFor();
      await page.request
        .post('/settings/segments/fire-wardens/delete', { headers: { origin: stage().url } })
        .then((answer) => page.goto(answer.url()));
      await page.getByRole('button', { name: 'Delete segment' }).click();
      await page.getByText('Deleted segment Fire wardens').waitFor();
      await add();
      await page.getByText('0 active users', { exact: true }).waitFor();
    });

    test('a new password ends the sessions of the old one', async () => {
      const admin = await stage().signedIn('admin', 'admin');
      const [, someone] = await stage().count("profile->>'region' = 'Ireland'");
      const give = async (password: string): Promise<void> => {
        await admin.goto(`/users/${someone}`);
        await admin.getByLabel('New password').fill(password);
        await admin.getByRole('button', { name: 'Set password' }).click();
        await admin.getByText(`can sign in as ${someone}.`).waitFor();
      };
      await give('the old one');
      const page = await stage().signedIn(String(someone), 'the old one');
      await give('the new one');
      await page.goto('/my');
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    });

    test('is found among what was done long ago', async () => {
      const page = await stage().signedIn('admin', 'admin');
      await stage().lms.db.query(
        "INSERT INTO operations (id, by, what) SELECT 'old-' || n, 'somebody', 'Old ' || n FROM generate_series(1, 60) AS n",
      );
      await stage().lms.db.query(
        "INSERT INTO changes (operation, person, course, kind) SELECT 'old-' || n, 1, 'AAA-2013J', 'held' FROM generate_series(1, 60) AS n",
      );
      await page.goto('/activity');
      await page.getByRole('link', { name: 'Old 60', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Next' }).click();
      await page.getByRole('link', { name: 'Old 1', exact: true }).waitFor();
      await expectAccessible(page);
    });
  });
}
