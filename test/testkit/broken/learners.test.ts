import { checkBroken } from './check-broken.js';
import { brokenHolders } from './holders.js';
import { brokenAsStored, brokenGet, brokenMatching } from './learners.js';
import { brokenPage } from './pages.js';
import { brokenUnreadable } from './rows.js';

checkBroken([...brokenGet, ...brokenPage, ...brokenMatching, ...brokenHolders, ...brokenAsStored, ...brokenUnreadable]);
