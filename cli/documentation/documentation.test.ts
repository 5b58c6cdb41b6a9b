import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patternOf, preparePage, readPage, runDocumented } from './documented-commands.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-documentation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(['docs/laboratory.md'])('%s', (file) => {
  const page = readPage(file)
  const here = join(folder, basename(file))
  beforeAll(() => {
    mkdirSync(here)
    preparePage(page, here)
  })
  const commands = page.commands.filter(({ words }) => words?.[0] === 'explain')

  it('shows commands', () => expect(commands.length).toBeGreaterThan(5))

  it.each(
    commands.map((each) => [each.line, each.text, each] as const),
  )('line %i: %s prints what the page says', async (_, __, command) => {
    expect(await runDocumented(command, here)).toMatch(patternOf(command.output))
  })
})
