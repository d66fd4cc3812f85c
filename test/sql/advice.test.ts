import { expect, test } from 'vitest';
import { withAdvice } from '../../src/sql/statement/advice.js';

const error = (properties: object, message = 'as the database puts it'): Error =>
  Object.assign(new Error(message), properties);

test.each([
  ['a missing table', error({ code: '42P01' }), /migrate\(driver/u],
  ['a missing table on MySQL', error({ errno: 1146, code: 'ER_NO_SUCH_TABLE' }), /migrate\(driver/u],
  ['a missing table on SQLite', error({ code: 'SQLITE_ERROR' }, 'no such table: x'), /migrate\(driver/u],
  ['a wrong kind of learner ids', error({ code: '42883' }), /sqlHost\(\{ learners: \{ ids \} \}\)/u],
  ['a lock wait time-out', error({ code: '55P03' }), /^Lock wait timeout: another transaction holds the lock/u],
  ['a lock wait time-out on MySQL', error({ errno: 1205 }), /^Lock wait timeout: another transaction holds the lock/u],
  ['a deadlock', error({ code: '40P01' }), /run the operation again/u],
  ['a replica', error({ code: '25006' }), /not for a replica/u],
  ['a lost connection', error({ code: 'ECONNRESET' }), /connection was lost/u],
  ['a server that shuts down', error({ code: '57P01' }), /connection was lost/u],
  [
    'a lost connection that pg reports without a code',
    error({}, 'Connection terminated unexpectedly'),
    /connection was lost/u,
  ],
  [
    'a connection that was lost earlier',
    error({}, 'Client has encountered a connection error and is not queryable'),
    /connection was lost/u,
  ],
  [
    'a connection that was lost earlier on MySQL',
    error({}, "Can't add new command when connection is in closed state"),
    /connection was lost/u,
  ],
  [
    'a lost connection of the mariadb connector',
    error({}, 'Cannot execute new commands: connection closed'),
    /connection was lost/u,
  ],
  [
    'a full pool of the mariadb connector',
    error({}, 'pool timeout: failed to retrieve a connection from pool after 301ms'),
    /waiting for a connection from the pool/u,
  ],
  ['a full pool', error({}, 'timeout exceeded when trying to connect'), /waiting for a connection from the pool/u],
  ['a full pool on MySQL', error({}, 'Queue limit reached.'), /waiting for a connection from the pool/u],
  [
    'a tenant setting that was not set',
    error({ code: '42704' }, 'unrecognized configuration parameter "app.tenant"'),
    /sets the tenant/u,
  ],
  ['a full server', error({ code: '53300' }), /no more connections/u],
  ['row-level security', error({ code: '42501' }), /row-level security/u],
])('the error for %s contains advice and the message of the database', (_, cause, advice) => {
  const wrapped = Object.assign(new Error('a query failed'), { cause });
  for (const one of [cause, wrapped]) {
    const found = withAdvice(one) as Error;
    expect(found.message).toMatch(advice);
    expect(found.cause).toBe(one);
    expect(withAdvice(found), 'the advice is added once').toBe(found);
  }
});

test.each([
  ['a deadlock', { code: '40P01' }, /^The database rolled back your transaction.* run it again/u],
  ['a deadlock on MySQL', { errno: 1213 }, /^The database rolled back your transaction.* run it again/u],
  ['a lock wait time-out', { code: '55P03' }, /Roll back your transaction and run it again/u],
  ['a statement time-out', { code: '57014' }, /Roll back your transaction and run it again/u],
  ['a lost connection', { code: 'ECONNRESET' }, /your transaction was rolled back: run it again/u],
  ['a replica', { code: '25006' }, /not for a replica/u],
])('in a transaction of the host, the advice for %s never is to call settle()', (_, properties, advice) => {
  const { message } = withAdvice(error(properties), true) as Error;
  expect(message).toMatch(advice);
  expect(message).not.toContain('settle');
});

test.each([error({}), error({ code: '23505' }), 'text', undefined, null])(
  'an error without advice is returned unchanged',
  (other) => {
    expect(withAdvice(other)).toBe(other);
  },
);
