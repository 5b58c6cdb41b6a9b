import { describe, expect, it } from 'vitest'
import { linux } from '../model/profile.ts'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import { judge } from './judge.ts'
import { simulate } from './simulate.ts'
import { aHeader } from './trace/a-header.testing.ts'
import type { Recording, TraceEvent } from './trace/trace.ts'

const header = aHeader()

/** The scenario, where its last step attaches at the address of the step before the last so many. */
function again(text: string, before: number): Recording {
  const recording = simulate(parseScenario(text).scenario, header, linux)
  const first = returnedOf(recording, recording.steps.length - 1 - before)
  const last = returnedOf(recording, recording.steps.length - 1)
  const steps = [...recording.steps.slice(0, -1), { seconds: 0, events: [{ ...last, value: first.value }] }]
  return { ...recording, steps: steps.map((step) => ({ ...step, seconds: recording.started })) }
}

function returnedOf({ steps }: Recording, at: number): Extract<TraceEvent, { is: 'returned' }> {
  const event = steps[at]?.events[0]
  if (event?.is !== 'returned') throw new Error(`step ${at} returns nothing`)
  return event
}

const rulesOf = (recording: Recording) => judge(recording, header, linux).deviations.map(({ rule }) => rule)

describe('an address that the system picks', () => {
  it('is not that of another attachment', () =>
    expect(rulesOf(again('M = shmget(private, 100)\nP = shmat(M)\nP2 = shmat(M)', 1))).toEqual([
      'shmat.repeat.separate',
    ]))

  it('may be that of one that was detached', () =>
    expect(rulesOf(again('M = shmget(private, 100)\nP = shmat(M)\nshmdt(P)\nP2 = shmat(M)', 2))).toEqual([]))

  it('may be that of an attachment of another process', () =>
    expect(rulesOf(again('M = shmget(private, 100)\nB: P = shmat(M)\nP2 = shmat(M)', 1))).toEqual([]))
})
