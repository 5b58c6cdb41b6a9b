import type { Classification, DeviationRecord, RunRecord, TargetRecord } from '../oracle/run.ts'
import { numberWords } from './wrap.ts'

/** Which profiles a target satisfies: part of a sentence, '' where nothing is known. */
export function classificationText({ satisfies, deviations }: TargetRecord): string {
  if (satisfies === undefined) return ''
  const named = namesBy(satisfies)
  const parts = [
    ...(named.yes.length === 0 ? [] : [`satisfies ${named.yes.join(' and ')}`]),
    ...(named.no.length === 0 ? [] : [`deviates from ${named.no.join(' and ')}`]),
    ...(named.open.length === 0 ? [] : [`nothing is settled about ${named.open.join(' and ')}`]),
  ]
  return [parts.join(', '), ...allowedPart(deviations)].join('; ')
}

/** The same in a word or two. */
export function classificationWord({ satisfies }: TargetRecord): string {
  if (satisfies === undefined) return ''
  const { yes, no } = namesBy(satisfies)
  return yes.length > 0 ? yes.join(', ') : no.length === names.length ? 'none' : 'open'
}

/** What profile posix says of a deviation from profile linux: part of a sentence, '' where it was not asked. */
export function posixText({ posix }: DeviationRecord): string {
  if (posix === undefined) return ''
  if (posix.verdict === 'deviates') return 'does not allow it either'
  if (posix.verdict === 'inconclusive') return 'could not settle it'
  return posix.choices.length === 0
    ? 'allows it'
    : `allows it, as a choice that is left open by ${posix.choices.join(', ')}`
}

const names: readonly RunRecord['profile'][] = ['linux', 'posix']

function namesBy(satisfies: Classification) {
  const those = (is: Classification['linux']) => names.filter((name) => satisfies[name] === is)
  return { yes: those('yes'), no: those('no'), open: those('open') }
}

function allowedPart(deviations: readonly DeviationRecord[]): readonly string[] {
  const allowed = deviations.filter(({ posix }) => posix?.verdict === 'conforms')
  return allowed.length === 0 || allowed.length === deviations.length
    ? []
    : [`posix allows ${numberWords(allowed.length)} of the deviations`]
}
