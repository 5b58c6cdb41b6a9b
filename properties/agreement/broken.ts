import { printStep } from '../../model/vocabulary/text/print.ts'
import type { Batch } from './lane.ts'
import type { Sourced } from './source.ts'

/** A way to fail: the shortest few scenarios that do, and how many did. */
export interface Way {
  readonly shortest: readonly Sourced[]
  readonly failure: Error
  readonly seen: number
}

/** Gathers the scenarios that probes failed on. */
export interface Broken {
  add(batch: Batch, failure: Error): void
  ways(): readonly Way[]
}

const KEPT = 6

export function createBroken(): Broken {
  const ways = new Map<string, Way>()
  return {
    add({ sourced }, failure) {
      // Numbers of scenarios and processes differ from time to time.
      const way = failure.message.replace(/\d+/g, '#')
      const known = ways.get(way)
      const shortest = [...(known?.shortest ?? []), ...sourced]
        .sort((a, b) => a.scenario.steps.length - b.scenario.steps.length)
        .slice(0, KEPT)
      ways.set(way, { shortest, failure: known?.failure ?? failure, seen: (known?.seen ?? 0) + 1 })
    },
    ways: () => [...ways.values()],
  }
}

/** What a way to fail leaves open, where the target could not be shown to be brought down by it. */
export const openWay = ({ shortest: [first], failure, seen }: Way) => ({
  scenario: `# ${first?.origin ?? ''}\n${first?.scenario.steps.map(printStep).join('\n') ?? ''}\n`,
  reason: `${failure.message} It was running this scenario${seen > 1 ? `, and ${seen - 1} more in the same way` : ''}.`,
})
