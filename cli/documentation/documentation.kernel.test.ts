import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { patternOf, readPage, runDocumented } from './documented-commands.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-documentation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(['docs/laboratory.md'])('%s', (file) => {
  const page = readPage(file)

  it('prints what the page says, from the first command to the last', async () => {
    expect(page.commands.some(({ words: [command] }) => command === 'run')).toBe(true)
    for (const command of page.commands)
      expect(await runDocumented(command, page, folder), `line ${command.line}`).toMatch(
        patternOf(command.output),
      )
  })
})
