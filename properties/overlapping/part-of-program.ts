import { formOf } from '../../model/vocabulary/forms.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import type { AddressArgument } from '../../model/vocabulary/shape.ts'
import type { OverlappingProgram } from '../../oracle/trace/timed-call.ts'

/** The program with those of its steps behind the setup that are kept. */
export function without(
  { scenario, first, last }: OverlappingProgram,
  keeps: (at: number) => boolean,
): OverlappingProgram {
  const steps = scenario.steps.filter((_, at) => at < first || keeps(at))
  const dropped = scenario.steps.filter((_, at) => at >= first && at < last && !keeps(at)).length
  return { scenario: { ...scenario, steps }, first, last: last - dropped }
}

/** The program without one step of its setup. */
export const withoutBefore = (
  { scenario, first, last }: OverlappingProgram,
  step: number,
): OverlappingProgram => ({
  scenario: { ...scenario, steps: scenario.steps.filter((_, at) => at !== step) },
  ...{ first: first - 1, last: last - 1 },
})

/** Whether every actor, process and variable that is used was to be made before. */
export function isWhole({ scenario }: OverlappingProgram): boolean {
  const made = new Set<unknown>(rootActors)
  return scenario.steps.every(({ actor, call }) => {
    const fields = call as unknown as Readonly<Record<string, unknown>>
    const used = formOf(call.name).arguments.flatMap(({ name, kind }) =>
      kind === 'id' ? [fields[name]] : kind === 'address' ? [(fields[name] as AddressArgument).base] : [],
    )
    const whom = 'process' in call ? call.process : 'idtype' in call ? call.id : null
    if (typeof whom === 'string') used.push(whom.replace(/^-/, ''))
    const isMade = [actor, ...used].every(
      (name) => typeof name !== 'string' || places.has(name) || made.has(name),
    )
    if ('as' in call) made.add(call.as)
    return isMade
  })
}

const places: ReadonlySet<string> = new Set(['null', 'arena', 'literal'])
