import { describe, expect, it } from 'vitest'
import { linux, posix } from './profile.ts'
import { isBefore, newest, versionOf } from './versions.ts'

const isOld = (release: string, profile = linux) =>
  isBefore([6, 15], profile, { version: versionOf(release) })

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
    expect(isOld('6.9.3')).toBe(true)
    expect(isOld('5.19.0')).toBe(true)
    expect(isOld('6.15.0')).toBe(false)
    expect(isOld('7.0.1')).toBe(false)
    expect(isOld('')).toBe(false)
  })

  it('tells nothing of what the standard allows', () => {
    expect(isOld('6.1', posix)).toBe(false)
  })
})
