import { checkBroken } from './check-broken.js';
import { brokenHolders } from './holders.js';
import { brokenGet, brokenMatching } from './learners.js';
import { brokenPage } from './pages.js';

checkBroken([...brokenGet, ...brokenPage, ...brokenMatching, ...brokenHolders]);
