import { describe, expect, it } from 'vitest';
import { createSmartEnrolments } from '../../src/index.js';
import { type UnreadableRow, withUnreadable } from '../../src/testkit/unreadable.js';
import { at, link, numbered, segment, unlink, worldOf } from './world.js';

const standing = [segment('Bristol'), link('Bristol', 'c1')];

describe.each<UnreadableRow>(['learner', 'holdings'])(
  'an edit that affects a learner whose %s row is unreadable',
  (row) => {
    async function unreadable() {
      const world = await worldOf(at('Bristol', ...numbered(3)), standing);
      const engine = createSmartEnrolments(withUnreadable(world.memory, new Map([['l01', row]])), { batchSize: 2 });
      return { world, engine };
    }
    const blocked = [expect.objectContaining({ kind: 'invalid-learner', learnerId: 'l01' })];

    it('an unreadable holder of a removed link is listed as blocked, in the preview and in the outcome', async () => {
      const { world, engine } = await unreadable();
      const plan = await engine.preview(unlink('Bristol-c1'));
      expect(plan.summary).toMatchObject({ unenrolled: 2, blocked });
      expect((await engine.apply(plan)).summary).toMatchObject({ unenrolled: 2, blocked });
      expect(await world.held()).toEqual(['l01/c1/Bristol-c1']);
    });

    it('an unreadable learner of both passes of the walk is listed once', async () => {
      const { engine } = await unreadable();
      const edit = segment('Bristol', { everyone: true });
      expect((await engine.preview(edit)).summary).toMatchObject({ blocked, blockedTotal: 1 });
      expect((await engine.apply(edit)).summary).toMatchObject({ blocked, blockedTotal: 1 });
    });
  },
);
