import type { CampaignOptions } from './campaign-options.ts'
import type { Evidence } from './evidence.ts'

/** Which rules the generated scenarios of a run go around, so that what is known to be broken does not hide the rest. */
export interface Detour {
  avoid(): readonly string[]
}

/** Deviations by one rule after which it is gone around, and between two looks at who is accused. */
const TIMES = 12

/**
 * Around the rules that are known beforehand and, where the run is bound by time, those that turn out to be broken. A
 * run of so many scenarios makes the same ones however fast they are run.
 */
export function createDetour(
  { avoid = [], budget }: Pick<CampaignOptions, 'avoid' | 'budget'>,
  evidence: Pick<Evidence, 'suspects' | 'accused'>,
): Detour {
  let rules = avoid
  let seen = 0
  return {
    avoid() {
      if ('seconds' in budget && evidence.suspects() >= seen + TIMES) {
        seen = evidence.suspects()
        rules = [...new Set([...rules, ...evidence.accused(TIMES)])]
      }
      return rules
    },
  }
}
