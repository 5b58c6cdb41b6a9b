import { describe, expect, it } from 'vitest'
import { compareVersions } from '../../oracle/expectations/versions.ts'
import type { PrintedVersion } from './description.ts'
import { gvisorDescription } from './descriptions/gvisor.ts'
import { qemuUserDescriptions } from './descriptions/qemu-user.ts'
import { printedVersion } from './printed-version.ts'

const printed = (text: string, { pattern }: PrintedVersion) =>
  printedVersion({ command: `printf '${text}'`, pattern })

const patternOf = (version: 'libc' | PrintedVersion | undefined): PrintedVersion => {
  if (version === undefined || version === 'libc') throw new Error('no command prints its version')
  return version
}

describe('the version that a command prints', () => {
  it('is the release of gVisor, however that was built', async () => {
    const gvisor = patternOf(gvisorDescription.version)
    expect(await printed('runsc version 0.0~20221219.0\\nspec: 1.0.2-dev\\n', gvisor)).toBe('20221219.0')
    const later = await printed('runsc version release-20250611.0\\nspec: 1.2.0\\n', gvisor)
    expect(later).toBe('20250611.0')
    expect(compareVersions(later ?? '', '20221219')).toBeGreaterThan(0)
  })

  it('is the number of qemu', async () => {
    const qemu = patternOf(qemuUserDescriptions[0]?.version)
    expect(await printed('qemu-x86_64 version 7.2.17 (Debian 1:7.2+dfsg-7)\\n', qemu)).toBe('7.2.17')
  })

  it('is unknown where there is no such command, and where it prints none', async () => {
    const pattern = /\d+/
    expect(await printedVersion({ command: '/nowhere/prints', pattern })).toBeUndefined()
    expect(await printedVersion({ command: 'echo nothing', pattern })).toBeUndefined()
  })
})
