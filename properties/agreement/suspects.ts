import type { Recording } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { Sourced } from './source.ts'

/** A scenario that did not conform when it was run first. */
export interface Suspect {
  readonly sourced: Sourced
  readonly recording: Recording
  readonly judgement: Judgement
}

/** Suspects of one rule (or one reason for being inconclusive): the shortest few, and how many there were. */
export interface Group {
  readonly key: string
  readonly suspects: readonly Suspect[]
  readonly seen: number
}

const KEPT = 4

/** Groups what did not conform by the rule in question. */
export function createSuspects() {
  const groups = new Map<string, { suspects: Suspect[]; seen: number }>()
  return {
    add(suspect: Suspect): void {
      const { judgement } = suspect
      const key = judgement.deviations[0]?.rule ?? `inconclusive: ${judgement.reason}`
      const group = groups.get(key) ?? { suspects: [], seen: 0 }
      group.seen++
      group.suspects.push(suspect)
      group.suspects.sort((a, b) => lengthOf(a) - lengthOf(b))
      group.suspects.length = Math.min(group.suspects.length, KEPT)
      groups.set(key, group)
    },
    /** The groups, the most often seen first. */
    groups: (): readonly Group[] =>
      [...groups].map(([key, group]) => ({ key, ...group })).sort((a, b) => b.seen - a.seen),
    count: (): number => [...groups.values()].reduce((sum, { seen }) => sum + seen, 0),
  }
}

const lengthOf = ({ judgement, recording }: Suspect) =>
  judgement.deviations[0]?.step ?? recording.scenario.steps.length
