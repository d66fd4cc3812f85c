import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { peer } from '../peer.js';
import { POSTGRES } from '../servers.js';
import { LmsModule, SiteTraining } from './lms.js';

const DATABASE = `smart_enrolments_nestjs_${process.pid}`;
const PEOPLE = 3_500;
const missing = inject('missing').postgres;

describe.skipIf(missing !== '')(`a NestJS service over TypeORM with an ambient transaction ${missing}`, () => {
  let admin: ReturnType<typeof peer>;
  let observer: ReturnType<typeof peer>;
  let app: Awaited<ReturnType<typeof NestFactory.createApplicationContext>>;
  let training: SiteTraining;

  beforeAll(async () => {
    const { Client } = peer('pg');
    admin = new Client({ ...POSTGRES, database: 'postgres' });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${DATABASE}`);
    observer = new Client({ ...POSTGRES, database: DATABASE });
    await observer.connect();
    await observer.query(`
      CREATE TABLE users (id integer PRIMARY KEY, site text, active boolean NOT NULL DEFAULT true);
      CREATE TABLE courses (id text PRIMARY KEY, enrolment_method text NOT NULL);
      CREATE TABLE enrolments (user_id integer NOT NULL, course_id text NOT NULL);
      CREATE TABLE training (user_id integer NOT NULL, course_id text NOT NULL, status text NOT NULL, archived_at timestamptz);
      INSERT INTO users SELECT n, 'Leeds' FROM generate_series(1, ${PEOPLE}) n;
      INSERT INTO users VALUES (${PEOPLE + 1}, 'York');`);
    const { user: username, ...server } = POSTGRES;
    const options = { type: 'postgres', ...server, username, database: DATABASE } as const;
    app = await NestFactory.createApplicationContext(LmsModule.over(options), { logger: ['error'] });
    training = app.get(SiteTraining);
  });
  afterAll(async () => {
    await app?.close();
    await observer?.end();
    await admin.query(`DROP DATABASE IF EXISTS ${DATABASE}`);
    await admin.end();
  });

  const count = async (table: string): Promise<number> =>
    Number((await observer.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n);
  const settings = async (): Promise<unknown> => {
    const names = ['synchronous_commit', 'lock_timeout', 'statement_timeout', 'transaction_isolation'];
    return training.manager.query(`SELECT ${names.map((name) => `current_setting('${name}') AS ${name}`).join()}`);
  };

  test("requiring a course of 3,500 people rolls back with the service's own transaction", async () => {
    const refused = new Error('The works council refused.');
    const usual = await settings();
    const requiring = training.require('fire', 'Leeds', async (enrolled) => {
      expect(enrolled).toBe(PEOPLE);
      expect(await settings()).toEqual(usual);
      throw refused;
    });
    await expect(requiring).rejects.toBe(refused);
    expect([await count('courses'), await count('smart_enrolments_links')]).toEqual([0, 0]);
    expect(await count('smart_enrolments_learners')).toBe(0);
  });

  test('requiring a course of 3,500 people commits with it, and movers are evaluated in theirs', async () => {
    await training.require('fire', 'Leeds', async () => {
      // Nothing is visible to others before the service commits.
      expect(await count('smart_enrolments_links')).toBe(0);
    });
    expect([await count('smart_enrolments_links'), await count('smart_enrolments_learners')]).toEqual([1, PEOPLE]);
    expect(await training.isEnrolled(PEOPLE, 'fire')).toBe(true);
    await Promise.all([training.move(PEOPLE + 1, 'Leeds'), training.move(1, 'York')]);
    expect(await training.isEnrolled(PEOPLE + 1, 'fire')).toBe(true);
    expect(await training.isEnrolled(1, 'fire')).toBe(false);
  });
});
