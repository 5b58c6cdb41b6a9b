import { formOf } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Argument } from '../../model/vocabulary/shape.ts'

/** The actors and variables that the steps of a scenario have made so far. */
export interface Made {
  /** Whether the step names nobody and nothing else. */
  covers(step: Step): boolean
  add(step: Step): void
}

export function createMade(): Made {
  const made = new Set(['A', 'B', 'C', 'D', 'null', 'arena', 'literal', 'private', 'own', 'none', 'init'])
  return {
    covers({ actor, call }) {
      const given = call as unknown as Readonly<Record<string, unknown>>
      return (
        made.has(actor) &&
        formOf(call.name).arguments.every((argument) => isMade(argument, given[argument.name], made))
      )
    },
    add({ call }) {
      if ('as' in call) made.add(call.as)
    },
  }
}

function isMade({ kind }: Argument, value: unknown, made: ReadonlySet<string>): boolean {
  if (kind === 'address') return made.has((value as { base: string }).base)
  if ((kind !== 'id' && kind !== 'process') || typeof value !== 'string') return true
  return made.has(value.replace(/^-/, ''))
}
