import { checkBroken } from './check-broken.js';
import { brokenCommit } from './commit.js';
import { brokenLoad } from './load.js';
import { brokenSettled } from './settled.js';
import { brokenStill } from './still.js';

checkBroken([...brokenLoad, ...brokenCommit, ...brokenSettled, ...brokenStill]);
