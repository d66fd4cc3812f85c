import { afterAll, beforeAll } from 'vitest';
import { openStage, type Stage } from './browser.js';
import { apart } from './steps/apart.js';
import { attempts } from './steps/attempts.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const now = (): Stage => stage;
apart(now);
attempts(now);
