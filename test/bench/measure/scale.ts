import { env } from 'node:process';

const number = (name: string, otherwise: number): number => Number(env[name] ?? otherwise);

/** How large a run is; BENCH_LEARNERS, BENCH_PEOPLE and BENCH_ROUNDS make it smaller. */
export const SCALE = {
  /** Of the tasks and the peers. */
  learners: number('BENCH_LEARNERS', 200_000),
  segments: 500,
  links: 2_200,
  /** In the reconcile whose memory is watched. */
  people: number('BENCH_PEOPLE', 1_000_000),
  /** How often everything is timed. */
  rounds: number('BENCH_ROUNDS', 5),
} as const;

/** Whether the run has the size that its targets are set for. */
export const FULL_SIZE = SCALE.learners >= 200_000 && SCALE.people >= 1_000_000;
