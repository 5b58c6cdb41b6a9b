import { describe, expect, it } from 'vitest'
import { initialWorld } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { factsOf } from '../../oracle/judge.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { drawFrom, randomFor } from './draw.ts'
import { generate } from './generate.ts'
import { withoutUnmade } from './shrink.ts'

const start = initialWorld(factsOf(aHeader()), rootActors)

describe('scenarios in which rules are avoided', () => {
  it.each([
    'semaphores',
    'messages',
    'shared-memory',
    'processes',
  ] as const)('use nothing that was not made: %s', (family) => {
    const avoid = new Set(['get.private.always-new', 'shmget.private.always-creates', 'fork.makes'])
    for (let number = 0; number < 300; number++) {
      const { steps } = generate(drawFrom(randomFor(1, number)), {
        ...{ start, families: [family], slow: false, avoid },
      })
      expect(withoutUnmade(steps)).toEqual(steps)
    }
  })
})
