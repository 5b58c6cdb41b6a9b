import { describe, expect, it } from 'vitest'
import { linux, posix } from '../../model/profile.ts'
import { judged, judgingFrom, numbersFrom, timedCall, worldAfter } from './histories.testing.ts'
import { judgeHistory } from './judge-history.ts'
import { shorten } from './shorten.ts'
import { whatIsWrong } from './words.ts'

const set = 'A: S = semget(private, 2)\n'
const queue = 'A: Q = msgget(private)\nA: msgctl(Q, IPC_SET, own, own, 0600, 8)\n'

describe('judgeHistory', () => {
  it('finds an order of effects within the intervals', () => {
    const { verdict, order } = judged(set, [
      'A 0-9 semop(S, [0 -1]) = 0',
      'B 1-3 semop(S, [0 +1]) = 0',
      'C 2-4 semctl(S, 0, GETVAL) = 1',
    ])
    expect(verdict).toBe('conforms')
    expect(order.flatMap(({ returned }) => returned)).toEqual([1, 2, 0])
  })

  it('does not find one against the clock', () => {
    const lines = ['B 0-1 semop(S, [0 +1]) = 0', 'A 2-3 semctl(S, 0, GETVAL) = 0']
    expect(judged(set, lines).verdict).toBe('deviates')
    expect(judged(set, ['B 0-2 semop(S, [0 +1]) = 0', 'A 2-3 semctl(S, 0, GETVAL) = 0']).verdict).toBe(
      'conforms',
    )
  })

  it('says when its budget is over', () => {
    const calls = ['A 0-9 semop(S, [0 -1]) = 0', 'B 1-3 semop(S, [0 +1]) = 0'].map(timedCall)
    const judgement = judgeHistory({ calls }, { ...judgingFrom(worldAfter(set)), budget: 1 })
    expect(judgement.verdict).toBe('inconclusive')
  })

  it('is inconclusive where the model gives up', () => {
    expect(judged('', ['A 0-1 semctl(gone, 0, GETVAL) = 0']).verdict).not.toBe('conforms')
  })

  it.each([linux, posix])('lets calls of unknown fate take effect or not, in profile $name', (profile) => {
    const pending = 'B 0- semop(S, [0 +1])'
    expect(judged(set, [pending, 'A 1-2 semctl(S, 0, GETVAL) = 1'], profile).verdict).toBe('conforms')
    expect(judged(set, [pending, 'A 1-2 semctl(S, 0, GETVAL) = 0'], profile).verdict).toBe('conforms')
    expect(judged(set, [pending, 'A 1-2 semctl(S, 0, GETVAL) = 2'], profile).verdict).toBe('deviates')
  })
})

describe('calls of unknown fate', () => {
  it('need not have come to anything, where they would sleep', () => {
    expect(judged(set, ['B 0- semop(S, [0 -1])', 'A 1-2 semop(S, [1 +1]) = 0']).verdict).toBe('conforms')
    expect(judged(queue, ['B 0- msgrcv(Q, 64, 2)', 'A 1-2 msgsnd(Q, 1, 8) = 0']).verdict).toBe('conforms')
  })
})

describe('a sleeper that was counted', () => {
  const counted = ['B 0-9 semop(S, [0 -1]) = 0', 'A 1-2 semctl(S, 0, GETNCNT) = 1']
  const overtaken = [
    ...[...counted, 'C 3-4 semop(S, [0 +1]) = 0', 'A 5-6 semop(S, [0 -1 IPC_NOWAIT]) = 0'],
    'C 7-8 semop(S, [0 +1]) = 0',
  ]
  it('is overtaken in profile posix only: sem.wake.handoff is what Linux does', () => {
    expect(judged(set, overtaken, linux).verdict).toBe('deviates')
    expect(judged(set, overtaken, posix).verdict).toBe('conforms')
  })

  it('may sleep again then, but must not sleep where it can go on', () => {
    const [, ...others] = overtaken
    const again = ['B 0-(9) semop(S, [0 -1])', ...others.slice(0, 3)]
    expect(judged(set, again, linux).verdict).toBe('deviates')
    expect(judged(set, again, posix).verdict).toBe('conforms')
    for (const profile of [linux, posix])
      expect(judged(set, ['B 0-(9) semop(S, [0 -1])', ...others], profile).verdict).toBe('deviates')
  })
})

describe('sleepers at the end', () => {
  const sleeper = 'B 0-(9) semop(S, [0 -1])'

  it('may sleep where nobody could have woken them', () => {
    expect(judged(set, [sleeper, 'A 1-2 semop(S, [1 +1]) = 0']).verdict).toBe('conforms')
  })

  it('deviate where they must have been woken', () => {
    const judgement = judged(set, [sleeper, 'A 1-2 semop(S, [0 +1]) = 0'])
    expect(judgement.verdict).toBe('deviates')
    const calls = [sleeper, 'A 1-2 semop(S, [0 +1]) = 0'].map(timedCall)
    const { observed, allowed } = whatIsWrong({ calls }, judgement)
    expect(observed).toContain('B stays asleep in semop(S, [0 -1])')
    expect(allowed).toEqual(['B returns 0'])
  })

  it('are woken by what comes later', () => {
    const woken = 'B 0-(9)12 semop(S, [0 -1]) = EIDRM'
    expect(judged(set, [woken, 'A 10-11 semctl(S, 0, IPC_RMID) = 0']).verdict).toBe('conforms')
    expect(judged(set, [woken, 'A 1-2 semctl(S, 0, IPC_RMID) = 0']).verdict).toBe('deviates')
  })

  it('are counted', () => {
    expect(judged(set, [sleeper, 'A 10-11 semctl(S, 0, GETNCNT) = 1']).verdict).toBe('conforms')
    expect(judged(set, [sleeper, 'A 10-11 semctl(S, 0, GETNCNT) = 0']).verdict).toBe('deviates')
  })

  it('are counted while they sleep, though they are back later', () => {
    const lines = [
      'B 0-9 semop(S, [0 -1]) = 0',
      'A 1-2 semctl(S, 0, GETNCNT) = 1',
      'A 3-4 semop(S, [0 +1]) = 0',
    ]
    expect(judged(set, lines).verdict).toBe('conforms')
    expect(judged(set, [lines[0] ?? '', 'A 1-2 semctl(S, 0, GETNCNT) = 2']).verdict).toBe('deviates')
  })
})

describe('an array that sleeps', () => {
  it('is counted where its latest attempt was stopped', () => {
    const lines = [
      'B 0-(30) semop(S, [0 0, 1 0])',
      'A 1-2 semop(S, [0 -1]) = 0',
      'A 3-4 semop(S, [0 +1]) = 0',
      'A 31-32 semctl(S, 1, GETZCNT) = 1',
    ]
    const setup = `${set}A: semctl(S, 0, SETALL, {1 2})\n`
    expect(judged(setup, lines).verdict).toBe('conforms')
    expect(judged(setup, [...lines, 'A 33-34 semctl(S, 0, GETZCNT) = 1']).verdict).toBe('deviates')
  })
})

describe('races of Linux', () => {
  it('loses its object between look-up and effect', () => {
    const lost = (begin: number) => [
      `B ${begin}-9 semop(S, [0 +1]) = EIDRM`,
      'A 1-2 semctl(S, 0, IPC_RMID) = 0',
    ]
    expect(judged(set, lost(0)).verdict).toBe('conforms')
    expect(judged(set, lost(3)).verdict).toBe('deviates')
  })

  it('lets a newcomer take the room for which a sender was woken', () => {
    const setup = `${queue}A: msgsnd(Q, 1, 8)\n`
    const sender = 'B 0-(5)20 msgsnd(Q, 2, 8) = EIDRM'
    const lines = [sender, 'A 6-7 msgrcv(Q, 8) = 8', 'C 8-9 msgctl(Q, IPC_RMID) = 0']
    expect(judged(setup, lines).verdict).toBe('conforms')
  })

  it('lets a sleeper that a signal woke be done all the same, or interrupted, never both', () => {
    const setup = `${set}B: sigaction(SIGUSR1, handler)\n`
    const rest = ['C 2-3 kill(B, SIGUSR1) = 0', 'A 4-5 semop(S, [0 +1]) = 0']
    const came = (result: string, value: number) =>
      judged(setup, [
        `B 0-9 semop(S, [0 -1]) = ${result}`,
        ...rest,
        `A 10-11 semctl(S, 0, GETVAL) = ${value}`,
      ]).verdict
    expect(came('0', 0)).toBe('conforms')
    expect(came('EINTR', 1)).toBe('conforms')
    expect(came('EINTR', 0)).toBe('deviates')
    expect(judged(set, ['B 0-9 semop(S, [0 -1]) = EINTR']).verdict).toBe('deviates')
  })

  it('counts a sleeper that a signal woke until it has left', () => {
    const setup = `${set}B: sigaction(SIGUSR1, handler)\n`
    const lines = [
      'B 0-9 semop(S, [0 -1]) = EINTR',
      'A 1-2 semctl(S, 0, GETNCNT) = 1',
      'A 3-4 kill(B, SIGUSR1) = 0',
      'A 5-6 semctl(S, 0, GETNCNT) = 1',
      'A 7-8 semctl(S, 0, GETNCNT) = 0',
    ]
    expect(judged(setup, lines).verdict).toBe('conforms')
  })

  it('gives up when the time is over, not before', () => {
    const waiting = (end: number) => [`B 0-${end} semtimedop(S, [0 -1], {0 1000}) = EAGAIN`]
    expect(judged(set, waiting(1000)).verdict).toBe('conforms')
    expect(judged(set, waiting(999)).verdict).toBe('deviates')
  })
})

describe('shorten', () => {
  it('leaves out what came later and what only looked', () => {
    const calls = [
      'A 0-1 semop(S, [0 +1]) = 0',
      'A 2-3 semctl(S, 1, GETVAL) = 0',
      'B 4-5 semctl(S, 0, GETVAL) = 0',
      'B 6-7 semop(S, [0 +1]) = 0',
      'C 0-9 semctl(S, 1, GETVAL) = 0',
    ].map(timedCall)
    const judging = judgingFrom(worldAfter(set))
    const { history, judgement } = shorten({ calls }, judgeHistory({ calls }, judging), judging)
    expect(judgement.verdict).toBe('deviates')
    expect(history.calls.filter(({ end }) => end !== 'never').map(({ begin }) => begin)).toEqual([0, 4])
  })
})

/** Histories of a counter and of a queue, some with a wrong result, against a search of all orders. */
describe('random histories', () => {
  it.each(['counter', 'queue'] as const)('of a %s get the verdict that a plain search gives', (kind) => {
    const verdicts = { conforms: 0, deviates: 0, inconclusive: 0 }
    const start = worldAfter('A: S = semget(private, 1)\nA: Q = msgget(private)\n')
    for (let seed = 1; seed <= 400; seed++) {
      const ops = randomHistory(kind, seed)
      const { verdict } = judgeHistory({ calls: ops.map(({ line }) => timedCall(line)) }, judgingFrom(start))
      expect(verdict, ops.map(({ line }) => line).join('\n')).toBe(hasOrder(ops) ? 'conforms' : 'deviates')
      verdicts[verdict]++
    }
    expect(Math.min(verdicts.conforms, verdicts.deviates)).toBeGreaterThan(40)
  })
})

interface Op {
  readonly line: string
  readonly begin: number
  readonly end: number
  /** The state behind it, undefined where it cannot have come to this. */
  readonly step: (state: readonly number[]) => readonly number[] | undefined
}

/** Effects at random moments of random intervals; in some histories one result is another one. */
function randomHistory(kind: 'counter' | 'queue', seed: number): readonly Op[] {
  const int = numbersFrom(seed)
  const actors = 2 + int(3)
  const clocks = Array.from({ length: actors }, () => int(5))
  const planned = Array.from({ length: 8 }, (_, id) => {
    const at = int(actors)
    const begin = (clocks[at] ?? 0) + 1 + int(3)
    const effect = begin + 1 + int(12)
    const end = effect + 1 + int(12)
    clocks[at] = end
    return {
      actor: 'ABCD'[at] ?? 'A',
      begin: begin * 10 + id,
      effect: effect * 10 + id,
      end: end * 10 + id,
      id,
      what: int(4),
    }
  }).sort((a, b) => a.effect - b.effect)
  let state: readonly number[] = []
  const wrong = int(2) === 0 ? int(8) : -1
  return planned.map(({ actor, begin, end, id, what }) => {
    const head = `${actor} ${begin}-${end}`
    const changed = id === wrong ? 1 : 0
    if (what < 2) {
      const line = kind === 'counter' ? 'semop(S, [0 +1]) = 0' : `msgsnd(Q, 1, ${id + 1}) = 0`
      state = [...state, id + 1]
      return { line: `${head} ${line}`, begin, end, step: (before) => [...before, id + 1] }
    }
    if (what === 2 && kind === 'counter') {
      const seen = state.length + changed
      return {
        ...{ line: `${head} semctl(S, 0, GETVAL) = ${seen}`, begin, end },
        step: (before) => (before.length === seen ? before : undefined),
      }
    }
    const first = state[0]
    const taken = first !== undefined && changed === 0 ? (kind === 'counter' ? 0 : first) : undefined
    if (first !== undefined) state = state.slice(1)
    const call = kind === 'counter' ? 'semop(S, [0 -1 IPC_NOWAIT])' : 'msgrcv(Q, 100, 0, IPC_NOWAIT)'
    const nothing = kind === 'counter' ? 'EAGAIN' : 'ENOMSG'
    return {
      ...{ line: `${head} ${call} = ${taken ?? nothing}`, begin, end },
      step(before) {
        if (taken === undefined) return before.length === 0 ? before : undefined
        const fits = kind === 'counter' ? before.length > 0 : before[0] === taken
        return fits ? before.slice(1) : undefined
      },
    }
  })
}

/** Tries all orders that the clock allows. */
function hasOrder(ops: readonly Op[], state: readonly number[] = []): boolean {
  if (ops.length === 0) return true
  const firstEnd = Math.min(...ops.map(({ end }) => end))
  return ops.some((op) => {
    if (op.begin > firstEnd) return false
    const next = op.step(state)
    return (
      next !== undefined &&
      hasOrder(
        ops.filter((other) => other !== op),
        next,
      )
    )
  })
}

describe('calls of unknown fate', () => {
  it('may be left out where they would sleep', () => {
    expect(judged(set, ['B 0- semop(S, [0 -1])', 'A 1-2 semctl(S, 0, GETVAL) = 0']).verdict).toBe('conforms')
  })
})
