import { describe, expect, test } from 'vitest';
import { doors } from '../architecture/doors.js';
import { subjectsOf } from './subjects.js';
import { faultsOf } from './walk.js';

const seen = new Set<unknown>();

describe.each(doors.filter(({ subpath }) => !subpath.endsWith('model-based')))('$subpath', async ({ source }) => {
  const module = (await import(/* @vite-ignore */ `../../src/${source}`)) as Readonly<Record<string, unknown>>;
  const functions = Object.keys(module).filter((name) => typeof module[name] === 'function' && !seen.has(module[name]));
  for (const name of functions) seen.add(module[name]);

  test.each(functions)('%s returns normally or throws a SmartEnrolmentsError for any argument', async (name) => {
    const subjects = subjectsOf(name, module[name] as (...args: unknown[]) => unknown);
    expect(subjects).not.toEqual([]);
    for (const subject of subjects) expect(await faultsOf(subject)).toEqual([]);
  });
});
