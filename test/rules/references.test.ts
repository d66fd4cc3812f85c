import { expect, it } from 'vitest';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { references } from '../../src/rules/references.js';

it('references returns the segments that a rule refers to, at any depth, each once', () => {
  const rule = all(any(inSegment('b'), not(inSegment('a'))), inSegment('b'), everyone, field('x').equals('c'));
  expect([...references(rule)].sort()).toEqual(['a', 'b']);
});

it('references of no rule are empty', () => {
  expect([...references(undefined)]).toEqual([]);
  expect([...references(everyone)]).toEqual([]);
});
