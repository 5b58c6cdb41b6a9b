import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../model/initial.ts'
import { outcomes } from '../model/outcomes.ts'
import { linux } from '../model/profile.ts'
import { POISON } from '../model/vocabulary/names.ts'
import { rootActors, type Step } from '../model/vocabulary/scenario.ts'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import type { World } from '../model/world.ts'
import type { OutData, TraceEvent } from './trace/trace.ts'
import { callsAt, describeObserved, describeOutcomes } from './words.ts'

const stepsOf = (text: string): readonly Step[] => parseScenario(text).scenario.steps

const returned = (actor: string, value: number | bigint, errno = 0, out: OutData = null): TraceEvent => ({
  is: 'returned',
  actor,
  value,
  errno,
  out,
  clobbered: false,
})

/** The last step of the text in words, as if these events had been seen. */
function observed(text: string, ...events: readonly TraceEvent[]): string {
  const steps = stepsOf(text)
  const step = steps.at(-1)
  if (step === undefined) throw new Error('no step')
  return describeObserved(step, { seconds: 0, events }, callsAt(steps, steps.length - 1))
}

/** What profile linux allows at the last step of the text, in words. */
function allowed(text: string): readonly string[] {
  let world: World = initialWorld(usualFacts, rootActors)
  let words: readonly string[] = []
  const steps = stepsOf(text)
  for (const [at, step] of steps.entries()) {
    const possible = outcomes(world, step.actor, step.call, at + 1, linux)
    words = describeOutcomes(step, possible, callsAt(steps, at))
    world = possible[0]?.world ?? world
  }
  return words
}

describe('describeObserved', () => {
  const sleeper = 'S = semget(private, 1)\nB: semop(S, [0 -1])'

  it('begins with the actor of the step', () => {
    const text = `${sleeper}\nD: semop(S, [0 +1])`
    expect(observed(text, returned('B', 0), returned('A', -1, 4), returned('D', 0))).toBe(
      'D returns 0; A returns -1 EINTR; B returns 0',
    )
  })

  it('says who sleeps', () => expect(observed(sleeper)).toBe('B blocks'))

  it('shows an unknown errno as its number', () => {
    expect(observed('S = semget(private, 1)', returned('A', -1, 999))).toBe('A returns -1 errno 999')
  })

  it('knows the steps of the driver', () => {
    expect(observed('tick()')).toBe('nothing happens')
    expect(observed(`${sleeper}\nB: expires`)).toBe('B stays asleep')
    expect(observed(`${sleeper}\nB: expires`, returned('B', -1, 11))).toBe('B returns -1 EAGAIN')
  })

  it.each<[TraceEvent, string]>([
    [{ is: 'ended', actor: 'A' }, 'A ends'],
    [{ is: 'stopped', actor: 'A' }, 'A stops'],
    [{ is: 'skipped', actor: 'A' }, 'A could not be given the call'],
    [{ is: 'faulted', actor: 'A', signal: 11, code: 2 }, 'A is hit by SIGSEGV (SEGV_ACCERR)'],
    [{ is: 'faulted', actor: 'A', signal: 7, code: 2 }, 'A is hit by SIGBUS (BUS_ADRERR)'],
  ])('%j', (event, words) => expect(observed('store(null, 1)', event)).toBe(words))

  it.each([
    [0x0300, 'exited 3'],
    [9, 'killed by SIGKILL'],
    [6 | 0x80, 'killed by SIGABRT with a core dump'],
    [(19 << 8) | 0x7f, 'stopped by SIGSTOP'],
    [0xffff, 'continued'],
    [POISON, 'untouched'],
    [0x10000, 'status 0x10000'],
  ])('decodes wait status %d', (status, words) => {
    expect(observed('wait()', returned('A', 77, 0, [status]))).toBe(`A returns 77 {status: ${words}}`)
  })

  it('decodes what waitid reports', () => {
    expect(observed('waitid(P_ALL, 0, WEXITED)', returned('A', 0, 0, [17, 0, 2, 9, 77, 1000]))).toBe(
      'A returns 0 {signo: SIGCHLD, errno: 0, code: CLD_KILLED, status: SIGKILL, pid: 77, uid: 1000}',
    )
    expect(observed('waitid(P_ALL, 0, WEXITED)', returned('A', 0, 0, [17, 0, 1, 9, 77, 1000]))).toContain(
      'code: CLD_EXITED, status: 9,',
    )
  })

  it('shows modes in octal and lists as they are written', () => {
    const set = 'S = semget(private, 2)\n'
    const stat = returned('A', 0, 0, [0, 1, 2, 3, 4, 0o640, 2, 0, 99])
    expect(observed(`${set}semctl(S, 0, IPC_STAT)`, stat)).toContain(
      'mode: 0640, nsems: 2, otime: 0, ctime: 99}',
    )
    expect(observed(`${set}semctl(S, 0, GETALL)`, returned('A', 0, 0, [[3, 4]]))).toBe(
      'A returns 0 {values: {3 4}}',
    )
  })

  it('says that a buffer was left alone, or too much of it written', () => {
    const text = 'S = semget(private, 1)\nsemctl(S, 0, GETALL)'
    expect(observed(text, returned('A', 0))).toBe('A returns 0 {untouched}')
    expect(observed(text, returned('A', -1, 22))).toBe('A returns -1 EINVAL')
    expect(observed(text, { ...returned('A', 0, 0, [[0]]), clobbered: true } as TraceEvent)).toContain(
      'bytes around its buffer are overwritten',
    )
  })
})

describe('describeOutcomes', () => {
  it('names what the kernel chooses', () => {
    const set = 'S = semget(key1, 1, IPC_CREAT|0600)\n'
    expect(allowed(set)).toEqual(['A returns the id of S'])
    const words = allowed(`${set}B: semop(S, [0 +1])\nsemctl(S, 0, IPC_STAT)`).join()
    expect(words).toContain('key: key1')
    expect(words).toContain('otime: the time of step 2, ctime: the time of step 1')
    expect(allowed(`${set}B: semop(S, [0 +1])\nsemctl(S, 0, GETPID)`)).toEqual(['A returns the pid of B'])
  })

  it('says who blocks and who goes on', () => {
    const sleeper = 'S = semget(private, 1)\nB: semop(S, [0 -1])\n'
    expect(allowed(sleeper)).toEqual(['B blocks'])
    expect(allowed(`${sleeper}semctl(S, 0, IPC_RMID)`)).toEqual(['A returns 0; B returns -1 EIDRM'])
  })
})
