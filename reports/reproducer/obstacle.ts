import { formOf } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Account } from '../../oracle/account.ts'
import { callsAt } from '../../oracle/words.ts'

/** No pid is larger. */
const PID_MAX = 4194304

/** Why a story cannot be told by a program of its own; empty if it can. */
export function obstacleTo(account: Account): string {
  const { steps, reason, deviating } = account
  if (reason !== '') return reason
  if (steps.length === 0) return 'it has no steps'
  for (const { step, observed } of steps) {
    const obstacle = reaching(step)
    if (obstacle !== undefined) return obstacle
    if (observed.events.some(({ is }) => is === 'skipped')) return 'an actor that could not be given its call'
  }
  const last = steps[deviating]
  const calls = callsAt(
    steps.map(({ step }) => step),
    deviating,
  )
  for (const event of last?.observed.events ?? [])
    if (event.is === 'returned' && event.clobbered && !/^sem(timed)?op$/.test(calls[event.actor]?.name ?? ''))
      return 'bytes around the buffer of a call'
  return ''
}

/** Signals that would reach processes of others. */
function reaching({ call }: Step): string | undefined {
  if (call.name !== 'kill' || call.signal === 0 || typeof call.process !== 'number') return undefined
  if (call.process === -1 || (call.process > 0 && call.process <= PID_MAX))
    return 'a signal that reaches processes of others'
  return undefined
}

export const isPseudo = ({ call }: Step): boolean => formOf(call.name).pseudo === true
