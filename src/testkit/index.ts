export type { Host } from '../memory/host.js';
export { type Case, type ContractOptions, repositoriesContract } from './contract.js';
export { describeContract, type Runner } from './describe-contract.js';
export type { FaultKind, Faults, Report } from './simulation/report.js';
export { LawBroken, replay, type SimulationOptions, simulate } from './simulation/simulate.js';
export type { History, HostStep, LibraryStep, Step } from './simulation/step.js';
export type { UnreadableRow } from './unreadable.js';
export type { RowMethod, World } from './world.js';
