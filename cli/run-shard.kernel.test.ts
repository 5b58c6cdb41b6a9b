import { expect, it } from 'vitest'
import type { TargetRecord } from '../oracle/run.ts'
import type { ReportedRun } from '../reports/reported-run.ts'
import { recorded } from './recorded-io.testing.ts'

const ran = async (...more: readonly string[]): Promise<ReportedRun> => {
  const all = ['run', 'semaphores', '--scenarios', '900', '--seed', '7', '--json', ...more]
  return JSON.parse((await recorded(...all)).out)
}

/** How much was done: scenarios, steps, and how often each rule was exercised and met. */
const amount = ({ scenarios, steps, rules }: TargetRecord): Readonly<Record<string, number>> => ({
  scenarios,
  steps,
  ...Object.fromEntries(
    Object.entries(rules.counts).flatMap(([rule, { exercised, met }]) => [
      [`${rule} exercised`, exercised],
      [`${rule} met`, met],
    ]),
  ),
})

it('the shards of a run make up the whole: no scenario is left out, and none is run twice', async () => {
  const whole = await ran()
  const shards = []
  for (const shard of ['1/3', '2/3', '3/3']) shards.push(await ran('--shard', shard))
  expect([whole, ...shards].map(({ verdict }) => verdict)).toEqual(new Array(4).fill('conforms'))
  expect(shards[1]?.shard).toEqual({ number: 2, of: 3 })
  expect(shards[1]?.command).toContain('--shard 2/3')

  const parts = shards.flatMap(({ targets }) => targets.map(amount))
  const sums = Object.fromEntries(
    Object.keys(parts[0] ?? {}).map((key) => [key, parts.reduce((sum, part) => sum + (part[key] ?? 0), 0)]),
  )
  expect(whole.targets.map(amount)).toEqual([sums])
  expect(Math.min(...parts.map(({ scenarios = 0 }) => scenarios))).toBeGreaterThan(290)
})
