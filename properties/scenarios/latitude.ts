import type { Expected, ExpectedEvent } from '../../model/expected.ts'
import { canAct, type Outcome, outcomes } from '../../model/outcomes.ts'
import { linux, posix } from '../../model/profile.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import type { World } from '../../model/world.ts'
import type { NamedScenario } from './library.ts'

/**
 * A scenario's steps for which POSIX, or what is documented of Linux, allows more than one outcome, each with what is
 * allowed: nothing if there are none. Outcomes that look alike differ in what they leave behind; how many these are is told.
 */
export function latitude({ name, text }: NamedScenario, start: World): readonly string[] {
  const found: string[] = []
  let world = start
  let now = 0
  for (const { step, text: line } of text.lines) {
    if (step === 'returns') continue
    const { actor, call } = step
    if (formOf(call.name).pseudo !== true && !canAct(world, actor)) break
    now++
    const allowed = outcomes(world, actor, call, now, posix)
    const documented = outcomes(world, actor, call, now, linux)
    const asked = `  ${line.replace(/\s*->.*/, '')}`
    if (documented.length > 1) found.push(`${asked} [Linux leaves open]`, ...counted(documented))
    if (allowed.length > 1) found.push(asked, ...counted(allowed))
    world = documented[0]?.world ?? world
  }
  return found.length === 0 ? [] : [name, ...found]
}

function counted(allowed: readonly Outcome[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const outcome of allowed) {
    const words = outcome.events.map(wordsOf).sort().join(', ') || 'nothing'
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  return [...counts].map(([words, count]) => `    ${words}${count > 1 ? ` (${count})` : ''}`)
}

function wordsOf(event: ExpectedEvent): string {
  if (event.is !== 'returned') return `${event.actor} ${event.is}`
  const { value, errno, out } = event.result
  if (errno !== 'none') return `${event.actor} ${errno}`
  const fields = Object.entries(out ?? {}).map(([field, each]) => ` ${field} ${valueWords(each)}`)
  return `${event.actor} ${valueWords(value)}${fields.join('')}`
}

function valueWords(value: Expected): string {
  if (typeof value !== 'object') return `${value}`
  if (!('is' in value)) return `{${value.join(' ')}}`
  const { is, ...rest } = value
  return [is, ...Object.values(rest).map((each) => `${each}`)].join(' ')
}
