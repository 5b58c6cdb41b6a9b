import { describe, expect, it } from 'vitest'
import { linux } from '../../model/profile.ts'
import { initialBindings } from '../bindings.ts'
import { aHeader } from '../trace/a-header.testing.ts'
import { createEffects } from './effects.ts'
import { explain } from './explain.ts'
import { noFates } from './fates.ts'
import { judged, judgingFrom, numbersFrom, timedCall, worldAfter } from './histories.testing.ts'
import { judgeHistory } from './judge-history.ts'
import { linesOf } from './lines.ts'
import { partsOf } from './parts.ts'
import { sightOf } from './sight.ts'

const setup = 'A: S = semget(private, 1)\nA: T = semget(private, 1)\nA: Q = msgget(private)\n'
const start = worldAfter(setup)

const objectsOf = (...texts: readonly string[]) => {
  const calls = texts.map(timedCall)
  return partsOf(linesOf(calls), start, sightOf(calls).uses).length
}

describe('partsOf', () => {
  it('tells the objects apart', () => {
    expect(objectsOf('A 0-1 semop(S, [0 +1]) = 0', 'A 2-3 semop(T, [0 +1]) = 0')).toBe(2)
    expect(objectsOf('A 0-1 semop(S, [0 +1]) = 0', 'B 2-3 msgsnd(Q, 1, 1) = 0')).toBe(2)
    expect(objectsOf('A 0-1 semctl(S, 0, IPC_RMID) = 0', 'B 2-3 semop(T, [0 -1]) = EIDRM')).toBe(2)
  })

  it('leaves together what a signal, an end or a stamp ties', () => {
    const both = ['A 0-1 semop(S, [0 +1 SEM_UNDO]) = 0', 'A 2-3 semop(T, [0 +1]) = 0']
    expect(objectsOf(...both, 'B 0-1 kill(A, SIGUSR1) = 0')).toBe(1)
    expect(objectsOf(...both, 'B 4-5 _exit(0) = 0')).toBe(1)
    expect(objectsOf(...both, 'B 4-5 semctl(S, 0, GETPID) = 7')).toBe(1)
    expect(objectsOf(...both, 'B 4-5 U = semget(private, 1) = 7')).toBe(1)
  })
})

describe('a history of several objects', () => {
  it('has one order of all its calls, as the clock has it', () => {
    const { verdict, order } = judged(setup, [
      'A 0-9 semop(S, [0 -1]) = 0',
      'B 1-3 semop(T, [0 +1]) = 0',
      'B 4-5 semop(S, [0 +1]) = 0',
      'C 6-7 semctl(T, 0, GETVAL) = 1',
    ])
    expect(verdict).toBe('conforms')
    expect(order.flatMap(({ returned }) => returned)).toEqual([1, 2, 0, 3])
  })

  it('deviates where one of them does, and tells what came before', () => {
    const { verdict, order, stuck } = judged(setup, [
      'A 0-1 semop(S, [0 +1]) = 0',
      'B 2-3 semop(T, [0 +1]) = 0',
      'B 4-5 semctl(S, 0, GETVAL) = 0',
      'C 6-7 semctl(T, 0, GETVAL) = 1',
    ])
    expect(verdict).toBe('deviates')
    expect(order.flatMap(({ returned }) => returned)).toEqual([0, 1])
    expect(stuck?.calls.map(({ at }) => at)).toEqual([2])
  })

  it('has sleepers that must have been woken', () => {
    const asleep = 'A 0-(9) semop(S, [0 -1])'
    expect(judged(setup, [asleep, 'B 1-2 semop(T, [0 +1]) = 0']).verdict).toBe('conforms')
    expect(judged(setup, [asleep, 'B 1-2 semop(S, [0 +1]) = 0', 'B 3-4 semop(T, [0 +1]) = 0']).verdict).toBe(
      'deviates',
    )
  })

  it('gets the verdict that it gets in one piece', () => {
    const verdicts = { conforms: 0, deviates: 0, inconclusive: 0 }
    for (let seed = 1; seed <= 300; seed++) {
      const lines = randomLines(seed)
      const calls = lines.map(timedCall)
      const effects = createEffects(linux, sightOf(calls))
      const whole = explain(effects.placeOf(start), initialBindings(aHeader()), {
        ...{ lines: linesOf(calls), effects, unit: 1, budget: 1e6, needs: [], fates: noFates },
        context: { header: aHeader(), recording: { started: 0, steps: [{ seconds: 0 }] } },
      })
      const { verdict, order } = judgeHistory({ calls }, judgingFrom(start))
      expect(verdict, lines.join('\n')).toBe(whole.verdict)
      verdicts[verdict]++
      const returned = order.flatMap((each) => each.returned)
      for (const [place, at] of returned.entries())
        for (const later of returned.slice(place + 1))
          expect(Number(calls[later]?.end), lines.join('\n')).toBeGreaterThan(calls[at]?.begin ?? 0)
    }
    expect(Math.min(verdicts.conforms, verdicts.deviates)).toBeGreaterThan(40)
  })
})

/** Results drawn at random: some fit, some do not. */
function randomLines(seed: number): readonly string[] {
  const int = numbersFrom(seed)
  const clocks = [0, 1, 2]
  return Array.from({ length: 8 }, (_, at) => {
    const actor = int(3)
    const begin = (clocks[actor] ?? 0) + 1 + int(30)
    const end = begin + 1 + int(60)
    clocks[actor] = end
    const set = 'ST'[int(2)]
    const text = [
      `semop(${set}, [0 +1]) = 0`,
      `semop(${set}, [0 +1]) = 0`,
      `semctl(${set}, 0, GETVAL) = ${int(3)}`,
      `semop(${set}, [0 -1 IPC_NOWAIT]) = ${int(3) === 0 ? 'EAGAIN' : 0}`,
    ][int(4)]
    return `${'ABC'[actor]} ${begin * 10 + at}-${end * 10 + at} ${text}`
  })
}
