import { describeUnknownLearners } from '../../sql/unknown-learners.js';
import { describeStores, stores } from './stores.js';

describeStores(stores(), (store) => {
  describeUnknownLearners(async (clients) => {
    const { driver, prefix, close } = await store.open();
    return { drivers: Array.from({ length: clients }, driver), prefix, close };
  });
});
