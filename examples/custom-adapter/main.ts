import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSmartEnrolments, everyone, linkCourses, saveSegment } from 'smart-enrolments';
import { Host } from './host.js';
import { createRepositories } from './repositories.js';
import { Store } from './store.js';

// Run it, kill it at any moment, run it again: npx tsx examples/custom-adapter/main.ts
const store = await Store.open(process.argv[2] ?? join(tmpdir(), 'custom-adapter.log'));
const host = new Host(store);
const enrolments = createSmartEnrolments(createRepositories(store), { batchSize: 100 });

// Every process of a host does this when it starts: finish work that another process may have left.
const { summary } = await enrolments.settle();
console.log(`Finished what was left: ${summary.enrolled} enrolments started.`);

if (store.state.ids().length === 0) {
  const ids = Array.from({ length: 5_000 }, (_, i) => `learner-${i}`);
  await host.saveLearners(ids.map((id) => ({ id, profile: {} })));
  await host.saveCourses([{ id: 'welcome', enrolmentMethod: 'by-assignment-only' }]);
}
await enrolments.apply(
  [saveSegment({ id: 'all', title: 'Everyone', rule: everyone }), ...linkCourses('all', ['welcome'])],
  { onProgress: ({ looked }) => console.log(`Settled ${looked} learners so far.`) },
);
console.log(`${(await host.assignments()).length} people are enrolled on the course.`);
await store.close();
