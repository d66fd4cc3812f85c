import { afterAll, beforeAll } from 'vitest';
import { openStage, type Stage } from './browser.js';
import { linking } from './steps/linking.js';
import { segments } from './steps/segments.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const now = (): Stage => stage;
segments(now);
linking(now);
