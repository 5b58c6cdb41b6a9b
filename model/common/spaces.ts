import { type Moment, note } from '../moment.ts'
import { type Clause, clause } from '../rule.ts'
import { HOME, noteMadeIn } from '../spaces.ts'
import { type Call, formOf } from '../vocabulary/forms.ts'

const isolated = clause(
  'ns.isolated',
  'linux',
  'Objects, keys and limits of another IPC namespace are not there.',
  'ipc_namespaces(7)',
)
const ownLimits = clause(
  'ns.limits-sysctl',
  'linux',
  'Limits are those of the namespace of who writes them, which takes privilege in the user namespace that owns it.',
  'ipc_namespaces(7)',
)

export const spaceClauses: readonly Clause[] = [isolated, ownLimits]

/** A call was made where there are several namespaces. */
export function noteCall(moment: Moment, call: Call): void {
  const { family } = formOf(call.name)
  if (call.name === 'setlimit') note(moment, ownLimits)
  else if (family !== 'processes' && (family !== 'common' || /^ipc/.test(call.name))) note(moment, isolated)
  noteMadeIn(moment, call)
  const { world } = moment
  const makes = /get$/.test(call.name)
  if (makes && world.space !== HOME && !world.settings.recycled)
    moment.world = { ...world, settings: { ...world.settings, recycled: true } }
}
