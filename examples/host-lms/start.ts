import { resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { openLms } from './store/open.js';
import { appOf } from './web/app.js';

// In memory, or in a persistent folder, relative to where npm was called.
const [folder] = process.argv.slice(2);
console.log('Opening the LMS: the database, and the people of its two organisations …');
const lms = await openLms(folder === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', folder));
const port = Number(process.env.PORT ?? 3000);
const server = serve({ fetch: appOf(lms).fetch, port, hostname: '127.0.0.1' }, () => {
  console.log(`Open http://127.0.0.1:${port} and sign in as admin (password admin), or as learner (password learner);`);
  console.log('of the other organisation as admin@company and learner@company, with the same passwords.');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    void lms.close().then(() => process.exit());
  });
}
