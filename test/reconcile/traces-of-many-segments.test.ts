import { expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import { explain } from '../../src/reconcile/explain/explain.js';
import { all, any, field, inSegment } from '../../src/rules/build.js';
import { catalogOf, link, segment } from '../catalog/catalog-of.js';
import { stateOf } from './state-of.js';

it('a trace writes a segment out once, so that it grows with the rules and not with the paths through them', () => {
  const segments = [segment('0', field('x').equals(1))];
  for (let i = 1; i < 40; i++) {
    const before = inSegment(`${i - 1}`);
    segments.push(segment(`${i}`, any(before, all(before))));
  }
  const explained = explain(compile(catalogOf({ segments, links: [link('1', '39', 'c')] })), stateOf('a', {}), 'c');
  expect(JSON.stringify(explained).length).toBeLessThan(20_000);
  expect(explained.misses[0]?.failing).toEqual([{ holds: false, field: 'x', op: 'equals', value: 1, blank: true }]);
});

it('a failing part is named once, however many segments share it', () => {
  const shared = Array.from({ length: 200 }, (_, i) => segment(`part ${i}`, field(`x${i}`).equals(1)));
  const parts = shared.map(({ id }) => inSegment(id));
  const users = Array.from({ length: 200 }, (_, i) => segment(`user ${i}`, all(...parts)));
  const whole = segment('whole', all(...users.map(({ id }) => inSegment(id))));
  const catalog = catalogOf({ segments: [...shared, ...users, whole], links: [link('1', 'whole', 'c')] });
  expect(explain(compile(catalog), stateOf('a', {}), 'c').misses[0]?.failing).toHaveLength(200);
});
