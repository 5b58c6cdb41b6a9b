import { describe, expect, it } from 'vitest'
import { linux } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import type { RecordedStep } from '../../oracle/trace/trace.ts'
import { headerText, recordingText } from '../../oracle/trace/write-trace.ts'
import './vitest.ts'

const header = aHeader()
const { scenario } = parseScenario('S = semget(private, 1)\nsemctl(S, 0, GETVAL)')
const recording = simulate(scenario, header, linux)
const last: RecordedStep = {
  seconds: 0,
  events: [{ is: 'returned', actor: 'A', value: 4, errno: 0, out: null, clobbered: false }],
}
const wrong = { ...recording, steps: [...recording.steps.slice(0, 1), last] }

describe('toConformTo', () => {
  it('holds a recording against a profile', () => {
    expect({ header, recording }).toConformTo()
    expect({ header, recording }).toConformTo('posix')
    expect({ header, recording: wrong }).not.toConformTo('linux')
  })

  it('says what deviates', () => {
    expect(() => expect({ header, recording: wrong }).toConformTo('linux')).toThrow(
      /seen: {4}A returns 4\n {2}allowed: A returns 0/,
    )
  })

  it('holds every recording of a trace against it', async () => {
    const trace = headerText(header) + recordingText(recording)
    await expect(trace).toConformTo('linux')
    await expect(trace + recordingText(wrong)).not.toConformTo('linux')
    await expect(expect(headerText(header)).toConformTo()).rejects.toThrow('nothing is known')
  })

  it('passes nothing that is not settled, one way or the other', () => {
    const unsettled = {
      header,
      recording: { ...recording, steps: recording.steps.slice(0, 1), problem: 'it hung' },
    }
    expect(() => expect(unsettled).toConformTo()).toThrow('It cannot be told')
    expect(() => expect(unsettled).not.toConformTo()).toThrow('It cannot be told')
  })
})
