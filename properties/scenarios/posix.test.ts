import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { latitude } from './latitude.ts'
import { latitudeFile, scenarioLibrary } from './library.ts'

const start = initialWorld(usualFacts, rootActors)

describe.each(['semaphores', 'messages', 'shared-memory', 'processes'] as const)('%s scenarios', (family) => {
  it('say what POSIX allows besides', async () => {
    const text = scenarioLibrary(family)
      .flatMap((named) => latitude(named, start))
      .join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(latitudeFile(family))
  })
})
