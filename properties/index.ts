/** `ipc-oracle/properties`: generators of scenarios for fast-check, and targets to run them on, for programs of others. */

export { host } from '../harness/targets/host.ts'
export type { StartedTarget, StartOptions, Target } from '../harness/targets/target.ts'
export { targets } from '../harness/targets/targets.ts'
export type { Recipe } from './arbitraries/generate.ts'
export { scenarios } from './arbitraries/scenario.ts'
export { type NamedScenario, scenarioLibrary } from './scenarios/library.ts'
