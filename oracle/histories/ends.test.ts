import { describe, expect, it } from 'vitest'
import { linux, posix } from '../../model/profile.ts'
import type { World } from '../../model/world.ts'
import { judgingFrom, timedCall, worldAfter } from './histories.testing.ts'
import type { TimedCall } from './history.ts'
import { judgeHistory } from './judge-history.ts'

const setup = 'A: P = fork()\nA: Q = fork()\nA: T = thread()\n'
const pids = { P: 501, Q: 502 } as const

/** P or Q ends between these times. */
const ends = (actor: keyof typeof pids, begin: number, end: number): TimedCall => ({
  ...{ actor, begin, end, seen: { is: 'ended', actor } },
  call: { name: '_exit', status: 1 },
})

const report = ['A 1-9 waitpid(-1) = 501 status=256', 'T 2-8 waitpid(P) = ECHILD'] as const

const judgedIn = (world: World, calls: readonly TimedCall[], profile = linux) =>
  judgeHistory({ calls }, judgingFrom(world, profile)).verdict

const world = worldAfter(setup)
const judged = (lines: readonly (string | TimedCall)[], profile = linux) =>
  judgedIn(
    world,
    lines.map((line) => (typeof line === 'string' ? timedCall(line) : line)),
    profile,
  )

describe('waitpid.two-threads.one-winner', () => {
  it.each([linux, posix])('gives a report to one of those that wait, in profile $name', (profile) => {
    expect(judged([ends('P', 3, 20), ...report], profile)).toBe('conforms')
    expect(
      judged(
        [ends('P', 3, 20), 'A 1-9 waitpid(-1) = 501 status=256', 'T 2-8 waitpid(P) = 501 status=256'],
        profile,
      ),
    ).toBe('deviates')
  })

  it('does not leave anybody asleep whose last child was taken', () => {
    expect(judged([ends('P', 3, 20), report[0], 'T 2-(30) waitpid(P)'])).toBe('deviates')
    expect(judged([ends('P', 3, 20), report[0], 'T 2-(30) waitpid(-1)'])).toBe('conforms')
  })
})

describe('waitpid.end.reaps', () => {
  it('reports no end before it began', () => {
    expect(judged([ends('P', 10, 20), 'A 1-9 waitpid(-1, WNOHANG) = 501 status=256'])).toBe('deviates')
    expect(judged([ends('P', 8, 20), 'A 1-9 waitpid(-1, WNOHANG) = 501 status=256'])).toBe('conforms')
  })

  it('may find an end or not while it comes about', () => {
    expect(judged([ends('P', 0, 20), 'A 1-9 waitpid(P, WNOHANG) = 0'])).toBe('conforms')
  })
})
