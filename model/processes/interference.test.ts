import { describe, expect, it } from 'vitest'
import type { Moment } from '../moment.ts'
import { linux } from '../profile.ts'
import { type Played, play, playOn } from '../semaphores/play.testing.ts'
import { entangled } from './interference.ts'
import { willReturn } from './sleepers.ts'
import { unrestOf } from './unrest.ts'

const momentOf = ({ world, steps }: Played): Moment => ({
  world,
  now: steps + 1,
  profile: linux,
  ...{ events: [], rules: [], ruleCounts: [], choices: [], script: [] },
})

/** Those of the ready ones whose order is followed, when some of all are about to end and some about to return. */
function followed(
  before: Played,
  ready: string,
  { dying = '', returning = '' }: { readonly dying?: string; readonly returning?: string } = {},
): string {
  const unrest = unrestOf(momentOf(before))
  for (const name of dying.split(' ').filter(Boolean)) unrest.dying.set(name, { is: 'exited', code: 0 })
  for (const name of returning.split(' ').filter(Boolean))
    willReturn(unrest.moment, name, { value: 0, errno: 'none', out: null })
  return entangled(unrest, ready.split(' ')).join(' ')
}

const siblings = play('A: E = fork()', 'A: F = fork()')

describe('the order of two processes', () => {
  it('is not followed where nobody can tell it', () => {
    expect(followed(siblings, 'E F')).toBe('E')
    expect(followed(siblings, 'F E')).toBe('F')
    expect(followed(siblings, 'A B')).toBe('A')
    expect(followed(siblings, 'E F B', { dying: 'E F' })).toBe('E')
  })

  it('is followed where the parent has SIGCHLD in view', () => {
    expect(followed(playOn(siblings, 'A: sigaction(SIGCHLD, handler)'), 'E F')).toBe('E F')
    expect(followed(playOn(siblings, 'A: sigprocmask(SIG_BLOCK, SIGCHLD)'), 'E F')).toBe('E F')
    expect(followed(playOn(siblings, 'A: sigaction(SIGCHLD, SIG_IGN)'), 'E F')).toBe('E')
    expect(followed(playOn(siblings, 'B: sigaction(SIGCHLD, handler)'), 'E F')).toBe('E')
  })

  it('is followed where the parent, or a thread of it, waits', () => {
    expect(followed(playOn(siblings, 'A: waitpid(E)'), 'E F')).toBe('E F')
    const threaded = play('A: P = fork()', 'P: T = thread()', 'P: E = fork()', 'P: F = fork()')
    expect(followed(threaded, 'E F')).toBe('E')
    expect(followed(playOn(threaded, 'T: wait()'), 'E F')).toBe('E F')
  })

  it('is followed where the parent has a child that ends with another signal', () => {
    expect(followed(playOn(siblings, 'A: G = clone(0, SIGUSR1)'), 'E F')).toBe('E F')
    expect(followed(playOn(siblings, 'B: G = clone(0, SIGUSR1)'), 'E F')).toBe('E')
  })
})

describe('the order of relatives', () => {
  const line = play('A: E = fork()', 'E: F = fork()', 'F: G = fork()')

  it('is followed for parent and child, whichever is ready first', () => {
    expect(followed(line, 'E F')).toBe('E F')
    expect(followed(line, 'F E')).toBe('F E')
    expect(followed(line, 'E G')).toBe('E')
  })

  it('is followed for whoever interferes with one that is followed', () => {
    expect(followed(line, 'E G F')).toBe('E F G')
  })

  it('is followed for who would adopt the children', () => {
    const adopting = play('A: prctl(PR_SET_CHILD_SUBREAPER, 1)', ...['A: E = fork()', 'E: F = fork()'])
    const cousins = playOn(adopting, 'A: G = fork()', 'G: H = fork()')
    expect(followed(cousins, 'A F')).toBe('A F')
    expect(followed(cousins, 'F A')).toBe('F A')
    expect(followed(cousins, 'F H')).toBe('F')
    expect(followed(playOn(cousins, 'A: sigaction(SIGCHLD, handler)'), 'F H')).toBe('F H')
  })

  it('is followed where both leave children to the same adopter, who finds them in the order in which they came', () => {
    const fathers = ['A: E = fork()', 'A: G = fork()', 'E: F = fork()', 'G: H = fork()'] as const
    const adopted = play('A: prctl(PR_SET_CHILD_SUBREAPER, 1)', ...fathers)
    expect(followed(adopted, 'E G', { dying: 'E G' })).toBe('E G')
    expect(followed(adopted, 'E G', { dying: 'E' })).toBe('E')
    expect(followed(adopted, 'E F', { dying: 'F' })).toBe('E F')
    expect(followed(play(...fathers), 'E G', { dying: 'E G' })).toBe('E')
    const childless = play('A: prctl(PR_SET_CHILD_SUBREAPER, 1)', ...fathers.slice(0, 3))
    expect(followed(childless, 'E G', { dying: 'E G' })).toBe('E')
    const others = playOn(adopted, 'G: prctl(PR_SET_CHILD_SUBREAPER, 1)', 'G: I = fork()', 'I: J = fork()')
    expect(followed(others, 'E I', { dying: 'E I' })).toBe('E')
  })

  it('is not followed because of the driver, who adopts the rest', () => {
    expect(followed(play(), 'A B')).toBe('A')
    expect(followed(play(), 'A B', { dying: 'A B' })).toBe('A')
  })

  it('is followed for the threads of a process', () => {
    expect(followed(play('A: P = fork()', 'P: T = thread()', 'P: U = thread()'), 'T U')).toBe('T U')
  })
})

describe('the order of who holds objects', () => {
  const made = playOn(
    siblings,
    ...['A: S = semget(private, 1)', 'A: M = shmget(private, 1)', 'A: Q = msgget(private)'],
  )
  const undo = (actor: string) => `${actor}: semop(S, [0 +1 SEM_UNDO])`

  it('is followed where both have adjustments, attachments, or are in a call on an object', () => {
    const holders = [
      [undo('E'), undo('F')],
      ['E: X = shmat(M)', 'F: Y = shmat(M)'],
      ['E: semop(S, [0 -1])', 'F: msgrcv(Q, 1, 0)'],
      [undo('E'), 'F: Y = shmat(M)'],
      ['E: X = shmat(M)', 'F: msgrcv(Q, 1, 0)'],
      [undo('E'), 'F: T = thread()', 'F: U = thread()', 'U: semop(S, [0 -5])'],
    ]
    for (const lines of holders) expect(followed(playOn(made, ...lines), 'E F')).toBe('E F')
  })

  it('is not followed where one holds nothing, or sleeps in a wait', () => {
    for (const line of [undo('E'), 'E: X = shmat(M)', 'E: semop(S, [0 -1])'])
      expect(followed(playOn(made, line), 'E F')).toBe('E')
    expect(followed(playOn(made, undo('E'), 'F: G = fork()', 'F: wait()'), 'E F')).toBe('E')
    expect(followed(playOn(made, undo('E'), 'F: T = thread()'), 'E F')).toBe('E')
  })
})

describe('the order of an end and others', () => {
  it('is followed where somebody is stopped, whose group may be orphaned', () => {
    const stopped = playOn(siblings, 'A: kill(F, SIGSTOP)')
    expect(followed(stopped, 'E B', { dying: 'E' })).toBe('E B')
    expect(followed(stopped, 'B E', { dying: 'E' })).toBe('B E')
    expect(followed(stopped, 'E B')).toBe('E')
    expect(followed(siblings, 'E B', { dying: 'E' })).toBe('E')
    expect(followed(stopped, 'E B', { dying: 'C' })).toBe('E')
  })

  it('is followed where the other leaves its call and may be told of the end of its parent', () => {
    const told = playOn(siblings, 'F: G = fork()', 'G: prctl(PR_SET_PDEATHSIG, SIGUSR1)')
    expect(followed(told, 'E G', { dying: 'E', returning: 'G' })).toBe('E G')
    expect(followed(told, 'G E', { dying: 'E', returning: 'G' })).toBe('G E')
    expect(followed(told, 'E G', { returning: 'G' })).toBe('E')
    expect(followed(told, 'E G', { dying: 'E' })).toBe('E')
    expect(followed(playOn(told, 'G: F2 = fork()', 'G: wait()'), 'E G', { dying: 'E' })).toBe('E')
    const alone = playOn(siblings, 'B: prctl(PR_SET_PDEATHSIG, SIGUSR1)')
    expect(followed(alone, 'E B', { dying: 'E', returning: 'B' })).toBe('E')
    const child = playOn(siblings, 'F: G = fork()')
    expect(followed(child, 'E G', { dying: 'E', returning: 'G' })).toBe('E')
  })

  it('is followed where the other leaves its call and has a child that ends with a signal of its own', () => {
    const cloned = playOn(siblings, 'B: G = clone(0, SIGUSR1)', 'B: H = fork()')
    expect(followed(cloned, 'E B', { dying: 'E', returning: 'B' })).toBe('E B')
    expect(followed(cloned, 'E B', { dying: 'E' })).toBe('E')
    const forked = playOn(siblings, 'B: H = fork()')
    expect(followed(forked, 'E B', { dying: 'E', returning: 'B' })).toBe('E')
  })
})
