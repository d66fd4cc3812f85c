import type { Catalog, Learner } from '../../../src/core.js';
import { closureOf } from './closure.js';
import { peer } from './load.js';

type Change<Item> = [item: Item, multiplicity: number];
interface Stream<Item> {
  pipe<Next>(operator: Operator<Item, Next>): Stream<Next>;
}
interface Input<Item> extends Stream<Item> {
  sendData(changes: Change<Item>[]): void;
}
type Operator<Item, Next> = (stream: Stream<Item>) => Stream<Next>;
interface Module {
  readonly D2: new () => { newInput<Item>(): Input<Item>; finalize(): void; run(): void };
  filter<Item>(holds: (item: Item) => boolean): Operator<Item, Item>;
  map<Item, Next>(to: (item: Item) => Next): Operator<Item, Next>;
  concat<Item>(other: Stream<Item>): Operator<Item, Item>;
  join<A, B>(other: Stream<[string, B]>, type: 'inner'): Operator<[string, A], [string, [A, B]]>;
  consolidate<Item>(): Operator<Item, Item>;
  output<Item>(take: (changes: { getInner(): Change<Item>[] }) => void): Operator<Item, Item>;
}

/** A view kept up to date by differential dataflow: each segment a filter over the learners, joined with the links. */
export interface View {
  /** Replaces learners, and returns the pairs of learner and link that start (1) and end (-1). */
  change(before: readonly Learner[], after: readonly Learner[]): Change<[learnerId: string, linkId: string]>[];
}

/** Builds the view of a catalog with @tanstack/db-ivm; values have to be folded already. */
export async function ivmView(catalog: Catalog): Promise<View> {
  const { D2, filter, map, concat, join, consolidate, output } = await peer<Module>('@tanstack/db-ivm');
  const graph = new D2();
  const learners = graph.newInput<Learner>();
  const links = graph.newInput<[string, string]>();
  const segments = new Map(catalog.segments.map((segment) => [segment.id, segment]));
  const members = catalog.segments.map(({ id, rule }): Stream<[string, string]> => {
    const holds = closureOf(rule!, segments);
    return learners
      .pipe(filter(({ profile }) => holds(profile)))
      .pipe(map((learner): [string, string] => [id, learner.id]));
  });
  const together = (from: number, to: number): Stream<[string, string]> => {
    if (to - from === 1) return members[from]!;
    const middle = (from + to) >> 1;
    return together(from, middle).pipe(concat(together(middle, to)));
  };
  let changes: Change<[string, string]>[] = [];
  together(0, members.length)
    .pipe(join<string, string>(links, 'inner'))
    .pipe(map(([, pair]) => pair))
    .pipe(consolidate())
    .pipe(
      output((found) => {
        changes = changes.concat(found.getInner());
      }),
    );
  graph.finalize();
  links.sendData(catalog.links.map(({ id, segmentId }) => [[segmentId, id], 1]));
  graph.run();
  return {
    change: (before, after) => {
      changes = [];
      learners.sendData([...before.map(gone), ...after.map(come)]);
      graph.run();
      return changes;
    },
  };
}

const gone = (learner: Learner): Change<Learner> => [learner, -1];
const come = (learner: Learner): Change<Learner> => [learner, 1];
