import { expect, test } from 'vitest';
import type { SmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';
import { createSqlRepositories, type SqlDriver, sqlHost } from '../../src/sql/index.js';
import { caught } from '../caught.js';
import { lmsTables } from './lms-tables.js';

const driver: SqlDriver = {
  dialect: 'postgres',
  inTransaction: false,
  query: async () => [],
  transaction: (work) => work(driver),
};
const host = sqlHost(lmsTables('x_'));
const good = { driver, host };

test('createSqlRepositories accepts valid options', () => {
  expect(Object.keys(createSqlRepositories({ ...good, tenant: 'é'.repeat(32), lockTimeout: 1 }))).toHaveLength(5);
});

test.each([
  ['2 by default', {}, 2],
  ['the configured number', { concurrency: 5 }, 5],
  ['1 on SQLite, which has one writer', { concurrency: 5, driver: { ...driver, dialect: 'sqlite' } as const }, 1],
  ['1 in a transaction of the host’s, which has one client', { driver: { ...driver, inTransaction: true } }, 1],
])('the number of concurrent batches is %s', (_, options, expected) => {
  expect(createSqlRepositories({ ...good, ...options }).concurrency).toBe(expected);
});

test.each([
  ['driver', { host }],
  ['driver', { ...good, driver: { ...driver, dialect: 'oracle' } }],
  ['driver', { ...good, driver: { dialect: 'postgres', query: driver.query } }],
  ['host', { driver }],
  ['host', { ...good, host: { ...host, page: undefined } }],
  ['tenant', { ...good, tenant: 7 }],
  ['tenant', { ...good, tenant: 'é'.repeat(33) }],
  ['lockTimeout', { ...good, lockTimeout: 0 }],
  ['statementTimeout', { ...good, statementTimeout: Number.NaN }],
  ['mostLockedByHost', { ...good, mostLockedByHost: 1.5 }],
  ['concurrency', { ...good, concurrency: 0 }],
  ['concurency', { ...good, concurency: 1 }],
  ['tenant', { ...good, host: { ...host, tenant: '4' } }],
  ['concurrency', { ...good, concurrency: 101 }],
  ['prefix', { ...good, prefix: 'a b' }],
])('createSqlRepositories rejects an invalid %s', (path, options) => {
  const error = caught(() => createSqlRepositories(options as never));
  expect(error).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: [path] }] } });
});

test('createSqlRepositories lists all issues, each with its path', () => {
  const options = {
    ...{ driver: { dialect: 'oracle' }, host: { learnerIds: 'bigint', tenant: '4' }, prefix: 'a b', tenant: 7 },
    ...{ concurrency: 0, concurency: 1, lockTimeout: 0, statementTimeout: 'x', mostLockedByHost: 1.5 },
  };
  const { details } = caught(() => createSqlRepositories(options as never)) as SmartEnrolmentsError<'invalid_input'>;
  expect(details.issues.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
    'unknown_key concurency',
    ...['driver', 'host', 'host.learnerIds', 'prefix', 'tenant', 'concurrency'].map((path) => `wrong_type ${path}`),
    ...['lockTimeout', 'statementTimeout', 'mostLockedByHost'].map((path) => `wrong_type ${path}`),
  ]);
});

test('createSqlRepositories rejects undefined', () => {
  expect(caught(() => createSqlRepositories(undefined as never))).toMatchObject({ code: 'invalid_input' });
});
