// Runs in a process of its own: other tests of a worker may load an earlier version of this library, which changed immer for the host.
import { Immer } from 'immer';
import { evolve } from '../../src/catalog/evolve.js';
import { catalogOf, course, link, segment } from './catalog-of.js';

const catalog = catalogOf({ segments: [segment('s')], courses: [course('c')], links: [link('l', 's', 'c')] });
const after = evolve(catalog, [
  { type: 'saveSegment', segment: { ...segment('t'), rule: null } },
  { type: 'unlink', linkId: 'l' },
]);
try {
  new Immer().produce(new Map(), () => undefined);
  console.log('drafts Maps');
} catch (error) {
  console.log(after.segments.length, after.links.length, String(error).includes('MapSet'));
}
