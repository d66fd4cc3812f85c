import { compile } from '../../../src/core.js';
import { type Catalog, createSmartEnrolments, type Learner } from '../../../src/index.js';
import { createMemoryRepositories, type Host } from '../../../src/memory/index.js';
import { eachCall } from '../measure/calls.js';
import { ratio, timed } from '../measure/contest.js';
import { coreDigest } from '../measure/core-run.js';
import { Digest, mustAgree } from '../measure/digest.js';
import { SCALE } from '../measure/scale.js';
import { type Spread, spreadOf } from '../measure/statistics.js';
import { atMost, microseconds, milliseconds, spread, times } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { linkAndUnlink } from '../tasks/link-course.js';
import { catalogOf } from '../workload/catalog.js';
import { learnerOf, movedLearner } from '../workload/learners.js';
import { emptyHanded } from '../workload/states.js';

/** The same tasks end to end through memory repositories: validation, locks, copies in and out, and writes. */
export async function run(): Promise<Findings> {
  const catalog = catalogOf(SCALE.segments, SCALE.links);
  const learners = Array.from({ length: SCALE.learners }, (_, i) => learnerOf(i));
  const { fields, courses } = catalog;
  const memory = createMemoryRepositories({ fields, courses, learners });
  const smart = createSmartEnrolments(memory);
  const first = await timed(() =>
    smart.apply([
      ...catalog.segments.map((segment) => ({ type: 'saveSegment', segment }) as const),
      ...catalog.links.map((link) => ({ type: 'link', link }) as const),
    ]),
  );
  await check(memory.host, catalog, learners);

  const noop = await rounds(() => smart.reconcile());
  const index = (i: number) => (i * 7) % learners.length;
  const one = await eachCall(
    1_000,
    (i) => smart.learnersChanged([learners[index(i)]!.id]),
    (i) => memory.host.saveLearners([movedLearner(index(i))]),
  );
  const some = learners.flatMap(({ id }, i) => (i % 100 === 1 ? [id] : []));
  const move = (round: number) => memory.host.saveLearners(some.map((_, i) => movedLearner(i * 100 + 1, 2 + round)));
  const hundredth = await rounds(() => smart.learnersChanged(some), move);
  const edits = await linkAndUnlink(smart, catalog, learners);
  const people = edits.link.items;
  const segmentId = catalog.segments[0]!.id;
  const ruleEdit = await rounds((round) =>
    smart.apply({
      type: 'saveSegment',
      segment: { id: segmentId, title: 'Edited', rule: { field: 'level', op: 'equals', value: 2 + round } },
    }),
  );

  const row = (what: string, ms: Spread, count: number) => [
    what,
    count.toLocaleString('en'),
    spread(ms, milliseconds),
    microseconds((ms.median * 1000) / count),
  ];
  const timing = ({ name, wall, items }: (typeof edits)['link']) => row(name, total(wall, items), items);
  return {
    tables: [
      {
        title: 'Through memory repositories',
        note: `${learners.length.toLocaleString('en')} people; everything that a host's store would do is included, in one process and without a disk.`,
        columns: ['', 'learners', 'time, median (least – most)', 'a learner'],
        rows: [
          row('apply the whole catalog, once', spreadOf([first.wall]), learners.length),
          row('reconcile, nothing changed', noop, learners.length),
          row("one learner's change, noticed", total(one, 1), 1),
          row("one in a hundred learners' changes, one notice", hundredth, some.length),
          ...[edits.link, edits.unlink, edits.preview, edits.core, edits.bound, edits.objects].map(timing),
          row("edit a segment's rule: a tenth of all people come, another leave", ruleEdit, learners.length / 5),
        ],
      },
    ],
    targets: [
      atMost("One learner's change through memory repositories", 100, one, microseconds),
      atMost(
        `Linking a course to ${people.toLocaleString('en')} people, against only building its diff objects`,
        5,
        ratio(edits.link, edits.objects),
        times,
      ),
      atMost('The same, against the lower bound of linking it', 2, ratio(edits.link, edits.bound), times),
    ],
  };
}

/** Checks that the store contains what the core computes. */
async function check(host: Host, catalog: Catalog, learners: readonly Learner[]): Promise<void> {
  const stored = new Digest();
  for (const assignment of await host.assignments()) stored.add(assignment.learnerId, [assignment], []);
  mustAgree('apply', 'the store', stored.toString(), coreDigest(compile(catalog), emptyHanded(learners)));
}

/** Converts microseconds per item to milliseconds for all items. */
function total({ median, least, most }: Spread, items: number): Spread {
  const ms = (us: number): number => (us * items) / 1000;
  return { median: ms(median), least: ms(least), most: ms(most) };
}

/** Times rounds, which may differ, in milliseconds, each after `before`; the first one is not measured. */
async function rounds(run: (round: number) => Promise<unknown>, before?: (round: number) => Promise<void>) {
  const walls: number[] = [];
  for (let round = -1; round < SCALE.rounds; round++) {
    await before?.(round);
    const { wall } = await timed(() => run(round));
    if (round >= 0) walls.push(wall);
  }
  return spreadOf(walls);
}
