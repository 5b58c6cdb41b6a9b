import { describe, expect, it } from 'vitest'
import {
  adjustments,
  allowed,
  counts,
  endings,
  inPosix,
  pids,
  play,
  playOn,
  sleepers,
  values,
} from './play.testing.ts'

const one = 'S = semget(private, 1)'
const two = 'S = semget(private, 2)'
const raised = [one, 'semop(S, [0 +1])']

describe('sem.wake.handoff', () => {
  const waiting = play(one, 'B: semop(S, [0 -1])')
  it('applies the array of the sleeper before anybody else can take the units', () => {
    const played = playOn(waiting, 'semop(S, [0 +1])')
    expect(played.ending).toBe('A 0, B 0')
    expect(played.rules).toContain('sem.wake.handoff')
    expect([values(played), pids(played), sleepers(played)]).toEqual(['0', 'B', ''])
    expect(playOn(played, 'semop(S, [0 -1 IPC_NOWAIT])').ending).toBe('A EAGAIN')
  })
  it('is not noted where nobody wakes', () =>
    expect(play(one, 'B: semop(S, [0 -2])', 'semop(S, [0 +1])').rules).not.toContain('sem.wake.handoff'))
  it('is no choice: who could run at rest does not sleep', () =>
    expect(endings(inPosix(waiting, 'semop(S, [0 +1])'))).toEqual(['A 0, B 0']))
})

describe('semop.sempid, semop.otime', () => {
  it('are those of the sleeper when it is completed', () => {
    const played = play(two, 'B: semop(S, [0 -1, 1 0])', 'tick()', 'semop(S, [0 +1])')
    expect(pids(played)).toBe('B B')
    expect(played.world.sets.S?.otime).toBe(4)
    const set = play(one, 'B: semop(S, [0 -1])', 'semctl(S, 0, SETVAL, 1)')
    expect(set.rules).toContain('semop.sempid')
  })
})

describe('sem.wake.not-inside-array', () => {
  const id = 'sem.wake.not-inside-array'
  it('leaves asleep who could have run between two operations', () => {
    const played = play(...raised, 'B: semop(S, [0 0])', 'semop(S, [0 -1, 0 +1])')
    expect(played.ending).toBe('A 0')
    expect(played.rules).toContain(id)
    const decrease = play(one, 'B: semop(S, [0 -2])', 'semop(S, [0 +2, 0 -1])')
    expect([decrease.ending, values(decrease)]).toEqual(['A 0', '1'])
    expect(decrease.rules).toContain(id)
  })
  it('is not noted where no value on the way would have sufficed', () =>
    expect(play(two, 'B: semop(S, [0 -3])', 'semop(S, [0 +2, 1 +1])').rules).not.toContain(id))
})

describe('an array that waits and alters', () => {
  it('wakes who waits for what it alters', () => {
    const played = play(two, 'B: semop(S, [1 -1])', 'semop(S, [0 0, 1 +1])')
    expect(played.ending).toBe('A 0, B 0')
  })
})

describe('the first outcome that POSIX allows', () => {
  it.each([
    [['B: semop(S, [0 0, 0 +1])', 'C: semop(S, [0 0, 0 0])', 'D: semop(S, [0 0])'], 'semop(S, [0 -1])'],
    [['B: semop(S, [0 -2])', 'C: semop(S, [0 -3])', 'D: semop(S, [0 0])'], 'semop(S, [0 +2])'],
    [['B: semop(S, [0 -2, 1 -1 IPC_NOWAIT])', 'C: semop(S, [0 -2])'], 'semop(S, [0 +1])'],
    [['B: semop(S, [0 0, 1 0])', 'C: semop(S, [0 0])'], 'semop(S, [0 -1])'],
    [['B: semop(S, [0 -2, 1 -1])', 'C: semop(S, [0 -3, 1 -1])'], 'semop(S, [0 +1])'],
  ])('is what Linux does: %j', (sleeping, line) => {
    const before = play(two, 'semop(S, [0 +1])', ...sleeping)
    const [documented, open] = [playOn(before, line), inPosix(before, line)]
    expect(open.ending).toBe(documented.ending)
    expect(open.world).toEqual(documented.world)
    expect(open.outcomes[0]?.events).toEqual(documented.outcomes[0]?.events)
  })
})

describe('sem.fifo.same-op', () => {
  const queue = [one, 'B: semop(S, [0 -1])', 'C: semop(S, [0 -1])']
  it('serves in order of arrival', () => {
    const first = play(...queue, 'semop(S, [0 +1])')
    expect(first.ending).toBe('A 0, B 0')
    expect(first.rules).toContain('sem.fifo.same-op')
    expect(playOn(first, 'semop(S, [0 +1])').ending).toBe('A 0, C 0')
  })
  it('is not noted where there is enough for both', () =>
    expect(play(...queue, 'semop(S, [0 +2])').rules).not.toContain('sem.fifo.same-op'))
  it('is open elsewhere', () =>
    expect(allowed(...queue, 'semop(S, [0 +1])')).toEqual(['A 0, B 0', 'A 0, C 0']))
})

describe('sem.fifo.no-head-blocking', () => {
  it('lets the younger run', () => {
    const played = play(one, 'B: semop(S, [0 -2])', 'C: semop(S, [0 -1])', 'semop(S, [0 +1])')
    expect(played.ending).toBe('A 0, C 0')
    expect(played.rules).toContain('sem.fifo.no-head-blocking')
    expect(sleepers(played)).toBe('B')
  })
  it('is not noted for the oldest', () =>
    expect(play(one, 'B: semop(S, [0 -1])', 'semop(S, [0 +1])').rules).not.toContain(
      'sem.fifo.no-head-blocking',
    ))
})

describe('sem.fifo.older-first-when-both-can', () => {
  const id = 'sem.fifo.older-first-when-both-can'
  const queue = [one, 'B: semop(S, [0 -1])', 'C: semop(S, [0 -2])']
  it('lets the older run', () => {
    const played = play(...queue, 'semop(S, [0 +2])')
    expect([played.ending, values(played)]).toEqual(['A 0, B 0', '1'])
    expect(played.rules).toContain(id)
    const longer = play(one, 'B: semop(S, [0 -3])', 'C: semop(S, [0 -1])', 'D: semop(S, [0 -1])')
    expect(playOn(longer, 'semop(S, [0 +3])').ending).toBe('A 0, B 0')
  })
  it('starts again from the oldest', () => {
    const before = play(two, 'B: semop(S, [1 -1])', 'C: semop(S, [0 -1, 1 +1])', 'D: semop(S, [1 -1])')
    const played = playOn(before, 'semop(S, [0 +1])')
    expect([played.ending, sleepers(played)]).toEqual(['A 0, B 0, C 0', 'D'])
  })
  it('is not noted where both run', () => expect(play(...queue, 'semop(S, [0 +3])').rules).not.toContain(id))
  it('is open elsewhere', () =>
    expect(allowed(...queue, 'semop(S, [0 +2])')).toEqual(['A 0, B 0', 'A 0, C 0']))
})

describe('sem.fifo.multi-vs-single', () => {
  const id = 'sem.fifo.multi-vs-single'
  const base = [two, 'semop(S, [1 +1])']
  const multi = 'semop(S, [0 -1, 1 -1])'
  it('lets the older of both kinds run', () => {
    const older = play(...base, `B: ${multi}`, 'C: semop(S, [0 -1])', 'semop(S, [0 +1])')
    expect(older.ending).toBe('A 0, B 0')
    expect(older.rules).toContain(id)
    const younger = play(...base, 'B: semop(S, [0 -1])', `C: ${multi}`, 'semop(S, [0 +1])')
    expect(younger.ending).toBe('A 0, B 0')
    expect(younger.rules).toContain(id)
  })
  it('passes over an older one that cannot run', () => {
    const played = play(two, `B: ${multi}`, 'C: semop(S, [0 -1])', 'semop(S, [0 +1])')
    expect(played.ending).toBe('A 0, C 0')
    expect(played.rules).toContain(id)
  })
  it('is not noted where an older one waits for something else', () => {
    const before = play('S = semget(private, 3)', 'B: semop(S, [1 -1, 2 -1])', 'C: semop(S, [0 -1])')
    const played = playOn(before, 'semop(S, [0 +1])')
    expect(played.ending).toBe('A 0, C 0')
    expect(played.rules).not.toContain(id)
    expect(played.rules).toContain('sem.fifo.no-head-blocking')
  })
  it('is not noted for sleepers of one kind', () => {
    const rules = play(one, 'B: semop(S, [0 -1])', 'C: semop(S, [0 -1])', 'semop(S, [0 +1])').rules
    expect(rules).not.toContain(id)
  })
})

describe('sem.zero-before-alter', () => {
  const id = 'sem.zero-before-alter'
  const before = [...raised, 'B: semop(S, [0 0, 0 +1])']
  it.each(['[0 0]', '[0 0, 0 0]'])('completes %s before an older array that alters', (array) => {
    const played = play(...before, `C: semop(S, ${array})`, 'semop(S, [0 -1])')
    expect([played.ending, values(played)]).toEqual(['A 0, B 0, C 0', '1'])
    expect(played.rules).toContain(id)
  })
  it('is not noted where the older array would not have stopped it', () => {
    const played = play(
      two,
      'semop(S, [0 +1])',
      'B: semop(S, [0 0, 1 +1])',
      'C: semop(S, [0 0])',
      'semop(S, [0 -1])',
    )
    expect(played.ending).toBe('A 0, B 0, C 0')
    expect(played.rules).not.toContain(id)
  })
  it('is open elsewhere', () =>
    expect(allowed(...before, 'C: semop(S, [0 0])', 'semop(S, [0 -1])')).toEqual([
      'A 0, B 0',
      'A 0, B 0, C 0',
    ]))
})

describe('the alter pass', () => {
  it('passes over who only waits for zeros', () => {
    const before = play(one, 'semop(S, [0 +1])', 'B: semop(S, [0 0])', 'C: semop(S, [0 -3])')
    expect(playOn(before, 'semop(S, [0 +2])').ending).toBe('A 0, B 0, C 0')
    const staying = play(two, 'semop(S, [1 +1])', 'B: semop(S, [1 0])', 'C: semop(S, [0 -1])')
    expect(playOn(staying, 'semop(S, [0 +1])').ending).toBe('A 0, C 0')
  })
})

describe('the zero pass', () => {
  it('comes to arrays of one operation first, so that the others are the last processes', () => {
    const before = play(...raised, 'B: semop(S, [0 0, 0 0])', 'C: semop(S, [0 0])')
    const played = playOn(before, 'semop(S, [0 -1])')
    expect([played.ending, pids(played)]).toEqual(['A 0, B 0, C 0', 'B'])
  })
  it('comes again after each array that was granted', () => {
    const before = play(one, 'semop(S, [0 +1])', 'B: semop(S, [0 -3])', 'C: semop(S, [0 0])')
    const played = playOn(before, 'semop(S, [0 +2])')
    expect([played.ending, values(played)]).toEqual(['A 0, B 0, C 0', '0'])
  })
  it('is about the semaphores that the array names', () => {
    const before = play(two, 'semop(S, [1 +1])', 'B: semop(S, [0 0, 1 0])')
    expect(counts(playOn(before, 'semop(S, [0 +1])'))).toBe('0 0 / 0 1')
    expect(counts(playOn(before, 'semop(S, [0 +1])', 'semop(S, [0 0 IPC_NOWAIT, 1 +1])'))).toBe('0 0 / 0 1')
  })
})

describe('sem.lock-pattern', () => {
  const lock = 'semop(S, [0 0, 0 +1])'
  it('lets exactly one through', () => {
    const before = play(...raised, `B: ${lock}`, `C: ${lock}`)
    const played = playOn(before, 'semop(S, [0 -1])')
    expect([played.ending, values(played), sleepers(played)]).toEqual(['A 0, B 0', '1', 'C'])
    expect(played.rules).toContain('sem.lock-pattern')
    expect(endings(inPosix(before, 'semop(S, [0 -1])'))).toEqual(['A 0, B 0', 'A 0, C 0'])
    expect(playOn(played, 'B: semop(S, [0 -1])').ending).toBe('B 0, C 0')
  })
  it('is not noted where nobody competes, or where it is no lock', () => {
    expect(play(...raised, `B: ${lock}`, 'semop(S, [0 -1])').rules).not.toContain('sem.lock-pattern')
    const queue = play(one, 'B: semop(S, [0 -1])', 'C: semop(S, [0 -1])', 'semop(S, [0 +1])')
    expect(queue.rules).not.toContain('sem.lock-pattern')
    const elsewhere = ['B: semop(S, [0 0, 1 -1])', 'C: semop(S, [0 0, 1 -1])']
    const taking = play(two, 'semop(S, [0 +1, 1 +1])', ...elsewhere, 'semop(S, [0 -1])')
    expect(taking.ending).toBe('A 0, B 0')
    expect(taking.rules).not.toContain('sem.lock-pattern')
  })
})

describe('sem.chain', () => {
  it('goes on until nobody can run', () => {
    const played = play(two, 'B: semop(S, [0 -1, 1 +1])', 'C: semop(S, [1 -1])', 'semop(S, [0 +1])')
    expect([played.ending, values(played)]).toEqual(['A 0, B 0, C 0', '0 0'])
    expect(played.rules).toContain('sem.chain')
  })
  it('is not noted where the step itself makes all of them runnable', () => {
    const played = play(one, 'B: semop(S, [0 -1])', 'C: semop(S, [0 -1])', 'semop(S, [0 +2])')
    expect(played.ending).toBe('A 0, B 0, C 0')
    expect(played.rules).not.toContain('sem.chain')
  })
})

describe('sem.setval-wakes', () => {
  const before = play(two, 'B: semop(S, [0 -2])', 'C: semop(S, [1 -1])')
  it('is about SETVAL and SETALL', () => {
    const setval = playOn(before, 'tick()', 'semctl(S, 0, SETVAL, 3)')
    expect([setval.ending, values(setval), pids(setval)]).toEqual(['A 0, B 0', '1 0', 'B -'])
    expect(setval.rules).toContain('sem.setval-wakes')
    expect(setval.rules).not.toContain('sem.wake.handoff')
    expect(setval.world.sets.S).toMatchObject({ otime: 5, ctime: 5 })
    const setall = playOn(before, 'semctl(S, 0, SETALL, {2 2})')
    expect([setall.ending, values(setall), pids(setall)]).toEqual(['A 0, B 0, C 0', '0 1', 'B C'])
  })
  it('is not noted where nobody wakes', () =>
    expect(playOn(before, 'semctl(S, 0, SETVAL, 1)').rules).not.toContain('sem.setval-wakes'))
})

describe('sem.perm-not-rechecked', () => {
  const closed = play(one, 'B: semop(S, [0 -1])', 'semctl(S, 0, IPC_SET, own, own, 0)')
  it('lets the sleeper complete', () => {
    expect(closed.ending).toBe('A 0')
    expect(closed.rules).toContain('sem.perm-not-rechecked')
    const opened = playOn(closed, 'semctl(S, 0, IPC_SET, own, own, 0200)')
    expect(opened.rules).not.toContain('sem.perm-not-rechecked')
  })
  it('shows when a step that needs no permission wakes it', () => {
    const undoing = play(one, 'semop(S, [0 +1])', 'C: semop(S, [0 -1 SEM_UNDO])', 'B: semop(S, [0 -1])')
    const played = playOn(undoing, 'semctl(S, 0, IPC_SET, own, own, 0)', 'C: _exit(0)')
    expect(played.ending).toBe('B 0, C ended')
    expect(played.rules).toContain('sem.perm-not-rechecked')
  })
})

describe('semop.late-eagain', () => {
  const before = play(two, 'B: semop(S, [0 -1, 1 -1 IPC_NOWAIT])')
  it('returns when the first obstacle is gone', () => {
    const played = playOn(before, 'semop(S, [0 +1])')
    expect([played.ending, values(played), sleepers(played)]).toEqual(['A 0, B EAGAIN', '1 0', ''])
    expect(played.rules).toEqual(expect.arrayContaining(['semop.late-eagain', 'cnt.after']))
  })
  it('may sleep on elsewhere, and then still runs as soon as it can', () => {
    const open = inPosix(before, 'semop(S, [0 +1])')
    expect(endings(open)).toEqual(['A 0', 'A 0, B EAGAIN'])
    const asleep = open.outcomes.find(({ events }) => events.length === 1)
    if (asleep === undefined) throw new Error('nobody sleeps on')
    const later = { ...open, world: asleep.world }
    expect(counts(later)).toBe('0 1 / 0 0')
    expect(endings(inPosix(later, 'semop(S, [1 +1])'))).toEqual(['A 0, B 0'])
  })
  it('sleeps on where Linux does not look at it: it only waits for zeros, and nothing became 0', () => {
    const waiting = play(two, 'semop(S, [1 +1])', 'B: semop(S, [0 0 IPC_NOWAIT, 1 0])')
    expect(playOn(waiting, 'semop(S, [0 +1])').ending).toBe('A 0')
    const open = inPosix(waiting, 'semop(S, [0 +1])')
    expect(endings(open)).toEqual(['A 0', 'A 0, B EAGAIN'])
    expect(open.outcomes.map(({ choices }) => choices.map(({ index }) => index))).toEqual([[0], [1]])
  })
  it('is looked at again when others complete', () => {
    const open = inPosix(
      play(two, 'B: semop(S, [0 -1, 1 -1 IPC_NOWAIT])', 'C: semop(S, [0 -1, 0 +1, 1 +1])'),
      'semop(S, [0 +1])',
    )
    expect(endings(open)).toEqual(['A 0, B 0, C 0', 'A 0, B EAGAIN, C 0'])
  })
})

describe('semop.late-erange', () => {
  it('returns when the first obstacle is gone', () => {
    const played = play(two, 'semctl(S, 1, SETVAL, 32767)', 'B: semop(S, [0 -1, 1 +1])', 'semop(S, [0 +1])')
    expect([played.ending, values(played)]).toEqual(['A 0, B ERANGE', '1 32767'])
    expect(played.rules).toContain('semop.late-erange')
  })
})

describe('undo.erange.after-block', () => {
  it('consumes nothing', () => {
    const before = play(
      one,
      'semctl(S, 0, SETVAL, 32767)',
      'B: semop(S, [0 -32767 SEM_UNDO])',
      'B: semop(S, [0 -1 SEM_UNDO])',
    )
    expect(before.ending).toBe('')
    const played = playOn(before, 'semop(S, [0 +1])')
    expect([played.ending, values(played), adjustments(played, 'B')]).toEqual(['A 0, B ERANGE', '1', '32767'])
    expect(played.rules).toContain('undo.erange.after-block')
  })
})

describe('undo.waiter', () => {
  it('gets its adjustment when it completes', () => {
    const before = play(one, 'B: semop(S, [0 -1 SEM_UNDO])')
    expect(adjustments(before, 'B')).toBe('0')
    const played = playOn(before, 'semop(S, [0 +1])')
    expect(adjustments(played, 'B')).toBe('1')
    expect(played.rules).toContain('undo.waiter')
    const partly = play(two, 'B: semop(S, [0 -1, 1 +1 SEM_UNDO])', 'semop(S, [0 +1])')
    expect(partly.rules).toContain('undo.waiter')
    expect(play(one, 'B: semop(S, [0 -1])', 'semop(S, [0 +1])').rules).not.toContain('undo.waiter')
  })
})

describe('cnt.single', () => {
  it('counts sleepers by what they wait for', () => {
    const played = play(...raised, 'B: semop(S, [0 -2])', 'C: semop(S, [0 -3])', 'D: semop(S, [0 0])')
    expect(playOn(played, 'semctl(S, 0, GETNCNT)').ending).toBe('A 2')
    expect(playOn(played, 'semctl(S, 0, GETZCNT)').ending).toBe('A 1')
    expect(playOn(played, 'semctl(S, 0, GETZCNT)').rules).toContain('cnt.single')
    expect(play(one, 'semctl(S, 0, GETZCNT)').rules).not.toContain('cnt.single')
  })
})

describe('cnt.multi.first-blocking', () => {
  it('counts on the semaphore of the operation that stopped it', () => {
    const played = play(two, 'B: semop(S, [0 -1, 1 -1])')
    expect(counts(played)).toBe('1 0 / 0 0')
    expect(played.rules).toContain('cnt.multi.first-blocking')
    expect(play(one, 'B: semop(S, [0 +1, 0 -2])').rules).not.toContain('cnt.multi.first-blocking')
  })
})

describe('cnt.multi.moves', () => {
  it('follows the obstacle and comes back', () => {
    const there = play(two, 'B: semop(S, [0 -1, 1 -1])', 'semop(S, [0 +1])')
    expect(counts(there)).toBe('0 1 / 0 0')
    expect(there.rules).toContain('cnt.multi.moves')
    expect(there.rules).not.toContain('cnt.mixed')
    expect(counts(playOn(there, 'semop(S, [0 -1])'))).toBe('1 0 / 0 0')
    expect(counts(inPosix(there, 'semop(S, [0 -1])'))).toBe('1 0 / 0 0')
  })
  it('is not noted where the count stays', () => {
    const played = play(one, 'B: semop(S, [0 -1, 0 -1])', 'semop(S, [0 +1])')
    expect(counts(played)).toBe('1 / 0')
    expect(played.rules).not.toContain('cnt.multi.moves')
  })
})

describe('cnt.multi.zero-only-stale', () => {
  const stale = play(two, 'semop(S, [1 +1])', 'B: semop(S, [0 0, 1 0])', 'semop(S, [0 +1])')
  it('stays until some semaphore reaches 0', () => {
    expect(counts(stale)).toBe('0 0 / 0 1')
    expect(playOn(stale, 'semctl(S, 1, GETZCNT)').rules).toContain('cnt.multi.zero-only-stale')
    expect(playOn(stale, 'semctl(S, 1, GETNCNT)').rules).not.toContain('cnt.multi.zero-only-stale')
    const refreshed = playOn(stale, 'semop(S, [1 -1])')
    expect(counts(refreshed)).toBe('0 0 / 1 0')
    expect(playOn(refreshed, 'semctl(S, 1, GETZCNT)').rules).not.toContain('cnt.multi.zero-only-stale')
  })
  it('counts as documented where the choice is open, too', () => {
    const before = inPosix(play(two, 'semop(S, [1 +1])', 'B: semop(S, [0 0, 1 0])'), 'semop(S, [0 +1])')
    expect(counts(before)).toBe('0 0 / 0 1')
  })
  it('may be counted at either of its semaphores elsewhere, and nowhere else', () => {
    expect(endings(inPosix(stale, 'semctl(S, 0, GETZCNT)'))).toEqual(['A 0', 'A 1'])
    expect(endings(inPosix(stale, 'semctl(S, 1, GETZCNT)'))).toEqual(['A 0', 'A 1'])
    expect(endings(inPosix(stale, 'semctl(S, 0, GETNCNT)'))).toEqual(['A 0'])
    const plain = play(...raised, 'B: semop(S, [0 0])')
    expect(endings(inPosix(plain, 'semctl(S, 0, GETZCNT)'))).toEqual(['A 1'])
    const twice = play(...raised, 'B: semop(S, [0 0, 0 0])')
    expect(endings(inPosix(twice, 'semctl(S, 0, GETZCNT)'))).toEqual(['A 1'])
  })

  it('is stopped further on, in every profile, when a sleeper before it has made a semaphore 0', () => {
    const waiting = play(two, 'semop(S, [0 +1, 1 +1])', 'B: semop(S, [0 -2])', 'C: semop(S, [0 0, 1 0])')
    for (const after of [playOn, inPosix]) {
      const passed = after(waiting, 'semop(S, [0 +1])')
      expect(passed.ending).toBe('A 0, B 0')
      expect(playOn(passed, 'semctl(S, 0, GETZCNT)').ending).toBe('A 0')
      expect(playOn(passed, 'semctl(S, 1, GETZCNT)').ending).toBe('A 1')
    }
  })
})

describe('cnt.mixed', () => {
  it('is counted for zero first and for an increase then', () => {
    const before = play(two, 'semop(S, [0 +1])', 'B: semop(S, [0 0, 1 -1])')
    expect(counts(before)).toBe('0 0 / 1 0')
    const played = playOn(before, 'semop(S, [0 -1])')
    expect(counts(played)).toBe('0 1 / 0 0')
    expect(played.rules).toContain('cnt.mixed')
  })
})

describe('cnt.after', () => {
  it('counts nobody who completed', () => {
    const played = play(one, 'B: semop(S, [0 -1])', 'semop(S, [0 +1])')
    expect(counts(played)).toBe('0 / 0')
    expect(played.rules).toContain('cnt.after')
  })
})
