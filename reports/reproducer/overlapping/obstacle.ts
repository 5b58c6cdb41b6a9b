import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { UNMADE } from '../../../oracle/histories/outcome.ts'
import type { OverlappingAccount } from './story.ts'

/** Why there is no program; empty if there is. */
export function obstacleTo(account: OverlappingAccount): string {
  const { scenario, first, last } = account.program
  if (last <= first) return 'no calls overlap'
  if (scenario.steps.some(({ call }) => isAboutProcesses(call)))
    return 'processes and threads that are made beside those of the program'
  const attached = scenario.steps
    .slice(0, first)
    .flatMap(({ call }) => ('as' in call && formOf(call.name).makes === 'attachment' ? [call.as] : []))
  const usesIt = (call: Call) => 'address' in call && attached.includes(call.address.base)
  if (scenario.steps.slice(first, last).some(({ call }) => usesIt(call)))
    return 'memory that a process has attached before its calls overlap with others'
  if (isAllowed(account))
    return 'what deviates shows only in how long calls took, or in what differs from run to run'
  return ''
}

const isAboutProcesses = ({ name }: Call) =>
  name === '_exit' || ['process', 'thread'].includes(formOf(name).makes ?? '')

/** Whether what was seen is one of the ways in which the calls may come out. */
export const isAllowed = ({
  allowed,
  seen,
  program: { first, last },
}: Pick<OverlappingAccount, 'allowed' | 'seen' | 'program'>): boolean =>
  seen !== null && allowed.some((outcome) => areAlike(outcome, seen, last - first))

/** Where all were asleep nobody was there to look. */
const areAlike = (outcome: readonly string[], seen: readonly string[], together: number): boolean =>
  seen.every((came, at) => came === outcome[at] || (at >= together && came === UNMADE))
