import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clauses } from '../../model/catalogue.ts'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { isRunnable } from '../arbitraries/shrink.ts'
import { defineOf } from './lie.ts'
import { lies } from './lies.ts'

const world = initialWorld(usualFacts, rootActors)

const sources = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.c'))

const definedIn = (source: string) =>
  [...readFileSync(join(import.meta.dirname, source), 'utf8').matchAll(/^#ifdef (LIE_\w+)$/gm)].map(
    ([, define]) => `${source} ${define}`,
  )

describe('the list of lies', () => {
  it('has each lie of the C files once', () => {
    const listed = lies.map((lie) => `${lie.source} ${defineOf(lie)}`)
    expect(listed.toSorted()).toEqual(sources.flatMap(definedIn).toSorted())
  })

  it('names every lie differently', () => {
    expect(new Set(lies.map(({ name }) => name)).size).toBe(lies.length)
  })
})

describe.each(lies)('$name', ({ rules, witness }) => {
  it('expects rules of the catalogue', () => {
    const known = new Set(clauses.map(({ id }) => id))
    expect(rules.filter((rule) => !known.has(rule))).toEqual([])
  })

  it('has a witness that can be run', () => {
    expect(isRunnable(parseScenario(witness).scenario.steps, world)).toBe(true)
  })
})
