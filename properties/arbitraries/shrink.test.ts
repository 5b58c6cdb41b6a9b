import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { printScenario } from '../../model/vocabulary/text/print.ts'
import { simpler } from './shrink.ts'

const start = initialWorld(usualFacts, rootActors)

const simplerTexts = (text: string) => [...simpler(parseScenario(text).scenario, start)].map(printScenario)

describe('simpler', () => {
  it('leaves what is chosen by its name among the names', () => {
    const texts = simplerTexts('S = semget(private, 1)\nbad_semctl(S, SETALL)')
    const commands = texts.flatMap((text) => /bad_semctl\(S, (\w+)\)/.exec(text)?.[1] ?? [])
    expect(new Set(commands)).toEqual(new Set(['IPC_SET', 'SETALL']))
  })

  it('brings other numbers nearer to zero', () => {
    expect(simplerTexts('S = semget(private, 4)')).toContain('A: S = semget(private, 0)\n')
  })
})
