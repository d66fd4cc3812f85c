import fc from 'fast-check';

const { FC_SEED, FC_RUNS } = process.env;

// The same cases on every machine, unless a campaign asks for others.
fc.configureGlobal({
  seed: FC_SEED === undefined ? 20_260_101 : Number(FC_SEED),
  ...(FC_RUNS === undefined ? {} : { numRuns: Number(FC_RUNS) }),
});
