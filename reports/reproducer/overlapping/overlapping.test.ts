import { describe, expect, it } from 'vitest'
import { linux } from '../../../model/profile.ts'
import { parseScenario } from '../../../model/vocabulary/text/parse.ts'
import { aHeader } from '../../../oracle/trace/a-header.testing.ts'
import type { OverlappingProgram } from '../../../oracle/trace/timed-call.ts'
import { overlappingReproducer } from './reproducer.ts'
import { observed } from './story.ts'

const options = { rule: 'semop.return', clause: undefined, profile: linux, file: 'reproducer.c' }

const program = (text: string, first: number, last: number): OverlappingProgram =>
  observed({ scenario: parseScenario(text).scenario, first, last })

const wakeUp = program(
  'A: S = semget(private, 1)\nA: semop(S, [0 +1])\nB: semop(S, [0 -1])\nA: semctl(S, 0, GETVAL)\n',
  ...([1, 3] as const),
)
const allowed = [['0', '0', '0']]

const textOf = (seen: readonly string[] | null) => {
  const made = overlappingReproducer(
    { program: wakeUp, header: aHeader(), allowed, seen, forbidden: null },
    options,
  )
  return 'text' in made ? made.text : made.obstacle
}

describe('the C program of calls that overlap', () => {
  it('has a list for each actor, and makes the others itself', () => {
    const text = textOf(['0', 'asleep', '1'])
    expect(text).toContain('enum { A, B, ACTORS };')
    expect(text).toContain(
      'make(3, "B: semop(S, [0 -1])", semop(s->S, (struct sembuf[]){ { 0, -1, 0 } }, 1));',
    )
    expect(text).toContain('setup(s->S = semget(IPC_PRIVATE, 1, 0600), "O: S = semget(private, 1)");')
    expect(text).toContain('look(4, "O: semctl(S, 0, GETVAL)", semctl(s->S, 0, GETVAL));')
  })

  it('holds each round against all that is allowed', () => {
    expect(textOf(['0', 'asleep', '1'])).toContain('allowed[] = {\n\t"0; 0; 0",\n};')
  })

  it('removes what it makes, in each round and in the end', () => {
    expect(textOf(['0', 'asleep', '1']).match(/semctl\(s->S, 0, IPC_RMID\);/g)).toHaveLength(2)
  })

  it('is not made of what is allowed', () => {
    expect(textOf(['0', '0', '0'])).toContain('shows only in how long calls took')
  })

  it('is not made where nobody looked and the rest is allowed', () => {
    expect(textOf(['0', '0', 'not made'])).toContain('shows only in how long calls took')
  })

  it('looks for the one way that is known to be wrong where there are too many others', () => {
    const forbidden = { came: ['0', 'asleep', '1'], precedences: [{ before: 1, after: 2 }] }
    const account = { program: wakeUp, header: aHeader(), allowed: [], seen: forbidden.came, forbidden }
    const made = overlappingReproducer(account, options)
    const text = 'text' in made ? made.text : made.obstacle
    expect(text).toContain('forbidden[] = "0; asleep; 1";')
    expect(text).toContain('s->came[2].ended > s->came[3].began;')
    expect(text).toContain('but not where call 2 is back before call 3')
    expect(text).toContain('s->came[number].began = next_moment();')
  })

  it('is not made of children that end', () => {
    const ends = program('A: P = fork()\nA: waitpid(P)\nP: _exit(1)\nA: wait()\n', 1, 3)
    const made = overlappingReproducer(
      { program: ends, header: aHeader(), allowed, seen: null, forbidden: null },
      options,
    )
    expect(made).toEqual({ obstacle: expect.stringContaining('processes and threads') })
  })

  it('need not look whether actors sleep whose calls come back at once', () => {
    const steps = 'A: S = semget(private, 1)\nA: semop(S, [0 +1 IPC_NOWAIT])\nB: semctl(S, 0, GETVAL)\n'
    const account = {
      program: program(steps, 1, 3),
      header: aHeader(),
      allowed: [['0', '1']],
      seen: ['0', '2'],
    }
    const made = overlappingReproducer({ ...account, forbidden: null }, options)
    const text = 'text' in made ? made.text : made.obstacle
    expect(text).not.toContain('is_asleep')
    expect(text).toContain('(begin(number, words), over(number, call))')
  })

  it('leaves to an actor what it does for itself', () => {
    const { scenario } = program('B: sigaction(SIGUSR1, handler)\nA: kill(B, SIGUSR1)\n', 1, 2)
    expect(scenario.steps.map(({ actor }) => actor)).toEqual(['B', 'A'])
  })
})
