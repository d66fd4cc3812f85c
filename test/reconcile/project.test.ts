import { describe, expect, it } from 'vitest';
import type { LearnerDiff } from '../../src/model/diff.js';
import { project } from '../../src/reconcile/project.js';
import { assignment, stateOf } from './state-of.js';

const state = stateOf('a', {
  held: ['d/2', 'c/1', 'c/2'],
  individual: ['i'],
  training: ['d/completed', 'c/in-progress', 'e/completed'],
});
const change = (parts: Partial<LearnerDiff>): LearnerDiff => ({
  learnerId: 'a',
  assigned: [],
  released: [],
  enrolled: [],
  unenrolled: [],
  kept: [],
  ...parts,
});

describe('§4 project', () => {
  it('project returns assignments and records in order', () => {
    const [after] = project(
      [state],
      [
        change({
          assigned: [assignment('b/9'), assignment('c/0')],
          released: [{ ...assignment('c/2'), cause: 'left-segment' }],
          enrolled: [{ courseId: 'b', training: 'start' }],
        }),
      ],
    );
    expect(after).toEqual({
      ...state,
      assignments: ['b/9', 'c/0', 'c/1', 'd/2'].map(assignment),
      training: [
        { courseId: 'b', status: 'in-progress' },
        { courseId: 'c', status: 'in-progress' },
        { courseId: 'd', status: 'completed' },
        { courseId: 'e', status: 'completed' },
      ],
    });
  });

  it('project removes archived records and keeps all others, including resumed ones', () => {
    const [after] = project(
      [state],
      [
        change({
          unenrolled: [
            { courseId: 'd', training: 'archive', cause: 'unlinked' },
            { courseId: 'c', training: 'keep', cause: 'unlinked' },
          ],
          enrolled: [{ courseId: 'e', training: 'resume' }],
        }),
      ],
    );
    expect(after!.training).toEqual([
      { courseId: 'c', status: 'in-progress' },
      { courseId: 'e', status: 'completed' },
    ]);
  });

  it('project releases every copy of an assignment, by link and course', () => {
    const twice = stateOf('a', { held: ['c/1', 'c/1', 'd/1', 'c/11'] });
    const [after] = project([twice], [change({ released: [{ ...assignment('c/1'), cause: 'unlinked' }] })]);
    expect(after!.assignments).toEqual([assignment('c/11'), assignment('d/1')]);
  });

  it('project does not change learners without a diff, nor the order of states', () => {
    const others = [stateOf('b'), state, stateOf('c')];
    const after = project(others, [change({ assigned: [assignment('z/9')] })]);
    expect(after.map(({ learnerId }) => learnerId)).toEqual(['b', 'a', 'c']);
    expect(after[0]).toBe(others[0]);
    expect(after[1]!.assignments).toHaveLength(4);
    expect(state.assignments).toHaveLength(3);
  });
});
