import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patternOf, preparePage, readPage, runDocumented } from './documented-commands.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-documentation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each([
  'docs/laboratory.md',
  'docs/fixing.md',
  'docs/gate.md',
  'docs/research.md',
  'docs/rules.md',
])('%s', (file) => {
  const page = readPage(file)
  const here = join(folder, basename(file))
  beforeAll(() => {
    mkdirSync(here)
    preparePage(page, here)
  })

  it('prints what the page says, from the first command to the last', async () => {
    expect(page.commands.length).toBeGreaterThan(2)
    for (const command of page.commands)
      expect(await runDocumented(command, here), `line ${command.line}`).toMatch(patternOf(command.output))
  })
})
