import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Catalog } from 'smart-enrolments';
import { expect } from 'vitest';
import type { Lms } from '../lms/lms.js';
import type { Organisations } from '../lms/organisations.js';
import { COMPANY } from '../store/company.js';
import { openLms } from '../store/open.js';
import { appOf } from '../web/app.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCREENSHOTS = fileURLToPath(new URL('../screenshots/', import.meta.url));
/** Debian's Chromium, unless the environment names another one. */
const CHROMIUM =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** The running LMS and a browser. */
export interface Stage {
  /** Of the Open University. */
  readonly lms: Lms;
  /** Of the other organisation. */
  readonly company: Lms;
  readonly url: string;
  /** Returns a separate browser that is signed in. */
  signedIn(name: string, password: string): Promise<Page>;
  /** Returns a separate browser. */
  visitor(options?: { readonly javaScriptEnabled?: boolean }): Promise<Page>;
  /** Returns how many people satisfy a condition, and the first of them, according to the database. */
  count(where: string): Promise<[total: number, first: number]>;
  catalog(): Promise<Catalog>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const organisations = await openLms();
  const { home: lms, all } = organisations;
  const { server, url } = await served(organisations);
  const browser = await launched();
  const contexts: BrowserContext[] = [];
  const visitor = async (options = {}): Promise<Page> => {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1200, height: 800 }, ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    // Errors of the page fail the test.
    page.on('pageerror', (error) => expect.soft(String(error), 'an error in the page').toBe(''));
    page.on('console', (said) => {
      const isExpected = /status of (400|403|404|409|410|413|422)/.test(said.text());
      if (said.type() === 'error' && !isExpected) expect.soft(said.text(), 'an error in the console').toBe('');
    });
    return page;
  };
  return {
    lms,
    company: all.get(COMPANY.organisation.id)!,
    url,
    visitor,
    async count(where) {
      const [row] = await lms.db.query<{ n: number; first: number }>(
        `SELECT count(*)::int AS n, min(id) AS first FROM people WHERE active AND (${where})`,
      );
      return [row!.n, row!.first];
    },
    catalog: () => lms.repositories.catalog.load(),
    async signedIn(name, password) {
      const page = await visitor();
      await page.goto('/sign-in');
      await page.getByLabel('User name').fill(name);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      return page;
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
      server.close();
      await organisations.close();
    },
  };
}

async function served(organisations: Organisations): Promise<{ server: ReturnType<typeof serve>; url: string }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: appOf(organisations).fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({ server, url: `http://127.0.0.1:${port}` }),
    );
  });
}

function launched(): Promise<Browser> {
  if (CHROMIUM === undefined) {
    throw new Error('There is no Chromium: apt-get install chromium, or name one in the environment as CHROMIUM.');
  }
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  });
}

/** Checks that the page has no accessibility problems. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    const found = await axe.run();
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map(({ html }) => html.slice(0, 200)),
    }));
  });
  expect(violations, `axe on ${page.url()}`).toEqual([]);
}

interface AxeViolation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Takes a screenshot of the top of the page for the README, if the environment requests screenshots. */
export async function picture(page: Page, name: string, height = 800): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.setViewportSize({ width: 1200, height });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
  await page.setViewportSize({ width: 1200, height: 800 });
}
