import { isDown } from '../../harness/problems.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { breakingOf } from '../../oracle/breaking.ts'
import { foundBreaking } from '../../oracle/found-breaking.ts'
import type { DeviationRecord, Mishap, TargetRecord } from '../../oracle/run.ts'
import { openWay, type Way } from './broken.ts'
import type { Investigation } from './investigate.ts'
import { type Pinpointed, pinpoint } from './pinpoint.ts'
import type { Sourced } from './source.ts'

/** Milliseconds for all that brings the target down. */
const TOTAL_TIME = 90_000

type Settled = Required<Pick<TargetRecord, 'deviations' | 'inconclusive' | 'mishaps'>>

/**
 * What brings the target down each time that it is run is a finding: one for each call, with the shortest scenario. What
 * did it once, or is a fault of the harness, stays open.
 */
export async function settleBroken(ways: readonly Way[], options: Investigation): Promise<Settled> {
  const deviations = new Map<string, DeviationRecord>()
  const inconclusive: TargetRecord['inconclusive'][number][] = []
  const mishaps: Mishap[] = []
  const until = performance.now() + TOTAL_TIME
  for (const way of ways) {
    let shown: string | undefined
    for (const { origin, scenario } of isDown(way.failure) ? way.shortest : []) {
      if (options.stop.aborted || (shown !== undefined && performance.now() > until)) break
      const down = await broughtDown(scenario, way.failure, until, options)
      if (down === undefined) continue
      const rule = breakingOf(down.scenario)
      const known = deviations.get(rule)
      if (known === undefined || down.scenario.steps.length <= known.step)
        deviations.set(rule, { ...(await recorded(down, origin, options)), seen: known?.seen ?? 0 })
      shown ??= rule
    }
    const found = deviations.get(shown ?? '')
    if (found === undefined) (isDown(way.failure) ? mishaps : inconclusive).push(openWay(way))
    else deviations.set(found.rule, { ...found, seen: found.seen + way.seen })
  }
  return {
    deviations: [...deviations.values()].map((each) => ({ ...each, seen: Math.max(1, each.seen) })),
    inconclusive,
    mishaps,
  }
}

/** Undefined where the target stays well, or the harness cannot tell. */
async function broughtDown(
  scenario: Scenario,
  failure: Error,
  until: number,
  { avoid = [], connect, start, stop }: Investigation,
): Promise<Pinpointed | undefined> {
  // Each trial costs a target: none where it is known what the last call does.
  if (isDown(failure) && avoid.includes(breakingOf(scenario))) return { scenario, problem: failure }
  try {
    return await pinpoint(scenario, { connect: () => connect(0), start, stop, until })
  } catch {
    return undefined
  }
}

async function recorded(
  { scenario, problem }: Pinpointed,
  origin: Sourced['origin'],
  { seed, profile, save, header, replayCommand }: Investigation,
): Promise<DeviationRecord> {
  const found = foundBreaking(scenario, problem.account, profile.name)
  const recording = { scenario, started: 0, steps: [], problem: problem.account }
  const file = await save(found.rule, found.scenario, recording, header)
  const path = origin.startsWith('n:') ? '' : origin
  return { ...found, file, replay: replayCommand({ seed, path, file }) }
}
