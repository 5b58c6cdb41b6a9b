import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { passingFolder } from './passing-folder.ts'

describe('a passing folder', () => {
  it('is gone when it is told to be', () => {
    const { environment, remove } = passingFolder()
    const path = environment.TMPDIR as string
    expect(existsSync(path)).toBe(true)
    remove()
    expect(existsSync(path)).toBe(false)
  })

  it('is removed by the next one where its process was killed, with all that is in it', () => {
    const { pid } = spawnSync('true')
    const left = mkdtempSync(join(tmpdir(), `ipc-oracle-${pid}-`))
    const used = mkdtempSync(join(tmpdir(), `ipc-oracle-${process.ppid}-`))
    writeFileSync(join(left, 'file'), '')
    passingFolder().remove()
    const found = [existsSync(left), existsSync(used)]
    rmSync(used, { recursive: true })
    expect(found).toEqual([false, true])
  })
})
