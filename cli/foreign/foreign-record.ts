import { ruleOf } from '../../model/catalogue/rules.ts'
import type { ForeignDeviation, ForeignJudgement } from '../../oracle/foreign/verdict.ts'

/** A deviation with what its rule says and where that comes from. */
export interface ForeignDeviationRecord extends ForeignDeviation {
  readonly sentence: string
  readonly cites: readonly string[]
}

/** What `--json` prints of one foreign trace. */
export interface ForeignRecord extends Omit<ForeignJudgement, 'deviations'> {
  readonly file: string
  /** The share of the calls that was judged, 0 to 1. */
  readonly share: number
  readonly deviations: readonly ForeignDeviationRecord[]
}

export const foreignRecord = (file: string, judgement: ForeignJudgement): ForeignRecord => ({
  file,
  ...judgement,
  share: judgement.calls === 0 ? 0 : judgement.judged / judgement.calls,
  deviations: judgement.deviations.map((deviation) => {
    const { sentence = '', cites = [] } = ruleOf(deviation.rule) ?? {}
    return { ...deviation, sentence, cites }
  }),
})
