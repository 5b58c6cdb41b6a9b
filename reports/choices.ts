import type { TargetRecord } from '../oracle/run.ts'

/** How often a target chose each of the ways that a rule leaves open: as Linux documents, and otherwise. */
export interface Choice {
  readonly rule: string
  readonly documented: number
  /** Of the other ways, in the order of the model, how often. */
  readonly others: readonly number[]
}

/** The rules that left something open in a run where what was seen tells the way, by id. */
export const choicesOf = ({ counts }: TargetRecord['rules']): readonly Choice[] =>
  Object.entries(counts)
    .flatMap(([rule, { chosen = [] }]) => {
      const [documented = 0, ...others] = chosen
      return chosen.length === 0 ? [] : [{ rule, documented, others }]
    })
    .sort((a, b) => (a.rule < b.rule ? -1 : 1))

/** Whether the target did otherwise than Linux documents at least once. */
export const isOtherwise = ({ others }: Choice): boolean => others.some((times) => times > 0)
