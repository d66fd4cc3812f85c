import type { LearnerQuery } from '../../../src/index.js';

/** Orders by UTF-16 code unit, as a database may by default. */
export const byUnit = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Whether an id is in the range of a page, in that order. */
export const within = (id: string, { after, upTo }: Pick<LearnerQuery, 'after' | 'upTo'>) =>
  (after === undefined || id > after) && (upTo === undefined || id <= upTo);
