import { expect, it } from 'vitest'
import { clauseOf, clauses, familyOf } from './catalogue.ts'

it.each([
  ['semop.sempid', 'semaphores'],
  ['limit.semopm', 'semaphores'],
  ['rcv.fifo', 'messages'],
  ['fork.attachments.inherited', 'shared-memory'],
  ['fork.returns-twice', 'processes'],
  ['perm.set-rmid', 'common'],
  ['no.such-rule', undefined],
])('the family of %s is %s', (rule, family) => expect(familyOf(rule)).toBe(family))

it('has each clause once', () => {
  expect(new Set(clauses.map(({ id }) => id)).size).toBe(clauses.length)
  for (const clause of clauses) expect(clauseOf(clause.id)).toBe(clause)
})
