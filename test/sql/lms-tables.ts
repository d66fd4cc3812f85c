import type { Dialect, HostTables } from '../../src/sql/index.js';

/** The tables of a small LMS, as its own migrations create them. */
export function lmsTablesSql(dialect: Dialect, prefix: string): string[] {
  const text = { postgres: 'text', mysql: 'LONGTEXT CHARACTER SET utf8mb4', sqlite: 'TEXT' }[dialect];
  const id = { postgres: 'text', mysql: 'VARBINARY(3000)', sqlite: 'TEXT' }[dialect];
  const number = {
    postgres: 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    mysql: 'BIGINT AUTO_INCREMENT PRIMARY KEY',
    sqlite: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  }[dialect];
  const json = dialect === 'postgres' ? 'jsonb' : text;
  return [
    `CREATE TABLE ${prefix}users (id ${id} PRIMARY KEY, active INTEGER NOT NULL, profile ${json} NOT NULL)`,
    `CREATE TABLE ${prefix}placements (no ${number}, user_id ${id} NOT NULL, segment_id ${id} NOT NULL)`,
    `CREATE INDEX ${prefix}placements_user ON ${prefix}placements (user_id)`,
    `CREATE TABLE ${prefix}courses (id ${id} PRIMARY KEY, title ${text}, method ${text} NOT NULL)`,
    `CREATE TABLE ${prefix}settings (name VARCHAR(20) PRIMARY KEY, value ${text} NOT NULL)`,
    // A faulty import may omit the course.
    `CREATE TABLE ${prefix}individual (no ${number}, user_id ${id} NOT NULL, course_id ${id})`,
    `CREATE INDEX ${prefix}individual_user ON ${prefix}individual (user_id)`,
    `CREATE TABLE ${prefix}training (no ${number}, user_id ${id} NOT NULL, course_id ${id} NOT NULL, status VARCHAR(20) NOT NULL, archived INTEGER NOT NULL)`,
    `CREATE INDEX ${prefix}training_user ON ${prefix}training (user_id)`,
  ];
}

/** The description of these tables for sqlHost. */
export function lmsTables(prefix: string): HostTables {
  return {
    learners: { table: `${prefix}users`, id: 'id', active: 'active', json: 'profile' },
    courses: { table: `${prefix}courses`, id: 'id', title: 'title', enrolmentMethod: 'method' },
    placements: { table: `${prefix}placements`, learner: 'user_id', segment: 'segment_id' },
    individual: { table: `${prefix}individual`, learner: 'user_id', course: 'course_id' },
    training: {
      table: `${prefix}training`,
      learner: 'user_id',
      course: 'course_id',
      status: 'status',
      archived: 'archived',
    },
  };
}
