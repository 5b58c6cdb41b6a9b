import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { UNMADE } from '../../../oracle/histories/outcome.ts'
import type { OverlappingAccount } from './story.ts'

/** Why there is no program; empty if there is. */
export function obstacleTo({ program, allowed, seen }: OverlappingAccount): string {
  const { scenario, first, last } = program
  if (last <= first) return 'no calls overlap'
  if (scenario.steps.some(({ call }) => isAboutProcesses(call)))
    return 'processes and threads that are made beside those of the program'
  if (scenario.steps.some(({ call }, at) => at < first && formOf(call.name).makes === 'attachment'))
    return 'memory that is attached before the calls overlap'
  if (seen !== null && allowed.some((outcome) => areAlike(outcome, seen, last - first)))
    return 'what deviates shows only in the times of the calls, not in what came of them'
  return ''
}

const isAboutProcesses = ({ name }: Call) =>
  name === '_exit' || ['process', 'thread'].includes(formOf(name).makes ?? '')

/** Where all were asleep nobody was there to look. */
const areAlike = (outcome: readonly string[], seen: readonly string[], together: number): boolean =>
  seen.every((came, at) => came === outcome[at] || (at >= together && came === UNMADE))
