import type { LearnerQuery } from '../../../src/index.js';

/** Orders by UTF-16 unit, as a database may that is not told otherwise. */
export const byUnit = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Whether an id is in a page's range, in that order. */
export const within = (id: string, { after, upTo }: Pick<LearnerQuery, 'after' | 'upTo'>) =>
  (after === undefined || id > after) && (upTo === undefined || id <= upTo);
