import { describe, expect, it } from 'vitest'
import { ruleOf } from '../../model/catalogue/rules.ts'
import { linux, posix } from '../../model/profile.ts'
import { allEnds, possibleEnds } from './enumerate.ts'
import { litmusLibrary } from './library.ts'
import { observationOf } from './litmus-test.ts'
import { isTrue } from './proposition.ts'

const library = [...litmusLibrary()]

describe('the litmus tests of this package', () => {
  it('are many, each with a name of its own, which is that of its file', () => {
    expect(library.length).toBeGreaterThanOrEqual(30)
    expect(library.map(([, { name }]) => name)).toEqual(library.map(([file]) => file.split('/').at(-1)))
    expect(new Set(library.map(([, { name }]) => name)).size).toBe(library.length)
  })

  describe.each(library)('%s', (_, test) => {
    it.each([linux, posix])('claims what the model says in profile $name', (profile) => {
      const ends = possibleEnds(test, profile)
      const holding = ends.filter(({ end }) => isTrue(test.proposition, end))
      expect(observationOf(holding.length, ends.length)).toBe(test.claims[profile.name])
    })

    it('comes by the rules that it is about', () => {
      const used = allEnds(test, linux).rules
      expect(test.description).not.toBe('')
      expect(test.rules.filter((rule) => !used.has(ruleOf(rule)?.id ?? ''))).toEqual([])
    })
  })
})
