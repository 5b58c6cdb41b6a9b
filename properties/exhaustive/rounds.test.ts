import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import type { Alphabet } from './alphabet.ts'
import { alphabets } from './alphabets.ts'
import { coveredScope } from './coverage.ts'
import { createRounds, type Rounds } from './rounds.ts'

const start = initialWorld(usualFacts, rootActors)

/** The first alphabet of each of these families, up to 2 calls. */
const chosen = (...families: readonly string[]): readonly Alphabet[] =>
  families.flatMap((family) => {
    const alphabet = alphabets.find((each) => each.family === family)
    return alphabet === undefined ? [] : [{ ...alphabet, length: 2 }]
  })

/** Takes this many programs, and says that they were judged. */
function judge(rounds: Rounds, count: number): number {
  let judged = 0
  while (judged < count) {
    const some = rounds.next(Math.min(10, count - judged))
    if (some.length === 0) break
    for (const program of some) rounds.judged(program)
    judged += some.length
  }
  return judged
}

const sentences = (families: readonly Alphabet[], rounds: Rounds) =>
  families.map((alphabet) => coveredScope(alphabet, rounds.of(alphabet), alphabet.length).sentence)

const within = 'over 12 kinds of calls by 3 actors on 1 set of 2 semaphores.'

describe('the rounds', () => {
  it('hand out each program once, the shorter ones first', () => {
    const rounds = createRounds(chosen('semaphores', 'messages'), start)
    const lengths: string[] = []
    const origins = new Set<string>()
    for (let some = rounds.next(7); some.length > 0; some = rounds.next(7))
      for (const { origin, round } of some) {
        lengths.push(`${round.alphabet.family} ${round.length}`)
        origins.add(origin)
      }
    expect([...new Set(lengths)]).toEqual(['semaphores 1', 'messages 1', 'semaphores 2', 'messages 2'])
    expect([origins.size, lengths.length]).toEqual([518, 518])
  })

  it('say how far they are', () => {
    const rounds = createRounds(chosen('semaphores'), start)
    expect(rounds.share()).toBe(0)
    judge(rounds, 12)
    expect(judge(rounds, 1e9)).toBe(253)
    expect(rounds.share()).toBe(1)
  })
})

describe('what was covered', () => {
  it('is everything once all was judged', () => {
    const some = chosen('semaphores')
    const rounds = createRounds(some, start)
    judge(rounds, 1e9)
    expect(sentences(some, rounds)).toEqual([`semaphores: all 265 programs of at most 2 calls ${within}`])
    expect(coveredScope(some[0] as Alphabet, rounds.of(some[0] as Alphabet), 2)).toMatchObject({
      complete: true,
      programs: 265,
      ran: 265,
      lengths: [
        { length: 1, programs: 12, ran: 12 },
        { length: 2, programs: 253, ran: 253 },
      ],
    })
  })

  it.each([
    [0, 'none of the programs of 1 call'],
    [3, '25 % of the 12 programs of 1 call'],
    [12, 'all 12 programs of at most 1 call and none of those of 2 calls'],
    [264, 'all 12 programs of at most 1 call and 99.6 % of the 253 programs of 2 calls'],
  ])('after %i programs is told to the program', (count, words) => {
    const some = chosen('semaphores')
    const rounds = createRounds(some, start)
    judge(rounds, count)
    expect(sentences(some, rounds)).toEqual([`semaphores: ${words} ${within}`])
    expect(coveredScope(some[0] as Alphabet, rounds.of(some[0] as Alphabet), 2).complete).toBe(false)
  })

  it('counts what cannot be continued', () => {
    const [alphabet] = chosen('messages') as [Alphabet]
    const rounds = [{ alphabet, length: 1, programs: 12, judged: 12, ended: 3, leftOut: 2000 }]
    expect(coveredScope(alphabet, rounds, 1).sentence).toMatch(
      /2 bytes; after 3 shorter ones nobody can make a call; 2,000 calls were left out because/,
    )
  })
})
