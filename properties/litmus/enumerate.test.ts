import { describe, expect, it } from 'vitest'
import { linux, posix } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { follow } from '../../oracle/explanation/follow.ts'
import { possibleEnds, TooLarge } from './enumerate.ts'
import { litmusLibrary } from './library.ts'
import { parseLitmus } from './parse-litmus.ts'
import { witnessText } from './witness-text.ts'

const aTest = (setup: string, table: string) =>
  parseLitmus(`SYSV a-test\n{\n${setup}\n}\n${table}\nexists true\n`)

const philosophers = (calls: number) =>
  aTest(
    'S = semget(private, 3)\nsemctl(S, 0, SETALL, {1 1 1})',
    [' A | B | C ;', ...Array(calls).fill(' semop(S, [0 +1]) | semop(S, [1 +1]) | semop(S, [2 +1]) ;')].join(
      '\n',
    ),
  )

describe('possibleEnds', () => {
  it('interleaves the calls in every way', () => {
    const ends = possibleEnds(philosophers(2), linux)
    expect(ends).toHaveLength(1)
    expect(ends[0]).toMatchObject({
      ways: 90,
      end: { 'A.2': 0, 'S[0]': 3, 'S[1]': 3, 'S[2]': 3, S: 'there' },
    })
  })

  it('tells who sleeps, who came back, who was never asked, and what the objects are', () => {
    const test = aTest(
      'S = semget(private, 1)',
      ' A | B ;\n semop(S, [0 -1]) | S2 = msgget(private) ;\n getppid() | ;',
    )
    const [only, ...others] = possibleEnds(test, linux)
    expect(others).toEqual([])
    expect(only?.end).toEqual({
      ...{ 'A.1': 'asleep', 'A.2': 'unmade', 'B.1': 'ok' },
      ...{ A: 'asleep', B: 'idle', S: 'there', 'S[0]': 0, 'S[0].ncnt': 1, 'S[0].zcnt': 0 },
      ...{ S2: 'there', 'S2.qnum': 0, 'S2.cbytes': 0 },
    })
  })

  it('names processes that the test makes, and tells their ends', () => {
    const test = aTest('E = fork()', ' A | E ;\n wait() | _exit(2) ;')
    expect(possibleEnds(test, linux).map(({ end }) => end)).toMatchObject([
      { 'A.1': 'E', 'A.1.status': 512, 'E.1': 'ended', E: 'ended', A: 'idle' },
    ])
  })

  it('tells what a call of the setup came to that slept there', () => {
    const test = aTest('S = semget(private, 1)\nB: semop(S, [0 -1])', ' A ;\n semctl(S, 0, IPC_RMID) ;')
    expect(possibleEnds(test, linux)[0]?.end).toMatchObject({ 'B.0': 'EIDRM', S: 'gone' })
  })

  it('follows every choice that the profile leaves open', () => {
    const test = aTest(
      'S = semget(private, 1)\nB: semop(S, [0 -1])\nC: semop(S, [0 -1])',
      ' A ;\n semop(S, [0 +1]) ;',
    )
    const who = (ends: ReturnType<typeof possibleEnds>) =>
      ends.map(({ end }) => `${end['B.0']} ${end['C.0']}`)
    expect(who(possibleEnds(test, linux))).toEqual(['0 asleep'])
    expect(who(possibleEnds(test, posix)).sort()).toEqual(['0 asleep', 'asleep 0'])
  })

  it('gives up where there are too many states, and says how many', () => {
    const enumerate = () => possibleEnds(philosophers(8), linux, { statesMax: 200 })
    expect(enumerate).toThrow(TooLarge)
    expect(enumerate).toThrow(
      'a-test has more than 200 states (3 actors, 24 calls): take some calls or actors away',
    )
  })

  it('says so where the setup cannot be made', () => {
    const test = aTest('S = semget(private, 1)\nsemop(S, [0 -1])\nsemop(S, [0 +1])', ' B ;\n getppid() ;')
    expect(() => possibleEnds(test, linux)).toThrow('the setup of a-test cannot be made: A is in no state')
  })
})

describe('a witness', () => {
  it.each([...litmusLibrary()])('of %s is a scenario in which each line is met', (_, test) => {
    for (const profile of [linux, posix])
      for (const { witness, steps } of possibleEnds(test, profile)) {
        const text = parseScenario(witnessText(test.name, steps))
        const followed = follow(text, [profile])
        expect(followed.problem, witness.join(' ')).toBe('')
        expect(followed.steps.flatMap(({ unmet }) => unmet)).toEqual([])
      }
  })
})
