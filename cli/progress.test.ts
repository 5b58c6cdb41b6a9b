import { expect, it } from 'vitest'
import { plain } from '../reports/style.ts'
import type { Io } from './io.ts'
import { createProgress, progressWords } from './progress.ts'

const progress = {
  scenarios: 1000,
  steps: 8000,
  seconds: 4,
  share: 0.25,
  deviations: 0,
  phase: 'generated',
} as const

function io(errColumns: number): Io & { readonly said: string[] } {
  const said: string[] = []
  const { signal } = new AbortController()
  return {
    said,
    out: () => {},
    err: (text) => said.push(text),
    input: async function* () {},
    self: '',
    style: plain,
    errColumns,
    stop: signal,
  }
}

it('progress says how fast it goes and how long it will take', () => {
  expect(progressWords('host', progress)).toBe(
    'host: generated scenarios, 1,000 scenarios, 250 scenarios/s, 2,000 steps/s, 12 s left',
  )
  expect(progressWords('host', { ...progress, deviations: 2, phase: 'shrinking' })).toBe(
    'host: shrinking what deviates, 1,000 scenarios, 250 scenarios/s, 2,000 steps/s, 2 scenarios to look at',
  )
})

it('progress rewrites one line of a terminal, and removes it at the end', () => {
  const terminal = io(30)
  const line = createProgress('host', terminal)
  line.show(progress)
  line.show(progress)
  line.end()
  expect(terminal.said).toEqual([
    '\r\u001b[Khost: generated scenarios, 1,',
    '\r\u001b[Khost: generated scenarios, 1,',
    '\r\u001b[K',
  ])
})

it('progress is a line every few seconds where there is no terminal', () => {
  const file = io(0)
  let now = 0
  const line = createProgress('host', file, () => now)
  for (; now < 16_000; now += 250) line.show(progress)
  line.end()
  expect(file.said).toHaveLength(3)
})
