import { describe, expect, it } from 'vitest'
import { linux, posix } from '../model/profile.ts'
import { type Errno, errnos } from '../model/vocabulary/names.ts'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import { judge } from './judge.ts'
import { simulate } from './simulate.ts'
import { aHeader } from './trace/a-header.testing.ts'
import type { Recording } from './trace/trace.ts'
import { posixSays } from './wider.ts'

const header = aHeader()

/** What Linux does with this, apart from the errno of the step (from 0), and of all after it. */
function recorded(text: string, at: number, errno: Errno): Recording {
  const recording = simulate(parseScenario(text).scenario, header, linux)
  const steps = recording.steps.map((step, index) => ({
    ...step,
    events: step.events.map((event) =>
      index >= at && event.is === 'returned' ? { ...event, value: -1, errno: errnos[errno] } : event,
    ),
  }))
  return { ...recording, steps }
}

const says = (recording: Recording, profile = linux) =>
  posixSays(recording, header, profile, judge(recording, header, profile))

/** The standard leaves open which of two errors is told. */
const twoErrors = `
  A: S = semget(key1, 1, IPC_CREAT|0600)
  B: become(8, 8)
  B: T = semget(key1, 2, 0666)
`

describe('what profile posix says of a deviation from profile linux', () => {
  it('is that it is allowed, and which choice that is', () => {
    expect(says(recorded(twoErrors, 2, 'EACCES'))).toEqual({
      verdict: 'conforms',
      choices: [expect.any(String)],
    })
  })

  it('is that it is not allowed either', () => {
    expect(says(recorded(twoErrors, 2, 'ENOSYS'))).toEqual({ verdict: 'deviates', choices: [] })
  })

  it('does not count what comes after it', () => {
    const text = `${twoErrors}  A: semctl(S, 0, GETVAL)\n`
    expect(says(recorded(text, 2, 'EACCES'))).toMatchObject({ verdict: 'conforms' })
    expect(judge(recorded(text, 2, 'EACCES'), header, posix)).toMatchObject({ verdict: 'deviates' })
  })

  it('is nothing where there is no deviation, or it is one from posix itself', () => {
    expect(says(simulate(parseScenario(twoErrors).scenario, header, linux))).toBeUndefined()
    expect(says(recorded(twoErrors, 2, 'ENOSYS'), posix)).toBeUndefined()
  })
})
