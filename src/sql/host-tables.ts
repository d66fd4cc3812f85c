import type { LearnerDiff } from '../model/diff.js';
import type { Field } from '../model/learner.js';
import type { WriteContext } from '../repositories/repositories.js';
import type { SqlDriver } from './driver.js';
import type { IdKind } from './id-kind.js';

/** A table of the host's; a name may have its schema before a dot. */
export interface HostTable {
  /** Its name. */
  readonly table: string;
  /** The column that says which tenant a row is of, where several share the table. */
  readonly tenant?: string;
}

/** Where people and their profiles are. */
export interface LearnersTable extends HostTable {
  /** Its primary key. */
  readonly id: string;
  /** What the ids are. Default `text`. */
  readonly ids?: IdKind;
  /** A column that is true (or not 0) for those who are active. Left out: everyone is. */
  readonly active?: string;
  /** Profile fields in columns of their own: field id → column. Dates without an offset are read as UTC. */
  readonly columns?: Readonly<Record<string, string>>;
  /** A column of JSON with all other profile fields. */
  readonly json?: string;
  /** A table with a row for each value of each field of each person. A field with several rows is a list. */
  readonly values?: HostTable & {
    /** The column of the person's id. */
    readonly learner: string;
    /** The column of the field's id. */
    readonly field: string;
    /** The column of the value, as text. */
    readonly value: string;
  };
}

/** The tables of a host, by what the library reads in them. */
export interface HostTables {
  /** The people. Read, never written. */
  readonly learners: LearnersTable;
  /** The profile fields: declared here, or asked for. Left out: none are declared, and any may be named. */
  readonly fields?: readonly Field[] | ((db: SqlDriver) => Promise<readonly Field[] | undefined>);
  /** The courses. Read, never written. */
  readonly courses: HostTable & {
    /** Its primary key, of any type. */
    readonly id: string;
    /** The column of the title. */
    readonly title?: string;
    /** The column that says how people get on the course. */
    readonly enrolmentMethod: string;
    /** What that column says of a course that is by assignment only. Default `by-assignment-only`. */
    readonly byAssignmentOnly?: string;
  };
  /** Who was placed in which segment by hand. */
  readonly placements?: HostTable & {
    /** The column of the person's id. */
    readonly learner: string;
    /** The column of the segment's id. */
    readonly segment: string;
  };
  /** Who is on which course by anything else than this library. */
  readonly individual?: HostTable & {
    /** The column of the person's id. */
    readonly learner: string;
    /** The column of the course's id. */
    readonly course: string;
  };
  /** The training records, one for a learner and course that is not archived. Left out: every start says `start`, no end says `archive`. */
  readonly training?: HostTable & {
    /** The column of the person's id. */
    readonly learner: string;
    /** The column of the course's id. */
    readonly course: string;
    /** The column that says how far they are. */
    readonly status: string;
    /** What that column says of a completed record; any other is in progress. Default `completed`. */
    readonly completed?: string;
    /** A column that is null, or false, or 0, for records that are not archived. Left out: the table has no archived ones. */
    readonly archived?: string;
  };
  /** This tenant, as the tables' columns name it. */
  readonly tenant?: string | number;
  /**
   * Does what the host does when enrolments change, in the same transaction. The context names the operation, when it is written, and the
   * links (semantics §8).
   */
  onWrite?(diffs: readonly LearnerDiff[], tx: SqlDriver, context: WriteContext): Promise<void>;
}
