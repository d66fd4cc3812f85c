import type { Edit } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';
import type { Organisation } from '../lms/organisations.js';

/** The initial data of an organisation. */
export interface Beginning {
  readonly organisation: Organisation;
  /** Its fields, people and courses. */
  fill(db: SqlDriver): Promise<void>;
  /** Its first segments. */
  readonly edits: readonly Edit[];
  /** One of its people, who may sign in. */
  readonly learner: number;
}
