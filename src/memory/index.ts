export { createMemoryRepositories } from './create-memory-repositories.js';
export type { Host } from './host.js';
