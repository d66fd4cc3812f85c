import type { Edit } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';
import type { Organisation } from '../lms/organisations.js';

/** What an organisation has when it first opens. */
export interface Beginning {
  readonly organisation: Organisation;
  /** Its fields, people and courses. */
  fill(db: SqlDriver): Promise<void>;
  /** Its first segments. */
  readonly edits: readonly Edit[];
  /** Somebody of its people who may sign in. */
  readonly learner: number;
}
