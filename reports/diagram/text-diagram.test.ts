import { describe, expect, it } from 'vitest'
import { childStory, lostWakeUpStory, storyOfText } from './stories.testing.ts'
import { textDiagram } from './text-diagram.ts'

const style = { columns: 80, colour: false }

describe('the diagram of a scenario', () => {
  it('has a lane an actor, in which it calls, sleeps, is stopped and ends', () => {
    expect(textDiagram(childStory(), style)).toBe(`A child

       A    B    E
  1    ●    │        A: Q = msgget(private)
       │    │          A returns the id of Q
       │    │          = Q []
  2    ●┄┄┄┄┼┄┄┄▶┬   A: E = fork()
       │    │    │     A returns the pid of E
  3    │    │    ●   E: msgrcv(Q, 8)
       │    │    ░     E blocks
       │    │    ░     = Q [], asleep: E
  4    │    ●───▶○   B: msgsnd(Q, 1, 8)
       │    │    │     B returns 0; E returns 8 {type: 1, fill: 97, matched: 8,
       │    │    │     beyond: 0}
       │    │    │     = Q []
  5    ●    │    │   A: waitpid(E)
       ░    │    │     A blocks
  6    ░    ●───▶▒   B: kill(E, SIGSTOP)
       ░    │    ▒     B returns 0; E stops
  7    ○◀───●───▶✕   B: kill(E, SIGKILL)
       │    │          B returns 0; A returns the pid of E {status: killed by
       │    │          SIGKILL}; E ends

● calls, ░ asleep, ○ returns, ▒ stopped, ✕ ends, ┬ begins, ─▶ wakes, ends, stops
or continues
`)
  })

  it('says why it ends early', () => {
    const story = storyOfText('S = semget(private, 1)\nA: semop(S, [0 -1])\nA: semop(S, [0 +1])\n')
    expect(textDiagram(story, style)).toContain('It ends here: step 3 cannot be made: A is inside semop')
  })
})

describe('the diagram of a finding', () => {
  it('tells what was observed and allowed at the deviating step, and what is not known behind it', () => {
    const text = textDiagram(lostWakeUpStory(), style)
    expect(text).toContain(`
! 4    ●────░───▶○   A: semop(S, [0 +2])
       │    ░    │     observed: A returns 0; C returns 0
       │    ░    │     allowed: A returns 0; B returns 0; C returns 0
       │    ░    │     rule: semop.inc
       │    ░    │     = S ?
  5    ●    ░    │   A: semctl(S, 0, GETVAL)
       │    ░    │     A returns 1
`)
    expect(text).not.toContain('GETNCNT')
  })
})
