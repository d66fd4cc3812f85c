import { env } from 'node:process';

const number = (name: string, fallback: number): number => Number(env[name] ?? fallback);

/** The size of a run; BENCH_LEARNERS, BENCH_PEOPLE and BENCH_ROUNDS reduce it. */
export const SCALE = {
  /** The number of learners in the tasks and for the peers. */
  learners: number('BENCH_LEARNERS', 200_000),
  segments: 500,
  links: 2_200,
  /** The number of learners in the reconcile whose memory is measured. */
  people: number('BENCH_PEOPLE', 1_000_000),
  /** How often each task is timed. */
  rounds: number('BENCH_ROUNDS', 5),
} as const;

/** Whether the run has the size for which the targets are defined. */
export const FULL_SIZE = SCALE.learners >= 200_000 && SCALE.people >= 1_000_000;
