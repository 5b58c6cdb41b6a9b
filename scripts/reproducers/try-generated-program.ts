import { host } from '../../harness/targets/host.ts'
import { initialWorld } from '../../model/initial.ts'
import { linux } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { possibleOutcomes } from '../../oracle/histories/possible.ts'
import { factsOf } from '../../oracle/judge.ts'
import type { OverlappingProgram } from '../../oracle/trace/timed-call.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { generateProgram, overlappingFamilies } from '../../properties/overlapping/generate.ts'
import { overlappingReproducer } from '../../reports/reproducer/overlapping/reproducer.ts'
import { OBSERVER, observed } from '../../reports/reproducer/overlapping/story.ts'
import { kept, type Tried } from './try-lie-program.ts'

const families = overlappingFamilies.filter((family) => family !== 'processes')

/** A trial for each of so many generated programs whose calls overlap: none may come out in a way that is not in its table. */
export async function generatedTrials(
  count: number,
  cc?: string,
  keep?: string,
): Promise<readonly (() => Promise<Tried>)[]> {
  const { header, close } = await host.start({})
  await close()
  return Array.from({ length: count }, (_, at) => () => tryGenerated(at + 1, header, cc, keep))
}

async function tryGenerated(seed: number, header: TraceHeader, cc?: string, keep?: string): Promise<Tried> {
  const name = `overlapping-${seed}`
  const program = observed(beginningOf(generateProgram(seed, families)))
  const start = initialWorld(factsOf(header), [...rootActors, OBSERVER])
  let allowed: ReturnType<typeof possibleOutcomes>
  try {
    allowed = possibleOutcomes(program, { start, header, profile: linux })
  } catch (error) {
    return { name, fate: 'none', remark: (error as Error).message, lines: 0 }
  }
  const file = `${name}.c`
  const account = { program, header, allowed, seen: null, forbidden: null }
  const made = overlappingReproducer(account, { rule: null, clause: undefined, profile: linux, file })
  if ('obstacle' in made) return { name, fate: 'none', remark: made.obstacle, lines: 0 }
  await kept(keep, file, made.text)
  const tried = await host.try?.(made.text, cc === undefined ? {} : { cc })
  const lines = made.text.split('\n').length
  return tried?.status === 0
    ? { name, fate: 'right', remark: '', lines }
    : { name, fate: 'wrong', remark: `${tried?.status} ${tried?.output}`, lines }
}

/** Calls of each actor: more may come out in too many ways. */
const CALLS_MOST = 3

function beginningOf({ scenario, first, last }: OverlappingProgram): OverlappingProgram {
  const made = new Map<string, number>()
  const steps = scenario.steps.filter(({ actor }, at) => {
    if (at < first || at >= last) return true
    made.set(actor, (made.get(actor) ?? 0) + 1)
    return (made.get(actor) ?? 0) <= CALLS_MOST
  })
  return { scenario: { ...scenario, steps }, first, last: last - (scenario.steps.length - steps.length) }
}
