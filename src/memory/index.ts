export { createMemoryRepositories } from './create-memory-repositories.js';
export type { Host } from './host.js';
export type { MemoryEnrolments, MemoryLearners, MemoryRepositories } from './memory-repositories.js';
