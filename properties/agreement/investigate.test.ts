import { describe, expect, it } from 'vitest'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { initialWorld } from '../../model/initial.ts'
import { linux } from '../../model/profile.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { type Investigation, investigate } from './investigate.ts'
import { createSpectrum } from './spectrum.ts'
import { createSuspects } from './suspects.ts'
import { createTally } from './tally.ts'

const header = aHeader()
const { scenario } = parseScenario('A: Q = msgget(key1)')

/** What a target showed that answers so to the only step. */
const answered = (errno: 'ENOENT' | 'ENOSPC'): Recording => ({
  scenario,
  started: 1000,
  steps: [
    {
      seconds: 1000,
      events: [{ is: 'returned', actor: 'A', value: -1, errno: errnos[errno], out: null, clobbered: false }],
    },
  ],
  problem: '',
})

/** Looks into suspects that were seen at these times (milliseconds), on a target that answers so from now on. */
async function found(times: readonly number[], errno: 'ENOENT' | 'ENOSPC') {
  const clock = times.values()
  const suspects = createSuspects(() => clock.next().value ?? 0)
  const spectrum = createSpectrum(createTally().counts())
  const recording = answered('ENOSPC')
  const judgement = judge(recording, header, linux)
  for (const nth of times.keys())
    suspects.add({ sourced: { origin: `f:${nth}`, scenario }, recording, judgement })
  const target = { header, run: async () => [answered(errno)], close: async () => {} }
  const options = {
    ...{ header, spectrum, profile: linux, families: ['messages'], seed: 1 },
    connect: async () => target as unknown as StartedTarget,
    stop: new AbortController().signal,
    start: initialWorld(factsOf(header), rootActors),
    save: async () => 'file',
    replayCommand: () => 'replay',
  } as unknown as Investigation
  return investigate(suspects.groups(spectrum), options)
}

describe('what deviated', () => {
  it('is a finding if it does so again, however short the time was in which it came', async () => {
    const { deviations, inconclusive } = await found([100], 'ENOSPC')
    expect(deviations).toEqual([expect.objectContaining({ rule: 'get.enoent', seen: 1 })])
    expect(inconclusive).toEqual([])
  })

  it('is a finding if it came again and again, even if it does not now', async () => {
    const { deviations, inconclusive } = await found([100, 300, 9000], 'ENOENT')
    expect(deviations).toEqual([expect.objectContaining({ rule: 'get.enoent', seen: 3 })])
    expect(inconclusive).toEqual([])
  })

  it.each([
    [[100], 'once'],
    [[100, 300, 1600], '3 times within 2 s'],
  ])('stays open if it came in a short time, and not again: %s', async (times, words) => {
    const { deviations, inconclusive } = await found(times, 'ENOENT')
    expect(deviations).toEqual([])
    expect(inconclusive.map(({ reason }) => reason)).toEqual([
      `deviated ${words} by get.enoent, and not in 60 further runs`,
    ])
  })
})
