import type { Catalog, Unsettled, UnsettledWork } from '../model/catalog.js';
import type { Fingerprint } from '../model/ids.js';
import type { RunOptions } from '../model/options.js';
import { compareIds } from '../model/order.js';
import { check } from './check.js';
import type { Engine } from './engine.js';
import { areLimiting, ceilingsFor, Meter, UNLIMITED } from './limits.js';
import { Run } from './run.js';
import { settleWork } from './settle.js';
import { concerned } from './walk.js';

/** Finishes what committed edits left; refuses before the first write what the limits do not allow. */
export async function settleOutstanding(
  engine: Engine,
  run: Run,
  catalog: Catalog,
  confirm: Fingerprint | undefined,
): Promise<void> {
  if (catalog.unsettled.length === 0) return;
  const meter = new Meter('settle', await ceilings(engine, run.options, catalog, confirm));
  for (const work of catalog.unsettled) await settleWork(engine, run, meter, work);
}

async function ceilings(engine: Engine, options: RunOptions, catalog: Catalog, confirm: Fingerprint | undefined) {
  if (!areLimiting(engine.limits, 'settle')) return UNLIMITED;
  const matcher = engine.matcher(catalog);
  const work = together(catalog.unsettled);
  const groups = concerned(engine.repositories, matcher, work, engine.batchSize);
  const found = await check(engine, Run.checking(options), matcher, groups, work, ['settle', work.links, work.courses]);
  return ceilingsFor(engine.limits, 'settle', found, confirm);
}

/** Everything outstanding as one piece of work from its beginning, so that nobody whom two pieces concern is counted twice. */
function together(pieces: readonly UnsettledWork[]): Unsettled {
  return {
    links: [...new Set(pieces.flatMap(({ links }) => links))].sort(compareIds),
    courses: [...new Set(pieces.flatMap(({ courses }) => courses))].sort(compareIds),
    pass: 'holders',
  };
}
