import { describe, expect, it } from 'vitest'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { linux } from '../../model/profile.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { judge } from '../../oracle/judge.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import type { OutData, Recording, TraceEvent } from '../../oracle/trace/trace.ts'
import { seenSooner } from './sooner.ts'

const header = aHeader()
const SECONDS = 1000

const returned = (value: number, errno = 0, out: OutData = null): readonly TraceEvent[] => [
  { is: 'returned', actor: 'A', value, errno, out, clobbered: false },
]

/** What IPC_STAT tells of a queue with these bytes of room: key, owner, creator, mode, messages, room, users, times. */
const statOf = (room: number): OutData => [0, 1000, 1000, 1000, 1000, 0o600, 0, 0, room, 0, 0, 0, 0, SECONDS]

/** A target whose queues have so much room, and on which every send fails. */
function recorded(scenario: Scenario, room: number): Recording {
  const steps = scenario.steps.map(({ call }) => ({
    seconds: SECONDS,
    events:
      call.name === 'msgget'
        ? returned(7)
        : call.name === 'msgctl.IPC_STAT'
          ? returned(0, 0, statOf(room))
          : returned(-1, errnos.EACCES),
  }))
  return { scenario, started: SECONDS, steps, problem: '' }
}

async function sooner(text: string, room: number, counts = () => true) {
  const { scenario } = parseScenario(text)
  const recording = recorded(scenario, room)
  const judgement = judge(recording, header, linux)
  expect(judgement.verdict).toBe('deviates')
  const run = async ([tried]: readonly Scenario[]) => (tried === undefined ? [] : [recorded(tried, room)])
  const target = { header, run } as unknown as StartedTarget
  const found = await seenSooner(
    { scenario, recording, judgement, path: '1' },
    { target, profile: linux, counts },
  )
  return found?.scenario.steps.map(printStep)
}

const SENDS = 'A: Q = msgget(private)\nA: msgsnd(Q, 1, 5)\n'
const LOOKS = ['A: Q = msgget(private)', 'A: msgctl(Q, IPC_STAT)']

describe('a finding', () => {
  it('is told by the look that shows it before the call that meets it', async () => {
    expect(await sooner(SENDS, 10)).toEqual(LOOKS)
  })

  it('is told with the fewest steps', async () => {
    expect(await sooner(`A: Q = msgget(private)\nA: R = msgget(private)\nA: msgsnd(Q, 1, 5)\n`, 10)).toEqual(
      LOOKS,
    )
  })

  it('stays the call where nothing is wrong before it', async () => {
    expect(await sooner(SENDS, 16384)).toBeUndefined()
  })

  it('stays the call where the look does not count', async () => {
    expect(await sooner(SENDS, 10, () => false)).toBeUndefined()
  })

  it('that was a look already stays as it is', async () => {
    expect(await sooner('A: Q = msgget(private)\nA: msgctl(Q, IPC_STAT)\n', 10)).toBeUndefined()
  })
})
