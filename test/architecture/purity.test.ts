import { describe, expect, test } from 'vitest';
import { impurities } from './purity.js';
import { sources } from './sources.js';

describe('the floors below the engine', () => {
  test('the floors below the engine are pure and synchronous', () => {
    expect(impurities(sources())).toEqual([]);
  });
});

describe('the check of purity', () => {
  test('the check of purity accepts functions of their arguments, and ignores the engine', () => {
    const files = [
      [
        'rules/a.ts',
        "export const day = (text: string): Date => new Date(text);\nexport const a = { fetch: 'x'.at(0) };",
      ],
      ['engine/a.ts', 'export const now = async (): Promise<number> => Date.now();'],
    ] as const;
    expect(impurities(new Map(files))).toEqual([]);
  });

  test.each([
    ['an async function', 'export async function a() {}', 'is asynchronous'],
    ['an await', 'export const a = await 1;', 'is asynchronous'],
    ['the clock', 'export const a = () => Date.now();', 'uses Date.now'],
    ['today', 'export const a = () => new Date();', 'reads the clock'],
    ['randomness', 'export const a = () => Math.random();', 'uses Math.random'],
    ['a timer', 'export const a = () => setTimeout(() => 1, 1);', 'uses setTimeout'],
    ['the environment', 'export const a = () => process.env.A;', 'uses process'],
    ['console output', "export const a = () => console.log('a');", 'uses console'],
    ['state', 'let count = 0;\nexport const a = () => ++count;', 'keeps state in a module'],
  ])('the check of purity finds %s', (_, text, words) => {
    expect(impurities(new Map([['rules/a.ts', text]]))).toEqual([`rules/a.ts: ${words}`]);
  });
});
