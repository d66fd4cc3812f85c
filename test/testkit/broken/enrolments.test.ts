import { checkBroken } from './check-broken.js';
import { brokenRead } from './read.js';
import { brokenIds, brokenTraining } from './training.js';
import { brokenWrite } from './write.js';

checkBroken([...brokenRead, ...brokenWrite, ...brokenTraining, ...brokenIds]);
