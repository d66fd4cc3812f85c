import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import { evolve } from '../../src/catalog/evolve.js';
import type { Catalog, Edit } from '../../src/model/catalog.js';
import type { LearnerState } from '../../src/model/learner.js';
import { diff } from '../../src/reconcile/diff.js';
import { project } from '../../src/reconcile/project.js';
import { everyone, field } from '../../src/rules/build.js';
import { catalogOf, course, link, segment } from '../catalog/catalog-of.js';
import { assignment, placed, stateOf } from './state-of.js';

const base = catalogOf({
  courses: [course('c'), course('d')],
  segments: [segment('s'), segment('t'), segment('u', field('x').equals(1))],
  links: [link('1', 's', 'c')],
});
const join = (...parts: Parameters<typeof link>): Edit => ({ type: 'link', link: link(...parts) });
const unlink = (linkId: string): Edit => ({ type: 'unlink', linkId });

/** Edits the catalog and settles everyone; returns the new states, and the changes of enrolments. */
function settle(catalog: Catalog, states: readonly LearnerState[], edits: readonly Edit[]) {
  const after = evolve(catalog, edits);
  const { diffs } = diff(compile(after), states);
  const enrolments = diffs.flatMap(({ learnerId, enrolled, unenrolled }) => [
    ...enrolled.map(({ courseId, training }) => `${learnerId} ${courseId} ${training}`),
    ...unenrolled.map(({ courseId, training }) => `${learnerId} ${courseId} ${training}`),
  ]);
  return { catalog: after, states: project(states, diffs), enrolments, diffs };
}

const both = stateOf('both', { learner: placed('s', 't'), held: ['c/1'], training: ['c/completed'] });
const left = stateOf('left', { training: ['c/completed'] });

describe('the diff after an edit', () => {
  it('§2 links are retroactive in both directions', () => {
    const people = [stateOf('a', { learner: { profile: { x: 1 } } }), stateOf('b')];
    const linked = settle(base, people, [join('2', 'u', 'd')]);
    expect(linked.enrolments).toEqual(['a d start']);
    expect(settle(linked.catalog, linked.states, [unlink('2')]).enrolments).toEqual(['a d keep']);
  });

  it('§3 moving a course between two segments of a learner leaves no gap', () => {
    const moved = settle(base, [both], [unlink('1'), join('2', 't', 'c')]);
    expect(moved.diffs).toEqual([
      {
        learnerId: 'both',
        assigned: [assignment('c/2/t')],
        released: [{ ...assignment('c/1'), cause: 'unlinked' }],
        enrolled: [],
        unenrolled: [],
        kept: [{ courseId: 'c', by: ['2'], individual: false }],
      },
    ]);
    expect(moved.states[0]!.training).toEqual(both.training);
  });

  it('§7.8 unlinking archives only for learners whose assignment it ends', () => {
    expect(settle(base, [both, left], [unlink('1')]).enrolments).toEqual(['both c archive']);
  });

  it.each(['1', 'new'])(
    '§7.8 after linking again as %s, an archived record starts afresh and a kept record resumes',
    (id) => {
      const inProgress = stateOf('slow', { learner: placed('s'), held: ['c/1'], training: ['c/in-progress'] });
      const unlinked = settle(base, [both, inProgress], [unlink('1')]);
      expect(unlinked.enrolments).toEqual(['both c archive', 'slow c keep']);
      const again = settle(unlinked.catalog, unlinked.states, [join(id, 's', 'c')]);
      expect(again.enrolments).toEqual(['both c start', 'slow c resume']);
      expect(again.states.map(({ training }) => training[0]!.status)).toEqual(['in-progress', 'in-progress']);
    },
  );

  it('§7.8 nothing changes if the same link is deleted and restored before the learner is evaluated', () => {
    const back = evolve(evolve(base, [unlink('1')]), [join('1', 's', 'c')]);
    expect(diff(compile(back), [both]).diffs).toEqual([]);
  });

  it('§7.9 changes of rules make learners join and leave, and never archive', () => {
    const people = [
      stateOf('a', { learner: { profile: { x: 1 } }, held: ['d/2'], training: ['d/completed'] }),
      stateOf('b', { learner: { profile: { x: 2 } }, training: ['d/completed'] }),
    ];
    const linked = { ...base, links: [link('2', 'u', 'd')] };
    const turned: Edit = { type: 'saveSegment', segment: segment('u', field('x').equals(2)) };
    expect(settle(linked, people, [turned]).enrolments).toEqual(['a d keep', 'b d resume']);
    const narrowed = join('2', 'u', 'd', field('x').gt(1));
    expect(settle(linked, people, [narrowed]).enrolments).toEqual(['a d keep']);
  });

  it('§4 deleting a segment together with its links archives', () => {
    const edits: Edit[] = [{ type: 'deleteSegment', segmentId: 's' }, unlink('1')];
    expect(settle(base, [both, left], edits).enrolments).toEqual(['both c archive']);
  });

  it('§6 unlinking a frozen link releases its learners', () => {
    const shut = { ...base, courses: [course('c', 'open')] };
    expect(settle(shut, [both], []).enrolments).toEqual([]);
    expect(settle(shut, [both], [unlink('1')]).enrolments).toEqual(['both c archive']);
  });

  it('§7.15 a learner placed in a segment before it exists joins once it is saved', () => {
    const early = stateOf('early', { learner: placed('v') });
    expect(settle(base, [early], []).enrolments).toEqual([]);
    const edits: Edit[] = [{ type: 'saveSegment', segment: { rule: null, ...segment('v') } }, join('2', 'v', 'd')];
    expect(settle(base, [early], edits).enrolments).toEqual(['early d start']);
  });

  it('§6 a learner who thaws is settled, also for links deleted in the meantime', () => {
    const frozen = stateOf('a', {
      learner: { ...placed('s'), active: false },
      held: ['c/1'],
      training: ['c/completed'],
    });
    const unlinked = settle(base, [frozen], [unlink('1')]);
    expect(unlinked.enrolments).toEqual([]);
    const thawed = { ...unlinked.states[0]!, learner: { id: 'a', ...placed('s') } };
    expect(settle(unlinked.catalog, [thawed], []).enrolments).toEqual(['a c archive']);
  });

  it('§7.10 an individual enrolment beside a link changes nothing', () => {
    for (const individual of [[], ['c']]) expect(settle(base, [{ ...both, individual }], []).diffs).toEqual([]);
  });

  it('§7.11 a diff lists additions first', () => {
    const [change] = settle(base, [both], [unlink('1'), join('2', 't', 'd', everyone)]).diffs;
    expect(Object.keys(change!)).toEqual(['learnerId', 'assigned', 'released', 'enrolled', 'unenrolled', 'kept']);
  });
});
