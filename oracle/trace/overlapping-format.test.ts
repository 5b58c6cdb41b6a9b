import { describe, expect, it } from 'vitest'
import { aHeader } from './a-header.testing.ts'
import { readTrace } from './read-trace.ts'
import { overlappingRecording } from './timed-call.ts'
import type { Recording, TraceHeader } from './trace.ts'
import { lineProblem } from './validate.ts'
import { headerText, recordingText } from './write-trace.ts'

const header: TraceHeader = { ...aHeader(), mode: 'overlapping' }

const semget = { name: 'semget', key: 'private', nsems: 1, flags: 0o600, as: 'S' } as const
const change = (by: number) =>
  ({ name: 'semop', set: 'S', operations: [{ sem: 0, change: by, flags: 0 }] }) as const
const getval = { name: 'semctl.GETVAL', set: 'S', semnum: 0 } as const

const returned = (actor: string, value: number) =>
  ({ is: 'returned', actor, value, errno: 0, out: null, clobbered: false }) as const

/** A post and two sleepers, of whom one is woken; then D looks, in place of A. */
const recording = overlappingRecording(
  {
    scenario: {
      title: 'One of two',
      steps: [
        { actor: 'A', call: semget },
        { actor: 'A', call: change(1) },
        { actor: 'B', call: change(-1) },
        { actor: 'C', call: change(-1) },
        { actor: 'C', call: change(-1) },
        { actor: 'A', call: getval },
      ],
    },
    ...{ first: 1, last: 5 },
  },
  {
    ...{ started: 100, ended: 101, lives: { ended: ['C'], stopped: [] } },
    calls: [
      { step: 0, actor: 'A', call: semget, begin: 0, end: 5, seen: returned('A', 7), atRest: true },
      { step: 1, actor: 'A', call: change(1), begin: 10, end: 12, seen: returned('A', 0) },
      { step: 2, actor: 'B', call: change(-1), begin: 9, end: 15, seen: returned('B', 0) },
      { step: 3, actor: 'C', call: change(-1), begin: 9, end: 'never', seen: null, asleepAt: 20 },
      { step: 5, actor: 'D', call: getval, begin: 30, end: 31, seen: returned('D', 0), atRest: true },
    ],
  },
)

const text = headerText(header) + recordingText(recording)

async function readAll(written: string): Promise<readonly Recording[]> {
  const all: Recording[] = []
  for await (const each of (await readTrace(written)).recordings) all.push(each)
  return all
}

describe('the trace format, where calls overlap', () => {
  it('reads as it was written', async () => {
    expect(await readAll(text)).toEqual([recording])
  })

  it('says who made a call in the end', () => {
    expect(recording.scenario.steps[5]?.actor).toBe('D')
  })

  it('fits the schema', () => {
    for (const line of text.trim().split('\n')) expect(lineProblem(JSON.parse(line)), line).toBeNull()
  })

  it.each([
    ['a return before its call', '"end":12', '"end":9', 'it was back before it began'],
    ['a return without time', ',"end":12', '', '`end` is missing'],
    ['a sleep without time', ',"at":20', '', '`at` is missing'],
    ['the sleep of somebody else', '"actors":["C"]', '"actors":["B"]', 'must be C'],
    [
      'the return of somebody else',
      '"return","step":2,"actor":"A"',
      '"return","step":2,"actor":"B"',
      'must be A',
    ],
    ['a return of an unmade call', ',"begin":10', '', 'was not made'],
    ['steps that are not there', '[2,5]', '[2,9]', 'cannot overlap'],
    ['no end of the time', ',"ended":101', '', '`ended` is missing'],
  ])('refuses %s', async (_, from, to, sentence) => {
    expect(text).toContain(from)
    await expect(readAll(text.replace(from, to))).rejects.toThrow(sentence)
  })
})
