import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { onPath } from '../../harness/targets/on-path.ts'
import { patternOf, preparePage, readPage, runDocumented } from './documented-commands.testing.ts'

const here = mkdtempSync(join(tmpdir(), 'ipc-oracle-readme-'))
afterAll(() => rmSync(here, { recursive: true, force: true }))

describe('README.md', async () => {
  const page = readPage('README.md')

  it('shows one finding', () => expect(page.commands.length).toBe(1))

  for (const command of page.commands) {
    const emulator = /--wrap (\S+)/.exec(command.text)?.[1] ?? 'sh'
    it.skipIf((await onPath(emulator)) === undefined)(
      `${command.text} prints what the page says`,
      async () => {
        preparePage(page, here)
        expect(await runDocumented(command, here)).toMatch(patternOf(command.output))
      },
    )
  }
})
