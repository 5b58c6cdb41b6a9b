import { describe, expect, it } from 'vitest'
import { linux } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { follow } from './follow.ts'
import { objectStates, otherSleepWords, stateWords } from './object-states.ts'

const worldAfter = (...lines: readonly string[]) => {
  const world = follow(parseScenario(lines.join('\n')), [linux]).steps.at(-1)?.outcome.world
  if (world === undefined) throw new Error('nothing was done')
  return world
}

const states = (...lines: readonly string[]) => objectStates(worldAfter(...lines)).map(stateWords)

describe('objectStates', () => {
  it.each([
    [
      ['S = semget(private, 2)', 'semctl(S, 0, SETALL, {3 0})', 'B: semop(S, [1 -1])'],
      ['S {3 0}, asleep: B'],
    ],
    [['Q = msgget(private)', 'msgsnd(Q, 2, 8)', 'B: msgrcv(Q, 8, 1)'], ['Q [2:8], asleep: B']],
    [
      ['M = shmget(private, 9)', 'P = shmat(M)', 'store(P+3, 7)', 'shmctl(M, IPC_RMID)'],
      ['M 1 attached (A), bytes 3=7, removed'],
    ],
    [['E = fork()', 'E: _exit(3)'], ['E zombie (exited 3)']],
    [['E = fork()', 'kill(E, SIGKILL)'], ['E zombie (killed by SIGKILL)']],
    [['E = fork()', 'kill(E, SIGSTOP)'], ['E stopped']],
    [['S = semget(private, 1)', 'semctl(S, 0, IPC_RMID)'], []],
  ])('tells %j', (lines, words) => expect(states(...lines)).toEqual(words))
})

describe('otherSleepWords', () => {
  it('tells who sleeps on no object', () => {
    expect(otherSleepWords(worldAfter('E = fork()', 'waitpid(E)'))).toEqual(['A is asleep in waitpid(E)'])
    expect(otherSleepWords(worldAfter('S = semget(private, 1)', 'semop(S, [0 -1])'))).toEqual([])
  })
})
