import { host } from '../../harness/targets/host.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { initialWorld } from '../../model/initial.ts'
import { rootActors, type Scenario } from '../../model/vocabulary/scenario.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import { factsOf } from '../../oracle/judge.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import { isPossibleOn, isSlow, sourcedOf } from '../../properties/agreement/source.ts'
import { scenarioLibrary } from '../../properties/scenarios/library.ts'

/** What a kernel answered to many scenarios. */
export interface Corpus {
  readonly header: TraceHeader
  readonly recordings: readonly Recording[]
}

export const families: readonly Family[] = ['semaphores', 'messages', 'shared-memory', 'processes']
/** Scenarios sent at once. */
const BATCH = 32
/** Probes for scenarios that wait for the clock; they sleep most of the time. */
const SLOW_LANES = 12
/** For so many scenarios one that waits for the clock. */
const PER_SLOW = 50

/**
 * Runs the named scenarios and `count` generated ones on this machine's kernel. Throws `HarnessError` if the probe
 * cannot be built or fails.
 */
export async function recordCorpus(count: number, seed: number, stop: AbortSignal): Promise<Corpus> {
  const target = await host.start({})
  try {
    const { header } = target
    const start = initialWorld(factsOf(header), rootActors)
    const named = families.flatMap(scenarioLibrary).map(({ text }) => text.scenario)
    const possible = named.filter((scenario) => isPossibleOn(header, scenario))
    const made = (kind: 'f' | 's', many: number) =>
      Array.from({ length: many }, (_, index) =>
        sourcedOf(`${kind}:${index}`, seed, start, families),
      ).flatMap((sourced) =>
        sourced === undefined || sourced.scenario.steps.length === 0 ? [] : [sourced.scenario],
      )
    const slow = [...possible.filter(isSlow), ...made('s', Math.ceil(count / PER_SLOW))]
    const [late, early] = await Promise.all([
      runSlow(slow, stop),
      runAll(target, [...possible.filter((scenario) => !isSlow(scenario)), ...made('f', count)], BATCH, stop),
    ])
    return { header, recordings: [...early, ...late] }
  } finally {
    await target.close()
  }
}

async function runAll(
  target: StartedTarget,
  scenarios: readonly Scenario[],
  batch: number,
  stop: AbortSignal,
): Promise<readonly Recording[]> {
  const recordings: Recording[] = []
  for (let at = 0; at < scenarios.length && !stop.aborted; at += batch)
    recordings.push(...(await target.run(scenarios.slice(at, at + batch))))
  return recordings
}

async function runSlow(scenarios: readonly Scenario[], stop: AbortSignal): Promise<readonly Recording[]> {
  const share = Math.ceil(scenarios.length / SLOW_LANES)
  const lanes = Array.from({ length: SLOW_LANES }, async (_, lane) => {
    const mine = scenarios.slice(lane * share, (lane + 1) * share)
    if (mine.length === 0) return []
    const target = await host.start({})
    try {
      return await runAll(target, mine, 1, stop)
    } finally {
      await target.close()
    }
  })
  return (await Promise.all(lanes)).flat()
}
