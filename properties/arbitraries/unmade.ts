import { formOf } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Argument } from '../../model/vocabulary/shape.ts'

/** Drops the steps of actors, and those with arguments, that no step before has made. */
export function withoutUnmade(steps: readonly Step[]): readonly Step[] {
  const made = new Set(['A', 'B', 'C', 'D', 'null', 'arena', 'literal', 'private', 'own', 'none', 'init'])
  return steps.filter(({ actor, call }) => {
    const form = formOf(call.name)
    const given = call as unknown as Readonly<Record<string, unknown>>
    const known = form.arguments.every((argument) => isMade(argument, given[argument.name], made))
    if (!known || !made.has(actor)) return false
    if ('as' in call) made.add(call.as)
    return true
  })
}

function isMade({ kind }: Argument, value: unknown, made: ReadonlySet<string>): boolean {
  if (kind === 'address') return made.has((value as { base: string }).base)
  if ((kind !== 'id' && kind !== 'process') || typeof value !== 'string') return true
  return made.has(value.replace(/^-/, ''))
}
