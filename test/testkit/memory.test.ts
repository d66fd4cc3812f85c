import { describe, it } from 'vitest';
import { describeContract, repositoriesContract } from '../../src/testkit/index.js';
import { memoryWorld } from './memory-world.js';
import { ROW_METHODS } from './stored-rows.js';

describeContract('memory repositories', repositoriesContract({ create: memoryWorld, methods: ROW_METHODS }), {
  describe,
  it,
});
