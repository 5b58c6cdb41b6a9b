import type { TargetProblem } from '../harness/problems.ts'
import type { StartedTarget } from '../harness/targets/target.ts'
import { initialWorld } from '../model/initial.ts'
import { rootActors } from '../model/vocabulary/scenario.ts'
import { foundBreaking } from '../oracle/found-breaking.ts'
import { factsOf } from '../oracle/judge.ts'
import { pinpoint } from '../properties/agreement/pinpoint.ts'
import { stepsInWords } from './judged-scenario.ts'
import type { Replay, Replayed } from './replay-scenario.ts'

/** Milliseconds. */
const TIME = 60_000

/** A scenario that brought the target down: with the step that does, if it does so again, and else inconclusive. */
export async function replayBreaking(
  { scenario, target: { header }, profile, stop }: Replay,
  problem: TargetProblem,
  connect: () => Promise<StartedTarget>,
): Promise<Replayed> {
  const start = initialWorld(factsOf(header), rootActors)
  const until = performance.now() + TIME
  const down = await pinpoint(scenario, { connect, start, stop, until })
  const { kernel, libc, arch } = header
  const shown = down?.scenario ?? scenario
  const recording = { scenario: shown, started: 0, steps: [], problem: problem.account }
  return {
    ...{ target: header.target, kernel, libc, arch, title: scenario.title },
    verdict: down === undefined ? 'inconclusive' : 'deviates',
    runs: 1,
    steps: stepsInWords(recording, header, profile).map((step, at) =>
      down === undefined || at < shown.steps.length - 1
        ? { ...step, observed: 'not told' }
        : { ...step, observed: down.problem.account, allowed: ['the system goes on'], deviates: true },
    ),
    deviations: down === undefined ? [] : [foundBreaking(down.scenario, down.problem.account, profile.name)],
    unmet: [],
    reason: down === undefined ? `${problem.account} Once more it did not` : '',
  }
}
