import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../harness/package-root.ts'
import { clauses } from '../../model/catalogue.ts'
import { covers } from '../../oracle/expectations/expected-deviation.ts'
import { readExpectations } from '../expectations/read.ts'

const folder = join(packageRoot, 'harness/expectations')
const page = readFileSync(join(packageRoot, 'docs/results.md'), 'utf8')
const known = page.slice(page.indexOf('## What was known before'))
const [found = '', notFound = ''] = known.split('Not found:')

/** The rules that the page names behind a target, in lines of a list or of a table. */
const rulesIn = (text: string, target: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`- \`${target}\``) || line.startsWith(`| \`${target}\``))
    .flatMap(
      (line) => (line.startsWith('-') ? line.split(': ')[1] : line.split('|')[2])?.match(/[\w.-]+/g) ?? [],
    )

/** All that is expected of a target; of several, what is expected of any. */
const expectedOf = async (target: string) => {
  const pattern = new RegExp(`^${target.replace('*', '.*')}\\.yaml$`)
  const files = readdirSync(folder).filter((file) => pattern.test(file))
  return (await Promise.all(files.map((file) => readExpectations(join(folder, file))))).flat()
}

describe.each(['gvisor', 'qemu-user-*', 'host-i386'])('what was known of %s before', (target) => {
  it('is expected where the page says that it is found', async () => {
    const entries = await expectedOf(target)
    const rules = rulesIn(found, target)
    expect(rules.length).toBeGreaterThan(0)
    for (const rule of rules)
      expect(
        entries.some((entry) => covers(entry, rule)),
        rule,
      ).toBe(true)
  })

  it('is not expected where the page says why it is not found', async () => {
    const entries = await expectedOf(target)
    for (const rule of rulesIn(notFound, target)) {
      expect(clauses.some(({ id }) => id === rule) || page.includes('overlap'), rule).toBe(true)
      expect(
        entries.some((entry) => covers(entry, rule)),
        rule,
      ).toBe(false)
    }
  })
})
