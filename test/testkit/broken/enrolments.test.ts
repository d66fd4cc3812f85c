import { checkBroken } from './check-broken.js';
import { brokenRead } from './read.js';
import { brokenRetakes } from './rows.js';
import { brokenIds, brokenTraining } from './training.js';
import { brokenWrite } from './write.js';

checkBroken([...brokenRead, ...brokenRetakes, ...brokenWrite, ...brokenTraining, ...brokenIds]);
