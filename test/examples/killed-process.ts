import { createSmartEnrolments } from 'smart-enrolments';
import { createRepositories } from '../../examples/custom-adapter/repositories.js';
import { Store } from '../../examples/custom-adapter/store.js';
import { edits } from './story.js';

// Starts the edit of the story, prints a line once its second batch is committed, and then waits to be killed.
const store = await Store.open(process.argv[2]!);
let batches = 0;
await createSmartEnrolments(createRepositories(store), { batchSize: 10 }).apply(edits, {
  onDiff: async () => {
    batches += 1;
    if (batches < 2) return;
    process.stdin.resume();
    console.log('in the middle');
    await new Promise(() => {});
  },
});
