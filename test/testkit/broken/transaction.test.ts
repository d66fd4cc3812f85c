import { expect, test } from 'vitest';
import { repositoriesContract } from '../../../src/testkit/index.js';
import { memoryWorld } from '../memory-world.js';
import { ROW_METHODS } from '../stored-rows.js';
import { brokenAlone } from './alone.js';
import { checkBroken } from './check-broken.js';
import { brokenCommit } from './commit.js';
import { brokenHolders } from './holders.js';
import { brokenAsStored, brokenGet, brokenMatching } from './learners.js';
import { brokenLoad } from './load.js';
import { brokenPage } from './pages.js';
import { brokenRead } from './read.js';
import { brokenRetakes, brokenUnreadable } from './rows.js';
import { brokenSettled } from './settled.js';
import { brokenStill } from './still.js';
import { brokenIds, brokenTraining } from './training.js';
import { brokenFresh, brokenWhole } from './transaction.js';
import { brokenWrite } from './write.js';

checkBroken([...brokenWhole, ...brokenAlone, ...brokenFresh]);

test('every contract case has one broken adapter that it rejects', () => {
  const broken = [brokenLoad, brokenCommit, brokenSettled, brokenStill, brokenGet, brokenPage, brokenMatching];
  const more = [
    brokenRead,
    brokenHolders,
    brokenWrite,
    brokenTraining,
    brokenWhole,
    brokenAlone,
    brokenFresh,
    brokenIds,
    brokenAsStored,
    brokenRetakes,
    brokenUnreadable,
  ];
  const ids = [...broken, ...more].flat().map(({ id }) => id);
  const cases = repositoriesContract({ create: memoryWorld, methods: ROW_METHODS }).map(({ id }) => id);
  expect(ids.sort()).toEqual(cases.sort());
});
