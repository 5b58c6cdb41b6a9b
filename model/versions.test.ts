import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from './initial.ts'
import { linux, posix } from './profile.ts'
import { isBefore, newest, versionOf } from './versions.ts'

const at = (release: string, profile = linux) => ({
  world: initialWorld({ ...usualFacts, version: versionOf(release) }, ['A']),
  profile,
})

describe('versions of Linux', () => {
  it.each([
    ['6.1.0-56-amd64', [6, 1]],
    ['6.12.117+deb12-cloud-amd64', [6, 12]],
    ['5.10', [5, 10]],
    ['unknown', newest],
  ])('reads %s', (release, version) => {
    expect(versionOf(release)).toEqual(version)
  })

  it('compares number by number', () => {
    expect(isBefore(at('6.9.3'), [6, 15])).toBe(true)
    expect(isBefore(at('5.19.0'), [6, 15])).toBe(true)
    expect(isBefore(at('6.15.0'), [6, 15])).toBe(false)
    expect(isBefore(at('7.0.1'), [6, 15])).toBe(false)
    expect(isBefore(at(''), [6, 15])).toBe(false)
  })

  it('tells nothing of what the standard allows', () => {
    expect(isBefore(at('6.1', posix), [6, 15])).toBe(false)
  })
})
