import { createSmartEnrolments } from 'smart-enrolments';
import { createRepositories } from '../../examples/custom-adapter/repositories.js';
import { Store } from '../../examples/custom-adapter/store.js';

// Finishes the work that the killed process left, and prints what it did.
const store = await Store.open(process.argv[2]!);
const enrolments = createSmartEnrolments(createRepositories(store), { batchSize: 10 });
const { summary: settled } = await enrolments.settle();
const { summary: reconciled } = await enrolments.reconcile();
console.log(JSON.stringify({ settled, reconciled }));
await store.close();
