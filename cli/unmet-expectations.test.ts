import { describe, expect, it } from 'vitest'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import type { RecordedStep, TraceEvent } from '../oracle/trace/trace.ts'
import { unmetExpectations } from './unmet-expectations.ts'

const returned = (actor: string, value: number, errno = 0): TraceEvent => ({
  is: 'returned',
  actor,
  value,
  errno,
  out: null,
  clobbered: false,
})

function unmet(text: string, ...events: readonly (readonly TraceEvent[])[]): readonly string[] {
  const { scenario, lines } = parseScenario(text)
  const steps: RecordedStep[] = events.map((each) => ({ seconds: 0, events: each }))
  return unmetExpectations(lines, { scenario, started: 0, steps, problem: '' })
}

const wake = `S = semget(private, 1) -> ok
B: semop(S, [0 -1]) -> blocks
A: semop(S, [0 +1]) -> 0
B: returns -> 0
`

describe('the expectations of a scenario', () => {
  it('are met', () => {
    expect(unmet(wake, [returned('A', 5)], [], [returned('A', 0), returned('B', 0)])).toEqual([])
  })

  it('are not met by a sleeper that sleeps on', () => {
    expect(unmet(wake, [returned('A', 5)], [], [returned('A', 0)])).toEqual([
      'line 4, `B: returns -> 0`: A returns 0',
    ])
  })

  it('are not met by a call that comes back', () => {
    expect(unmet(wake, [returned('A', 5)], [returned('B', -1, 11)])).toEqual([
      'line 2, `B: semop(S, [0 -1]) -> blocks`: B returns -1 EAGAIN',
    ])
  })

  it.each<[string, TraceEvent, boolean]>([
    ['wait() -> ECHILD', returned('A', -1, 10), true],
    ['wait() -> ECHILD', returned('A', -1, 4), false],
    ['wait() -> ok', returned('A', -1, 10), false],
    ['getppid() -> 1', returned('A', 1), true],
    ['getppid() -> 1', returned('A', 2), false],
    ['store(null, 1) -> SIGSEGV', { is: 'faulted', actor: 'A', signal: 11, code: 1 }, true],
    ['store(null, 1) -> SIGSEGV', returned('A', 0), false],
    ['_exit(0) -> ends', { is: 'ended', actor: 'A' }, true],
    ['_exit(0) -> ends', returned('A', 0), false],
  ])('%s, seen %j: %s', (text, event, isMet) => {
    expect(unmet(text, [event])).toHaveLength(isMet ? 0 : 1)
  })
})
