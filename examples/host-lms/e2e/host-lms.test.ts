import { afterAll, beforeAll } from 'vitest';
import { openStage, type Stage } from './browser.js';
import { activity } from './steps/activity.js';
import { courses } from './steps/courses.js';
import { focus } from './steps/focus.js';
import { forged } from './steps/forged.js';
import { guarded } from './steps/guarded.js';
import { learning } from './steps/learning.js';
import { linking } from './steps/linking.js';
import { people } from './steps/people.js';
import { segments } from './steps/segments.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

// Each one continues in the LMS as the previous ones left it.
const now = (): Stage => stage;
guarded(now);
segments(now);
linking(now);
people(now);
courses(now);
learning(now);
activity(now);
focus(now);
forged(now);
