import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { mayBeMissed } from './may-be-missed.ts'
import { reasons } from './reasons.ts'

const plan = readFileSync(new URL('../../docs/testing-plan.md', import.meta.url), 'utf8')

/** The rows of the table in the testing plan whose first heading this is: the cells of each. */
function tableOf(heading: string): readonly (readonly string[])[] {
  const [, below = ''] = plan.split(`\n| ${heading} | why |\n| --- | --- |\n`)
  const [table = ''] = below.split(/\n(?!\|)/)
  return table.split('\n').map((line) => line.replace(/^\| | \|$/g, '').split(' | '))
}

it('docs/testing-plan.md has every reason why rules are not exercised', () =>
  expect(Object.fromEntries(tableOf('not exercised'))).toEqual(reasons))

it('docs/testing-plan.md has every rule that a run may miss', () => {
  const rows = tableOf('rules of the model that a run may miss')
  const rules = rows.flatMap(([ids = '', why]) => [...ids.matchAll(/`([^`]+)`/g)].map(([, id]) => [id, why]))
  expect(Object.fromEntries(rules)).toEqual(mayBeMissed)
})
