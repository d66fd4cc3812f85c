import { createSmartEnrolments } from '../../src/index.js';
import {
  createSqlRepositories,
  fromBetterSqlite3,
  fromMysql2,
  fromPg,
  migrate,
  migrationSql,
  sqlHost,
} from '../../src/sql/index.js';
import type { Library } from './step-1.js';

/** This library; `OLD` is the library of step 1. */
export const NEW: Library = {
  ...{ createSmartEnrolments, createSqlRepositories, sqlHost },
  ...{ migrate, migrationSql, fromPg, fromMysql2, fromBetterSqlite3 },
};
