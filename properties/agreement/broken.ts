import { printStep } from '../../model/vocabulary/text/print.ts'
import type { TargetRecord } from '../../oracle/run.ts'
import type { Batch } from './lane.ts'

/** Gathers the scenarios that probes failed on: the shortest of each way to fail, and how many there were. */
export interface Broken {
  add(batch: Batch, why: string): void
  summary(): TargetRecord['inconclusive']
}

export function createBroken(): Broken {
  const ways = new Map<string, { steps: readonly string[]; why: string; origin: string; seen: number }>()
  return {
    add({ sourced }, why) {
      const [only] = sourced
      const steps = only?.scenario.steps.map(printStep) ?? []
      // Numbers of scenarios and processes differ from time to time.
      const way = why.replace(/\d+/g, '#')
      const known = ways.get(way)
      if (known === undefined) ways.set(way, { steps, why, origin: only?.origin ?? '', seen: 1 })
      else if (steps.length >= known.steps.length) known.seen++
      else ways.set(way, { steps, why, origin: only?.origin ?? '', seen: known.seen + 1 })
    },
    summary: () =>
      [...ways.values()].map(({ steps, why, origin, seen }) => ({
        scenario: `# ${origin}\n${steps.join('\n')}\n`,
        reason: `${why} It was running this scenario${seen > 1 ? `, and ${seen - 1} more in the same way` : ''}.`,
      })),
  }
}
