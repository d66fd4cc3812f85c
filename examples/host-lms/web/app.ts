import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Organisations } from '../lms/organisations.js';
import { activity } from '../pages/activity.js';
import { courses } from '../pages/courses.js';
import { fields } from '../pages/fields.js';
import { imports } from '../pages/imports.js';
import { linking } from '../pages/linking.js';
import { my } from '../pages/my.js';
import { reviews } from '../pages/reviews.js';
import { segments } from '../pages/segments.js';
import { settings } from '../pages/settings.js';
import { signing } from '../pages/signing.js';
import { users } from '../pages/users.js';
import { why } from '../pages/why.js';
import { notFound, page } from './answer.js';
import type { Env } from './env.js';
import { MOST_FIELDS } from './form.js';
import { forAdmins, forLearners, signedIn } from './guards.js';

const MEGABYTE = 1_048_576;

/** All pages of the LMS. */
export function appOf(organisations: Organisations): Hono<Env> {
  const app = new Hono<Env>();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      // Plain HTTP on a developer's machine.
      strictTransportSecurity: false,
    }),
  );
  // No database stores a NUL, and no page links to one.
  app.use(async (c, next) => {
    if (c.req.url.includes('%00')) throw new HTTPException(400);
    await next();
  });
  app.use(csrf());
  app.use(bodyLimit({ maxSize: 2 * MEGABYTE }));
  app.use(async (c, next) => {
    c.set('organisations', organisations);
    await next();
  });
  for (const [path, [type, text]] of Object.entries(FILES)) {
    app.get(`/public/${path}`, (c) => c.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'max-age=3600' }));
  }

  app.route('/', signing);
  app.use(signedIn);
  app.get('/', (c) => c.redirect(c.get('account').role === 'admin' ? '/settings/segments' : '/my'));
  app.use('/my/*', forLearners);
  app.route('/my', my);
  app.use(forAdmins);
  app.route('/users/import', imports);
  app.route('/users', users);
  app.route('/users', why);
  app.route('/courses', courses);
  app.route('/settings', settings);
  app.route('/settings/profile-fields', fields);
  app.route('/settings/segments', segments);
  app.route('/settings/segments', linking);
  app.route('/reviews', reviews);
  app.route('/activity', activity);

  app.notFound((c) => notFound(c));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return page(c, ...refusal(error.status), error.status);
    console.error(error);
    const text = 'It was written down. What was not finished, the next edit finishes.';
    return page(c, { title: 'Something went wrong' }, text, 500);
  });
  return app;
}

function refusal(status: number): [{ readonly title: string }, string] {
  if (status === 413) {
    return [
      { title: 'Too much at once' },
      `Up to 2 megabytes and ${MOST_FIELDS} fields are read at once. Nothing was changed; go back, and take a part of it.`,
    ];
  }
  if (status === 403) {
    return [{ title: 'Not from here' }, 'This was sent from a page of another site. Nothing was changed.'];
  }
  return [{ title: 'Not understood' }, 'This is nothing that these pages send. Nothing was changed.'];
}

const read = (url: URL | string): string => readFileSync(url, 'utf8');
const own = (name: string): URL => new URL(`../public/${name}`, import.meta.url);

const FILES: Readonly<Record<string, readonly [type: string, text: string]>> = {
  'style.css': ['text/css', read(own('style.css'))],
  'icon.svg': ['image/svg+xml', read(own('icon.svg'))],
  'htmx.js': ['text/javascript', read(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'))],
};
