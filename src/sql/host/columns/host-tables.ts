import type { LearnerDiff } from '../../../model/diff.js';
import type { Field } from '../../../model/learner.js';
import type { WriteContext } from '../../../repositories/repositories.js';
import type { SqlDriver } from '../../statement/driver.js';
import type { IdKind } from '../../statement/id-kind.js';

/** A table of the host. A name may have its schema before a dot. */
export interface HostTable {
  /** The table's name. */
  readonly table: string;
  /** The column with the tenant of a row, if several tenants share the table. */
  readonly tenant?: string;
}

/** A text column that has a list of values in each cell, such as `first aid; welding`. */
export interface ListColumn {
  /** The column's name. */
  readonly column: string;
  /** The text between two values. Spaces around a value, and empty values, are ignored. */
  readonly separator: string;
}

/** An enrolment method that all courses have. */
export interface ConstantMethod {
  /** The method, in the library's own words: `by-assignment-only` for courses that can be linked. */
  readonly constant: string;
}

/** The table of learners, and where their profiles are stored. */
export interface LearnersTable extends HostTable {
  /** The column of the primary key. */
  readonly id: string;
  /** The type of the ids. Defaults to `text`. */
  readonly ids?: IdKind;
  /** A column that is true (or not 0) for active learners. If left out, all learners are active. */
  readonly active?: string;
  /** Profile fields with their own columns: field id → column. Dates without an offset are read as UTC. */
  readonly columns?: Readonly<Record<string, string | ListColumn>>;
  /** A JSON column with all other profile fields. */
  readonly json?: string;
  /** A table with a row for each value of each field of each learner. A field with several rows is a list. */
  readonly values?: HostTable & {
    /** The column of the person's id. */
    readonly learner: string;
    /** The column of the field's id. */
    readonly field: string;
    /** The column of the value, as text. */
    readonly value: string;
  };
}

/** A value that all rows have that the library writes. */
export type Constant = string | number | boolean | null;

/** A table of the host's in which the library keeps the smart enrolments. */
export interface EnrolmentsTable extends HostTable {
  /** The column of the person's id. */
  readonly learner: string;
  /** The column of the course's id. */
  readonly course: string;
  /**
   * Values of the library's rows: column → value, such as `{ source: 'smart' }`. Rows with other values are the host's: they are never changed.
   * Needed if `individual` names the same table, which is then read without the library's rows.
   */
  readonly set?: Readonly<Record<string, Constant>>;
  /**
   * A column that shows whether an enrolment has ended. If left out, the row of an enrolment that ends is deleted. A status of the host's own
   * stays until the enrolment ends.
   */
  readonly status?: {
    /** The column's name. */
    readonly column: string;
    /** Its value for an enrolment that has started, or has resumed. */
    readonly active: string | number | boolean;
    /** Its value for an enrolment that has ended. */
    readonly ended: string | number | boolean;
  };
}

/** How the library keeps the host's training records. */
export interface KeptTraining {
  /** The status of a new record. */
  readonly status: string;
  /**
   * The value of the column `archived` that archives a record. Defaults to true or 1 in a column of booleans or numbers, and to the time of the
   * write in any other, which it must be able to store.
   */
  readonly archived?: string | number | boolean;
  /** Further values of a new record: column → value. */
  readonly set?: Readonly<Record<string, Constant>>;
}

/** The host's tables and columns that the library reads, and those that it keeps. */
export interface HostTables {
  /** The learners. The library only reads this table. */
  readonly learners: LearnersTable;
  /** The profile fields, as a list or as a function that reads them. If left out, none are declared, and rules may name any field. */
  readonly fields?: readonly Field[] | ((db: SqlDriver) => Promise<readonly Field[] | undefined>);
  /** The courses. The library only reads this table. */
  readonly courses: HostTable & {
    /** The column of the primary key, of any type. */
    readonly id: string;
    /** The column of the title. */
    readonly title?: string;
    /** The column of the enrolment method, or the method of all courses if the table has no such column. */
    readonly enrolmentMethod: string | ConstantMethod;
    /** The value of that column for courses that can be linked. Defaults to `by-assignment-only`. */
    readonly byAssignmentOnly?: string;
  };
  /** The learners who were placed in segments by hand. */
  readonly placements?: HostTable & {
    /** The column of the person's id. */
    readonly learner: string;
    /** The column of the segment's id. */
    readonly segment: string;
  };
  /** The enrolments that anything other than this library made. */
  readonly individual?: HostTable & {
    /** The column of the person's id. */
    readonly learner: string;
    /** The column of the course's id. */
    readonly course: string;
  };
  /** The smart enrolments. If left out, the library writes only its own tables. */
  readonly enrolments?: EnrolmentsTable;
  /** The training records: at most one per learner and course that is not archived. If left out, `training` of an enrolment that starts is always `start`, and of one that ends never `archive`. */
  readonly training?: HostTable & {
    /** The column of the person's id. */
    readonly learner: string;
    /** The column of the course's id. */
    readonly course: string;
    /** The column of the record's status. */
    readonly status: string;
    /** The value of that column for completed records; any other means in progress. Defaults to `completed`. */
    readonly completed?: string;
    /** A column that is null, false or 0 for records that are not archived. If left out, the table has no archived records. */
    readonly archived?: string;
    /** If set, the library starts and archives records. If left out, the host does, in `onWrite`. */
    readonly keep?: KeptTraining;
  };
  /** The value of this tenant in the `tenant` columns. */
  readonly tenant?: string | number;
  /**
   * Called when enrolments change, in the same transaction. The context has the operation, the time of the write, and the links
   * (semantics §8).
   */
  onWrite?(diffs: readonly LearnerDiff[], tx: SqlDriver, context: WriteContext): Promise<void>;
}
