import { Hono } from 'hono';
import { page } from '../web/answer.js';
import type { Env } from '../web/env.js';

/** The overview of settings. */
export const settings = new Hono<Env>();

settings.get('/', (c) =>
  page(
    c,
    { title: 'Settings' },
    <div class="tiles">
      <section class="card" aria-labelledby="of-users">
        <h2 id="of-users">Users</h2>
        <p>
          <a href="/settings/profile-fields">User profile fields</a>
        </p>
        <p class="hint">What is known of everybody, and what rules may ask.</p>
      </section>
      <section class="card" aria-labelledby="elsewhere">
        <h2 id="elsewhere">Elsewhere</h2>
        <p>
          <a href="/settings/segments">Organisational segments</a>
        </p>
        <p class="hint">Groups of people, and the courses that are linked to them.</p>
      </section>
    </div>,
  ),
);
