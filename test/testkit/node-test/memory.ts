import { describe, it } from 'node:test';
import { describeContract, repositoriesContract } from '../../../src/testkit/index.js';
import { memoryWorld } from '../memory-world.js';

describeContract('memory repositories', repositoriesContract({ create: memoryWorld }), { describe, it });
