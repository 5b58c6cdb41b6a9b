import { describe, expect, it } from 'vitest'
import {
  adjustments,
  counts,
  endings,
  inPosix,
  out,
  type Played,
  pids,
  play,
  playOn,
  sleepers,
  values,
} from './play.testing.ts'

const one = 'S = semget(private, 1)'
const two = 'S = semget(private, 2)'
const exit = 'B: _exit(0)'

/** The values that set S may have after the last step. */
const possibleValues = (played: Played) =>
  [...new Set(played.outcomes.map(({ world }) => values({ ...played, world })))].sort()

/** The last processes that set S may name after the last step. */
const possiblePids = (played: Played) =>
  [...new Set(played.outcomes.map(({ world }) => pids({ ...played, world })))].sort()

describe('undo.exit', () => {
  const taken = play(two, 'semop(S, [0 +3, 1 +3])', 'B: semop(S, [0 -2 SEM_UNDO])')
  it('gives back what was taken, and wakes', () => {
    const played = playOn(taken, 'C: semop(S, [0 -3])', exit)
    expect([played.ending, values(played)]).toEqual(['B ended, C 0', '0 3'])
    expect(played.rules).toContain('undo.exit')
    expect(played.rules).toContain('sem.wake.handoff')
  })
  it('comes with a fatal signal, too', () => {
    const played = playOn(taken, 'kill(B, SIGKILL)')
    expect([played.ending, values(played)]).toEqual(['A 0, B ended', '3 3'])
    expect(played.rules).toContain('undo.exit')
  })
  it('is not noted where nothing is to be undone', () => {
    expect(play(one, 'B: semop(S, [0 +1])', exit).rules).not.toContain('undo.exit')
    const net = play(one, 'B: semop(S, [0 +1 SEM_UNDO, 0 -1 SEM_UNDO])', exit)
    expect(net.rules).not.toContain('undo.exit')
  })
  it('happens before the parent hears of the end', () => {
    const forked = playOn(play(one, 'E = fork()', 'E: semop(S, [0 +1 SEM_UNDO])'), 'E: _exit(0)')
    expect(values(forked)).toBe('0')
    expect(forked.world.processes.E?.lifecycle.life).toBe('zombie')
    expect(forked.world.processes.E?.undo).toEqual({})
  })
  it('is about every set', () => {
    const played = play(
      one,
      'T = semget(private, 1)',
      'B: semop(S, [0 +1 SEM_UNDO])',
      'B: semop(T, [0 +1 SEM_UNDO])',
    )
    const ended = playOn(played, exit)
    expect(values(ended)).toBe('0')
    expect(ended.world.sets.T?.semaphores[0]?.value).toBe(0)
  })
})

describe('undo.exit.below-zero', () => {
  const before = play(one, 'B: semop(S, [0 +3 SEM_UNDO])', 'semop(S, [0 -2])')
  it('stops at 0', () => {
    const played = playOn(before, exit)
    expect([values(played), pids(played)]).toEqual(['0', 'B'])
    expect(played.rules).toContain('undo.exit.below-zero')
  })
  it('may leave the value elsewhere', () => expect(possibleValues(inPosix(before, exit))).toEqual(['0', '1']))
  it('is not noted where the value reaches 0', () =>
    expect(play(one, 'B: semop(S, [0 +3 SEM_UNDO])', exit).rules).not.toContain('undo.exit.below-zero'))
})

describe('undo.exit.above-max', () => {
  const before = play(one, 'semctl(S, 0, SETVAL, 10)', 'B: semop(S, [0 -10 SEM_UNDO])')
  it('stops at the maximum', () => {
    const played = playOn(before, 'semop(S, [0 +32760])', exit)
    expect([values(played), pids(played)]).toEqual(['32767', 'B'])
    expect(played.rules).toContain('undo.exit.above-max')
  })
  it('may leave the value elsewhere', () =>
    expect(possibleValues(inPosix(playOn(before, 'semop(S, [0 +32760])'), exit))).toEqual(['32760', '32767']))
  it('is not noted where the value reaches the maximum', () => {
    const played = playOn(before, 'semop(S, [0 +32757])', exit)
    expect(values(played)).toBe('32767')
    expect(played.rules).not.toContain('undo.exit.above-max')
  })
})

describe('undo.exit.sempid', () => {
  const before = play(two, 'B: semop(S, [0 +1 SEM_UNDO, 1 +1])', 'semop(S, [0 +1, 1 +1])')
  it('is the ended process where something was adjusted', () => {
    const played = playOn(before, exit)
    expect(pids(played)).toBe('B A')
    expect(played.rules).toContain('undo.exit.sempid')
  })
  it('may stay as it was elsewhere', () =>
    expect(possiblePids(inPosix(before, exit))).toEqual(['A A', 'B A']))
  it('is not noted without an adjustment', () =>
    expect(play(one, 'B: semop(S, [0 0 SEM_UNDO])', exit).rules).not.toContain('undo.exit.sempid'))
})

describe('undo.exit.otime', () => {
  it.each([
    ['[0 +1 SEM_UNDO]'],
    ['[0 0 SEM_UNDO]'],
    ['[0 -1 SEM_UNDO|IPC_NOWAIT]'],
    ['[0 +1 SEM_UNDO, 0 -1 SEM_UNDO]'],
  ])('is set whatever became of %s; ctime is not', (array) => {
    const before = play(one, `B: semop(S, ${array})`, 'tick()')
    const played = playOn(before, exit)
    expect(played.world.sets.S).toMatchObject({ otime: 4, ctime: 1 })
    expect(played.rules).toContain('undo.exit.otime')
    expect(inPosix(before, exit).outcomes.map(({ world }) => world.sets.S?.otime)).toContain(
      before.world.sets.S?.otime,
    )
  })
  it('is not touched by who never used SEM_UNDO on the set', () => {
    const played = play(one, 'B: semop(S, [0 +1])', 'tick()', exit)
    expect(played.world.sets.S?.otime).toBe(2)
    expect(played.rules).not.toContain('undo.exit.otime')
  })
})

describe('undo.exit.atomic-per-set', () => {
  const id = 'undo.exit.atomic-per-set'
  // Adjusting semaphore 1 alone makes both 0 for a moment.
  const before = play(two, 'B: semop(S, [0 +2])', 'B: semop(S, [0 -2 SEM_UNDO, 1 +1 SEM_UNDO])')
  const waiter = 'C: semop(S, [1 0, 0 -1])'
  it('looks at sleepers when everything is adjusted', () => {
    const played = playOn(before, waiter, exit)
    expect([played.ending, values(played)]).toEqual(['B ended, C 0', '1 0'])
    expect(played.rules).toContain(id)
  })
  it('may look after each semaphore elsewhere', () => {
    const taking = play(
      two,
      'B: semop(S, [1 +1 SEM_UNDO])',
      'semop(S, [0 +1])',
      'B: semop(S, [0 -1 SEM_UNDO])',
    )
    const competing = playOn(taking, 'C: semop(S, [0 -1, 1 -1])', 'D: semop(S, [0 -1, 1 0])')
    expect(playOn(competing, exit).ending).toBe('B ended, D 0')
    expect(endings(inPosix(competing, exit))).toEqual(['B ended, C 0', 'B ended, D 0'])
  })
  it('is not noted where no sleeper names two of the semaphores', () =>
    expect(playOn(before, 'C: semop(S, [1 0])', exit).rules).not.toContain(id))
  it('is noted where one of several sleepers does', () =>
    expect(playOn(before, waiter, 'D: semop(S, [1 -9])', exit).rules).toContain(id))
})

describe('undo.setval-clears', () => {
  const before = play(two, 'B: semop(S, [0 +1 SEM_UNDO, 1 +1 SEM_UNDO])', 'C: semop(S, [0 +1 SEM_UNDO])')
  it('clears one semaphore in every process', () => {
    const played = playOn(before, 'semctl(S, 0, SETVAL, 5)')
    expect(played.rules).toContain('undo.setval-clears')
    expect(played.rules).not.toContain('undo.setall-clears')
    expect([adjustments(played, 'B'), adjustments(played, 'C')]).toEqual(['0 -1', '0 0'])
    expect(values(playOn(played, exit))).toBe('5 0')
  })
  it('clears with the value that is there already', () =>
    expect(adjustments(playOn(before, 'semctl(S, 0, SETVAL, 2)'), 'C')).toBe('0 0'))
  it('does not clear where it fails', () =>
    expect(adjustments(playOn(before, 'semctl(S, 0, SETVAL, -1)'), 'C')).toBe('-1 0'))
  it('is not noted where nothing is cleared', () =>
    expect(play(two, 'B: semop(S, [1 +1 SEM_UNDO])', 'semctl(S, 0, SETVAL, 5)').rules).not.toContain(
      'undo.setval-clears',
    ))
})

describe('undo.setall-clears', () => {
  const before = play(two, 'B: semop(S, [0 +1 SEM_UNDO, 1 +1 SEM_UNDO])')
  it('clears all of the set', () => {
    const played = playOn(before, 'semctl(S, 0, SETALL, {5 6})')
    expect(played.rules).toContain('undo.setall-clears')
    expect(adjustments(played, 'B')).toBe('0 0')
    expect(values(playOn(played, exit))).toBe('5 6')
  })
  it('does not clear where it fails', () =>
    expect(adjustments(playOn(before, 'semctl(S, 0, SETALL, {5 32768})'), 'B')).toBe('-1 -1'))
})

describe('undo.rmid-discards', () => {
  it('leaves a new set under the same key alone', () => {
    const made = 'S = semget(key1, 1, IPC_CREAT|IPC_EXCL|0600)'
    const removed = play(
      made.replace('1, IPC', '2, IPC'),
      'B: semop(S, [0 +1 SEM_UNDO])',
      'semctl(S, 0, IPC_RMID)',
    )
    expect(removed.rules).toContain('undo.rmid-discards')
    expect(removed.world.processes.B?.undo).toEqual({})
    const ended = playOn(removed, made.replace('S', 'T'), 'semctl(T, 0, SETVAL, 5)', exit)
    expect(ended.world.sets.T?.semaphores[0]?.value).toBe(5)
    expect(ended.rules).not.toContain('undo.exit.otime')
  })
  it('is not noted without an adjustment', () =>
    expect(play(one, 'B: semop(S, [0 0 SEM_UNDO])', 'semctl(S, 0, IPC_RMID)').rules).not.toContain(
      'undo.rmid-discards',
    ))
})

describe('undo.fork', () => {
  it('gives the child none', () => {
    const played = play(one, 'semop(S, [0 +1 SEM_UNDO])', 'E = fork()')
    expect(played.rules).toContain('undo.fork')
    expect(adjustments(played, 'E')).toBe('')
    const ended = playOn(played, 'E: _exit(0)')
    expect([values(ended), adjustments(ended, 'A')]).toEqual(['1', '-1'])
  })
})

describe('undo.exec', () => {
  it('keeps them until the end', () => {
    const played = play(one, 'B: semop(S, [0 +1 SEM_UNDO])', 'B: exec(self)')
    expect(played.rules).toContain('undo.exec')
    expect(adjustments(played, 'B')).toBe('-1')
    expect(values(playOn(played, exit))).toBe('0')
  })
})

describe('undo.no-perm', () => {
  it('is not checked at the end', () => {
    const before = play(one, 'B: semop(S, [0 +1 SEM_UNDO])')
    const played = playOn(before, 'semctl(S, 0, IPC_SET, own, own, 0400)', exit)
    expect(values(played)).toBe('0')
    expect(played.rules).toContain('undo.no-perm')
    expect(playOn(before, exit).rules).not.toContain('undo.no-perm')
  })
})

describe('the end of a process that sleeps with SEM_UNDO', () => {
  it('undoes what it did before, not what it waited for', () => {
    const before = play(one, 'B: semop(S, [0 +1 SEM_UNDO])', 'B: semop(S, [0 -2 SEM_UNDO])')
    const played = playOn(before, 'kill(B, SIGKILL)')
    expect([values(played), sleepers(played)]).toEqual(['0', ''])
  })
})

describe('the zero pass of an end', () => {
  it('looks at sleepers on all semaphores, whatever was adjusted', () => {
    const stale = play(two, 'B: semop(S, [0 0 SEM_UNDO])', 'semop(S, [1 +1])', 'C: semop(S, [0 0, 1 0])')
    const moved = playOn(stale, 'semop(S, [0 +1])')
    expect(counts(moved)).toBe('0 0 / 0 1')
    expect(counts(playOn(moved, exit))).toBe('0 0 / 0 1')
    const third = play('S = semget(private, 3)', 'B: semop(S, [2 0 SEM_UNDO])', 'semop(S, [1 +1])')
    const waiting = playOn(third, 'C: semop(S, [0 0, 1 0])', 'semop(S, [0 +1])')
    expect(counts(waiting)).toBe('0 0 0 / 0 1 0')
    expect(counts(playOn(waiting, exit))).toBe('0 0 0 / 1 0 0')
  })
})

describe('ns.dead-pid-persists', () => {
  it('is about a process that is gone', () => {
    const gone = play(one, 'B: semop(S, [0 +1])', exit)
    const asked = playOn(gone, 'semctl(S, 0, GETPID)')
    expect(asked.ending).toBe('A pid B')
    expect(asked.rules).toContain('ns.dead-pid-persists')
    expect(endings(inPosix(gone, 'semctl(S, 0, GETPID)'))).toEqual(['A 0', 'A pid B'])
    const living = play(one, 'B: semop(S, [0 +1])')
    expect(playOn(living, 'semctl(S, 0, GETPID)').rules).not.toContain('ns.dead-pid-persists')
    expect(endings(inPosix(living, 'semctl(S, 0, GETPID)'))).toEqual(['A pid B'])
    expect(out(playOn(gone, 'semctl(S, 0, IPC_STAT)')).otime).toBe('time')
  })
})
