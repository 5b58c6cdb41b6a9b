import { clauses } from '../../model/catalogue.ts'
import type { TargetRecord } from '../../oracle/run.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { Foretold } from './hands/foretold.ts'

/** How often each rule was exercised and met, by its id. */
export type RuleCounts = ReadonlyMap<string, RuleCount>

export interface RuleCount {
  readonly exercised: number
  readonly met: number
  /** How often the target chose each of the ways that the rule leaves open; the first is what Linux documents. */
  readonly chosen: readonly number[]
}

const ruleNumbers: ReadonlyMap<string, number> = new Map(clauses.map(({ id }, index) => [id, index]))

/** The number by which a tally knows a rule; undefined if it is none of the catalogue. */
export const ruleNumber = (id: string): number | undefined => ruleNumbers.get(id)

/** Counts how often each rule was exercised and met. */
export interface Tally {
  add(judgement: Judgement): void
  /** Counts what went as foreseen: each rule was exercised and met. */
  addForeseen(foretold: Foretold): void
  /** Adds what another tally counted. */
  merge(counts: RuleCounts): void
  /** Steps that were judged here. */
  steps(): number
  counts(): RuleCounts
  summary(): TargetRecord['rules']
}

export function createTally(): Tally {
  const counts = new Map<string, { exercised: number; met: number; chosen: number[] }>()
  for (const { id } of clauses) counts.set(id, { exercised: 0, met: 0, chosen: [] })
  const entries = [...counts.values()]
  const count = (steps: readonly (readonly string[])[], what: 'exercised' | 'met') => {
    for (const rules of steps)
      for (const id of rules) {
        const entry = counts.get(id)
        if (entry !== undefined) entry[what]++
      }
  }
  let steps = 0
  return {
    add({ exercised, met, choices, steps: judged }) {
      for (const { rule, index } of choices) increment(counts.get(rule)?.chosen ?? [], index, 1)
      count(exercised, 'exercised')
      count(met, 'met')
      steps += judged
    },
    addForeseen({ rules, rulesFrom, rulesTo, steps: foreseen }) {
      for (let at = rulesFrom; at < rulesTo; at++) {
        const entry = entries[rules[at] as number]
        if (entry === undefined) continue
        entry.exercised++
        entry.met++
      }
      steps += foreseen
    },
    merge(others) {
      for (const [id, { exercised, met, chosen }] of others) {
        const entry = counts.get(id)
        if (entry === undefined) continue
        entry.exercised += exercised
        entry.met += met
        for (const [index, times] of chosen.entries()) increment(entry.chosen, index, times)
      }
    },
    steps: () => steps,
    counts: () => counts,
    summary() {
      const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
      return {
        exercised: sorted.filter(([, { exercised }]) => exercised > 0).length,
        met: sorted.filter(([, { met }]) => met > 0).length,
        total: sorted.length,
        untested: sorted.filter(([, { exercised }]) => exercised === 0).map(([id]) => id),
        counts: Object.fromEntries(sorted.map(([id, count]) => [id, recorded(count)])),
      }
    },
  }
}

const recorded = ({ exercised, met, chosen }: RuleCount) => ({
  exercised,
  met,
  ...(chosen.length === 0 ? {} : { chosen: [...chosen] }),
})

function increment(counts: number[], at: number, by: number): void {
  while (counts.length <= at) counts.push(0)
  counts[at] = (counts[at] ?? 0) + by
}
