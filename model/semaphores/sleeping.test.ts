import { describe, expect, it } from 'vitest'
import {
  adjustments,
  counts,
  endings,
  inPosix,
  out,
  type Played,
  play,
  playOn,
  sleepers,
  values,
} from './play.testing.ts'

const one = 'S = semget(private, 1)'
const handler = 'B: sigaction(SIGUSR1, handler)'
const asleep = play(one, handler, 'B: semop(S, [0 -1])')

/** Where the last step has come to if it ended so. */
function where(played: Played, ending: string): Played {
  const at = endings(played).indexOf(ending)
  if (at < 0) throw new Error(`no outcome is ${ending}`)
  for (const outcome of played.outcomes) {
    const each = { ...played, outcomes: [outcome], world: outcome.world }
    if (endings(each)[0] === ending) return each
  }
  return played
}

describe('sem.eintr', () => {
  it('ends the sleep with nothing applied', () => {
    const played = playOn(asleep, 'kill(B, SIGUSR1)')
    expect(played.ending).toBe('A 0, B EINTR')
    expect(played.outcomes[0]?.events).toContainEqual({
      is: 'returned',
      actor: 'B',
      result: { value: -1, errno: 'EINTR', out: null },
    })
    expect(played.rules).toEqual(expect.arrayContaining(['sem.eintr', 'cnt.after']))
    expect([values(played), sleepers(played), counts(played)]).toEqual(['0', '', '0 / 0'])
    expect(played.world.sets.S?.otime).toBe(0)
  })
  it('comes with SA_RESTART, too', () => {
    const restarting = play(one, 'B: sigaction(SIGUSR1, handler, SA_RESTART)', 'B: semop(S, [0 -1])')
    expect(playOn(restarting, 'kill(B, SIGUSR1)').ending).toBe('A 0, B EINTR')
    expect(endings(inPosix(restarting, 'kill(B, SIGUSR1)'))).toEqual(['A 0', 'A 0, B EINTR'])
  })
  it('is required without SA_RESTART', () =>
    expect(endings(inPosix(asleep, 'kill(B, SIGUSR1)'))).toEqual(['A 0, B EINTR']))
  it('reports how long semtimedop slept', () => {
    const timed = play(one, handler, 'B: semtimedop(S, [0 -1], {LONG_MAX 0})', 'kill(B, SIGUSR1)')
    expect(timed.ending).toBe('A 0, B EINTR')
    expect(out(timed, 'B')).toEqual({ elapsed: 'at least 0' })
    const stopped = play(
      one,
      'B: semtimedop(S, [0 -1], {LONG_MAX 0})',
      'kill(B, SIGSTOP)',
      'kill(B, SIGCONT)',
    )
    expect(out(stopped, 'B')).toEqual({ elapsed: 'at least 0' })
  })
})

describe('sem.eintr.undo', () => {
  it('adjusts nothing', () => {
    const played = play(one, handler, 'B: semop(S, [0 -1 SEM_UNDO, 0 0])', 'kill(B, SIGUSR1)')
    expect(played.rules).toContain('sem.eintr.undo')
    expect(adjustments(played, 'B')).toBe('0')
    expect(playOn(asleep, 'kill(B, SIGUSR1)').rules).not.toContain('sem.eintr.undo')
  })
})

describe('sem.signal-ignored', () => {
  it.each(['B: sigaction(SIGUSR1, SIG_IGN)', 'B: sigprocmask(SIG_BLOCK, SIGUSR1)'])('%s', (line) => {
    const played = play(one, line, 'B: semop(S, [0 -1])', 'kill(B, SIGUSR1)')
    expect([played.ending, sleepers(played)]).toEqual(['A 0', 'B'])
    expect(played.rules).toContain('sem.signal-ignored')
  })
})

describe('sem.stop-cont', () => {
  const stopped = playOn(asleep, 'kill(B, SIGSTOP)')
  it('takes the sleeper off the set', () => {
    expect(stopped.ending).toBe('A 0, B stopped')
    expect(stopped.rules).toEqual(expect.arrayContaining(['sem.stop-cont', 'cnt.after']))
    expect([sleepers(stopped), counts(stopped)]).toEqual(['', '0 / 0'])
  })
  it('returns EINTR when it is continued, whatever happened meanwhile', () => {
    const continued = playOn(stopped, 'semop(S, [0 +1])', 'kill(B, SIGCONT)')
    expect([continued.ending, values(continued)]).toEqual(['A 0, B EINTR, B continued', '1'])
    expect(continued.rules).toContain('sem.stop-cont')
    const removed = playOn(stopped, 'semctl(S, 0, IPC_RMID)', 'kill(B, SIGCONT)')
    expect(removed.ending).toBe('A 0, B EINTR, B continued')
  })
  it('may stay on the set elsewhere, complete while it is stopped, and return when it is continued', () => {
    const open = inPosix(asleep, 'kill(B, SIGSTOP)')
    const staying = open.outcomes.find(({ world }) => world.sets.S?.sleepers.includes('B'))
    if (staying === undefined) throw new Error('no outcome keeps it on the set')
    const kept = { ...open, world: staying.world }
    expect(counts(kept)).toBe('1 / 0')
    expect(playOn(kept, 'kill(B, SIGCONT)').ending).toBe('A 0, B continued')
    const completed = playOn(kept, 'semop(S, [0 +1])')
    expect([completed.ending, values(completed), sleepers(completed)]).toEqual(['A 0', '0', ''])
    expect(playOn(completed, 'kill(B, SIGCONT)').ending).toBe('A 0, B 0, B continued')
    const removed = playOn(kept, 'semctl(S, 0, IPC_RMID)')
    expect(removed.ending).toBe('A 0')
    expect(playOn(removed, 'kill(B, SIGCONT)').ending).toBe('A 0, B EIDRM, B continued')
  })
})

describe('sem.waiter-killed', () => {
  it('is counted no more and has no effect', () => {
    const killed = playOn(asleep, 'kill(B, SIGKILL)')
    expect(killed.ending).toBe('A 0, B ended')
    expect(killed.rules).toEqual(expect.arrayContaining(['sem.waiter-killed', 'cnt.after']))
    expect(counts(killed)).toBe('0 / 0')
    expect(values(playOn(killed, 'semop(S, [0 +1])'))).toBe('1')
  })
})

describe('semtimedop.expire', () => {
  const timed = play(one, 'B: semtimedop(S, [0 -2 SEM_UNDO, 0 0], {0 20000000})')
  it('may come in any step after the call, on Linux too', () => {
    expect(endings(timed)).toEqual(['', 'B EAGAIN'])
    expect(endings(playOn(timed, 'tick()'))).toEqual(['', 'B EAGAIN'])
  })
  it('applies nothing, and takes its time', () => {
    const expired = playOn(timed, 'semop(S, [0 +1])', 'B: expires')
    expect(expired.ending).toBe('B EAGAIN')
    expect(expired.rules).toEqual(
      expect.arrayContaining(['semtimedop.expire', 'cnt.after', 'sem.eintr.undo']),
    )
    expect([values(expired), sleepers(expired), adjustments(expired, 'B')]).toEqual(['1', '', '0'])
    expect(out(expired, 'B')).toEqual({ elapsed: 'at least 20000' })
  })
  it('does not happen to who was completed before', () => {
    const completed = playOn(timed, 'semop(S, [0 +2])')
    expect(endings(completed)).toEqual(['A 0, B 0', 'A 0, B EAGAIN'])
    expect(values(where(completed, 'A 0, B 0'))).toBe('0')
    expect(values(where(completed, 'A 0, B EAGAIN'))).toBe('2')
    expect(playOn(completed, 'B: expires').ending).toBe('')
  })
  it('is not noted for who has no deadline', () => {
    expect(asleep.rules).not.toContain('semtimedop.expire')
    expect(playOn(asleep, 'B: expires').ending).toBe('')
  })
  it('does not adjust anything where nothing is undone', () =>
    expect(play(one, 'B: semtimedop(S, [0 -2], {0 20000000})', 'B: expires').rules).not.toContain(
      'sem.eintr.undo',
    ))
})

describe('sem.rmid', () => {
  it('ends every sleeper, whatever it waits for', () => {
    const played = play(
      'S = semget(private, 2)',
      'A: semop(S, [1 +1])',
      'B: semop(S, [0 -1 SEM_UNDO])',
      'C: semop(S, [1 0])',
      'D: semop(S, [0 -1, 1 -1])',
      'A: semctl(S, 0, IPC_RMID)',
    )
    expect(played.ending).toBe('A 0, B EIDRM, C EIDRM, D EIDRM')
    expect(played.rules).toEqual(expect.arrayContaining(['sem.rmid', 'rmid.sleepers-eidrm', 'cnt.after']))
    expect(played.world.sets).toEqual({})
    expect(played.outcomes[0]?.events).toContainEqual({
      is: 'returned',
      actor: 'B',
      result: { value: -1, errno: 'EIDRM', out: null },
    })
    for (const name of ['B', 'C', 'D']) expect(played.world.processes[name]?.activity.is).toBe('idle')
  })
  it('is not noted without sleepers', () => {
    const { rules } = play(one, 'semctl(S, 0, IPC_RMID)')
    expect(rules).toContain('rmid.immediate')
    expect(rules).not.toContain('sem.rmid')
    expect(rules).not.toContain('rmid.sleepers-eidrm')
  })
})
