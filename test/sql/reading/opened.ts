import { afterAll, beforeAll } from 'vitest';
import type { SqlDriver } from '../../../src/sql/index.js';

/** An opened database for the tables of one suite. */
export interface Opened {
  readonly db: SqlDriver;
  readonly prefix: string;
  close(): Promise<void>;
}

export type Open = () => Promise<Opened>;

/** Opens a database before the cases of a suite, and closes it after them. */
export function openBefore(open: Open, use: (opened: Opened) => void): void {
  let opened: Opened | undefined;
  beforeAll(async () => {
    opened = await open();
    use(opened);
  });
  afterAll(() => opened?.close());
}
