import { expect, it } from 'vitest';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { references } from '../../src/rules/references.js';

it('finds the segments that a rule refers to, at any depth, each once', () => {
  const rule = all(any(inSegment('b'), not(inSegment('a'))), inSegment('b'), everyone, field('x').equals('c'));
  expect([...references(rule)].sort()).toEqual(['a', 'b']);
});

it('finds none in no rule', () => {
  expect([...references(undefined)]).toEqual([]);
  expect([...references(everyone)]).toEqual([]);
});
