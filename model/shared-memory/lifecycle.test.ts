import { describe, expect, it } from 'vitest'
import type { Moment } from '../moment.ts'
import { linux, type Profile, posix } from '../profile.ts'
import type { World } from '../world.ts'
import { dropAttachments, forkAttachments, noteFailedExec } from './lifecycle.ts'
import { countAttached } from './segments.ts'
import { worldAfter } from './story.ts'

const aMoment = (world: World, profile: Profile = linux, script: readonly number[] = []): Moment => ({
  world,
  now: 9,
  profile,
  events: [],
  rules: [],
  ruleCounts: [],
  choices: [],
  script,
})

const attached = () => worldAfter('B: M = shmget(private, 100)', 'A: P = shmat(M)', 'A: Q = shmat(M, arena)')

describe('fork.attachments.inherited', () => {
  it('doubles nattch', () => {
    const moment = aMoment(attached())
    forkAttachments(moment, 'A', 'C')
    expect(countAttached(moment.world, 'M')).toBe(4)
    expect(moment.world.processes.C?.attachments).toBe(moment.world.processes.A?.attachments)
    expect(moment.rules).toContain('fork.attachments.inherited')
  })
})

describe('fork.attachments.times', () => {
  it('stamps parent and time, or nothing in POSIX', () => {
    const documented = aMoment(attached())
    forkAttachments(documented, 'A', 'C')
    expect(documented.world.segments.M).toMatchObject({ lpid: 'A', atime: 9 })
    const other = aMoment(attached(), posix, [1])
    forkAttachments(other, 'A', 'C')
    expect(other.world.segments.M).toMatchObject({ atime: 3 })
  })
})

describe('exec.attachments.dropped', () => {
  it('knows afterwards only what lies in the arena', () => {
    const moment = aMoment(attached())
    dropAttachments(moment, 'A', 'exec')
    expect(countAttached(moment.world, 'M')).toBe(0)
    expect(Object.keys(moment.world.processes.A?.attachments ?? {})).toEqual(['Q'])
    expect(moment.world.segments.M).toMatchObject({ lpid: 'A', dtime: 9 })
  })
})

describe('exit.dest.destroyed-by-exit', () => {
  it('destroys with the last holder only', () => {
    const world = worldAfter(
      'M = shmget(private, 100)',
      'A: P = shmat(M)',
      'B: Q = shmat(M)',
      'A: shmctl(M, IPC_RMID)',
    )
    const moment = aMoment(world)
    dropAttachments(moment, 'A', 'exit')
    expect(moment.world.segments.M).toBeDefined()
    dropAttachments(moment, 'B', 'exit')
    expect(moment.world.segments.M).toBeUndefined()
    expect(moment.rules).toContain('exit.dest.destroyed-by-exit')
  })
})

describe('exit.creator.no-effect', () => {
  it('keeps the segment', () => {
    const moment = aMoment(attached())
    dropAttachments(moment, 'B', 'exit')
    expect(moment.world.segments.M?.cpid).toBe('B')
    expect(moment.rules).toEqual(['exit.creator.no-effect'])
  })
})

describe('exec.failed.keeps', () => {
  it('is told where there was something to keep', () => {
    const moment = aMoment(attached())
    noteFailedExec(moment, 'A')
    noteFailedExec(moment, 'D')
    expect(moment.rules).toEqual(['exec.failed.keeps'])
  })
})
