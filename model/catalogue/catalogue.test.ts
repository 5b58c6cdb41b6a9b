import { describe, expect, it } from 'vitest'
import { type ClauseFamily, clauses, familyOf } from '../catalogue.ts'
import { additions } from './additions.ts'
import { aliases } from './aliases.ts'
import { catalogueIds } from './ids.ts'
import { mayBeMissed } from './may-be-missed.ts'
import { onLinux } from './on-linux.ts'
import { reasons } from './reasons.ts'
import { ruleOf, rules } from './rules.ts'
import { unexercised } from './unexercised.ts'

const families = Object.keys(catalogueIds) as ClauseFamily[]
const ids = Object.values(catalogueIds).flat()
const entries = Object.values(unexercised).flat()
const modelIds = clauses.map(({ id }) => id)
const aliasIds = aliases.map(({ id }) => id)
const addedIds = additions.flatMap((addition) => addition.ids)

const repeated = (list: readonly string[]) => list.filter((id, at) => list.indexOf(id) !== at)
const without = (list: readonly string[], ...others: readonly (readonly string[])[]) =>
  list.filter((id) => !others.flat().includes(id))

describe('every rule of the catalogue', () => {
  it('is in the model, among the unexercised, or the same as another', () => {
    const known = [...modelIds, ...entries.map(({ id }) => id), ...aliasIds]
    expect(without(ids, known)).toEqual([])
  })

  it('is in one of them only: an entry goes when the model learns the rule', () => {
    expect(repeated([...modelIds, ...entries.map(({ id }) => id), ...aliasIds])).toEqual([])
  })

  it('is listed once', () => expect(repeated(ids)).toEqual([]))
})

describe('every rule of the model', () => {
  it('is in the catalogue, the same as a rule there, or an addition with a reason', () => {
    const same = aliases.map(({ as }) => as)
    expect(without(modelIds, ids, same, addedIds)).toEqual([])
  })

  it('is no addition where the catalogue has it', () => {
    expect(addedIds.filter((id) => ids.includes(id))).toEqual([])
    expect(without(addedIds, modelIds)).toEqual([])
    expect(repeated(addedIds)).toEqual([])
  })
})

describe.each(families)('%s', (family) => {
  it('has its ids and entries in order', () => {
    expect(catalogueIds[family]).toEqual([...catalogueIds[family]].sort())
    const own = unexercised[family].map(({ id }) => id)
    expect(own).toEqual([...own].sort())
  })

  it('lists what it leaves unexercised', () =>
    expect(
      without(
        unexercised[family].map(({ id }) => id),
        catalogueIds[family],
      ),
    ).toEqual([]))

  it('lists rules that the model has in the same family', () =>
    expect(catalogueIds[family].filter((id) => (familyOf(id) ?? family) !== family)).toEqual([]))
})

it('an unexercised rule has one sentence and a source', () => {
  for (const { id, sentence, cites } of entries) {
    expect(sentence, id).toMatch(/^\S.*\.$/)
    expect(cites, id).not.toEqual([])
  }
})

it('every reason is that of some rule', () => {
  const used = new Set<string>(entries.map(({ reason }) => reason))
  expect(without(Object.keys(reasons), [...used])).toEqual([])
})

it('what may be missed, or is not required on Linux, is in the model', () => {
  expect(without(Object.keys(mayBeMissed), modelIds)).toEqual([])
  expect(without(Object.keys(onLinux), modelIds)).toEqual([])
})

it('an alias leads to its rule', () => {
  for (const { id, as } of aliases) expect(ruleOf(id)?.id, id).toBe(as)
  expect(ruleOf('no.such-rule')).toBeUndefined()
})

it('has every rule once, with its reason if the model lacks it', () => {
  expect(repeated(rules.map(({ id }) => id))).toEqual([])
  expect(ruleOf('semop.dec')?.reason).toBeNull()
  expect(rules).toHaveLength(clauses.length + entries.length)
})
