import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { linux } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { foresee } from './foresee.ts'
import { scenarioLibrary } from './library.ts'

const start = initialWorld(usualFacts, rootActors)

describe.each(['semaphores', 'messages', 'shared-memory', 'processes'] as const)('%s scenarios', (family) => {
  const library = scenarioLibrary(family)

  it('exist', () => expect(library.length).toBeGreaterThan(0))

  it.each(
    library.map(({ name, text }) => [name, text] as const),
  )('%s says what the model says', (_, text) => {
    const { mistakes, rules } = foresee(text, start, linux)
    expect(mistakes).toEqual([])
    expect(text.rules.filter((rule) => !rules.has(rule))).toEqual([])
  })
})
