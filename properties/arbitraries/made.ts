import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Argument } from '../../model/vocabulary/shape.ts'

/** Processes and threads that the steps of a scenario may make, gone or not: the probe has 16 seats, four of them for the roots. */
export const MADE_ACTORS_MAX = 12

/** The actors and variables that the steps of a scenario have made so far. */
export interface Made {
  /** Whether the step names nobody and nothing else, and the probe has room for whom it makes. */
  covers(step: Step): boolean
  add(step: Step): void
}

export function createMade(): Made {
  const made = new Set(['A', 'B', 'C', 'D', 'null', 'arena', 'literal', 'private', 'own', 'none', 'init'])
  let actors = 0
  return {
    covers({ actor, call }) {
      const given = call as unknown as Readonly<Record<string, unknown>>
      return (
        made.has(actor) &&
        (actors < MADE_ACTORS_MAX || !makesActor(call)) &&
        formOf(call.name).arguments.every((argument) => isMade(argument, given[argument.name], made))
      )
    },
    add({ call }) {
      if ('as' in call) made.add(call.as)
      if (makesActor(call)) actors++
    },
  }
}

function makesActor({ name }: Call): boolean {
  const { makes } = formOf(name)
  return makes === 'process' || makes === 'thread'
}

function isMade({ kind }: Argument, value: unknown, made: ReadonlySet<string>): boolean {
  if (kind === 'address') return made.has((value as { base: string }).base)
  if ((kind !== 'id' && kind !== 'process') || typeof value !== 'string') return true
  return made.has(value.replace(/^-/, ''))
}
