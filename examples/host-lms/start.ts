import { serve } from '@hono/node-server';
import { openLms } from './store/open.js';
import { appOf } from './web/app.js';

// `npm start`: in memory. `npm start -- folder`: in a folder that stays.
console.log('Opening the LMS: the database, and the people of the Open University …');
const lms = await openLms(process.argv[2]);
const port = Number(process.env.PORT ?? 3000);
serve({ fetch: appOf(lms).fetch, port, hostname: '127.0.0.1' }, () => {
  console.log(`Open http://127.0.0.1:${port} and sign in as admin (password admin), or as learner (password learner).`);
});
