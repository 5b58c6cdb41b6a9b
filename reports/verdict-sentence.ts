import type { DeviationRecord, TargetRecord } from '../oracle/run.ts'
import type { ReportedRun } from './reported-run.ts'
import { counted } from './wrap.ts'

/** The verdict on the whole run, for somebody who reads nothing else. */
export function verdictSentence(run: ReportedRun): string {
  const { profile, verdict } = run
  const unexpected = deviationsOf(run, false)
  const names = namesOf(run, unexpected.length > 0)
  const expected = deviationsOf(run, true)
  const stale = run.staleExpectations ?? []
  if (unexpected.length > 0)
    return `${names} deviates from profile ${profile}: ${brokenRules(unexpected)}${seedWords(run, ' (seed ', ')')}.${allowedElsewhere(unexpected)}${stopped(run)}`
  if (stale.length > 0)
    return `${names} is better than expected: ${counted(stale.length, 'expected deviation')} no longer occurs; delete what is listed above.`
  if (verdict === 'inconclusive') return `Inconclusive: ${whyInconclusive(run)}.`
  const apart = expected.length === 0 ? '' : `, apart from ${counted(expected.length, 'expected deviation')}`
  const scenarios = counted(total(run, 'scenarios'), 'scenario')
  return `${names} conforms to profile ${profile}${apart}: ${scenarios}, ${counted(total(run, 'steps'), 'step')}${seedWords(run, ', seed ', '')}.`
}

/** A run of all programs has no use for its seed, and runs that were joined may have several. */
const seedWords = ({ seed, shard, targets, joined = [] }: ReportedRun, before: string, after: string) =>
  targets.some(({ covered }) => covered !== undefined) || joined.some((each) => each.seed !== seed)
    ? ''
    : `${before}${seed}${shard === undefined ? '' : `, shard ${shard.number}/${shard.of}`}${after}`

/** The targets that the sentence is about; those that were skipped are none of them. */
const namesOf = ({ targets }: ReportedRun, deviating: boolean) => {
  const named = targets.filter(({ skipped, deviations }) =>
    deviating ? deviations.some(({ expected }) => !expected) : skipped === undefined,
  )
  return named.map(({ name }) => name).join(', ')
}

const deviationsOf = ({ targets }: ReportedRun, expected: boolean) =>
  targets.flatMap(({ deviations }) => deviations.filter((found) => found.expected === expected))

function brokenRules(deviations: readonly DeviationRecord[]): string {
  const rules = [...new Set(deviations.map(({ rule }) => rule))]
  const shown = rules.slice(0, SHOWN_MAX).join(', ')
  const more = rules.length > SHOWN_MAX ? ' and others' : ''
  return `${counted(rules.length, 'rule is', 'rules are')} broken, ${shown}${more}`
}

const SHOWN_MAX = 5

/** What deviates from one profile may be what another one allows. */
const allowedElsewhere = (deviations: readonly DeviationRecord[]) =>
  deviations.every(({ posix }) => posix?.verdict === 'conforms') ? ' Profile posix allows that.' : ''

const stopped = ({ interrupted }: ReportedRun) => (interrupted ? ' The run was interrupted.' : '')

function whyInconclusive(run: ReportedRun): string {
  const { targets, interrupted, problems = [], joined } = run
  const none = deviationsOf(run, true).length > 0 ? 'no unexpected deviation' : 'no deviation'
  if (interrupted)
    return `the run was interrupted before its end and had found ${none} so far${seedWords(run, ', seed ', '')}`
  const silent = targets.filter(({ scenarios, skipped }) => scenarios === 0 && skipped === undefined)
  if (silent.length > 0) return `target ${silent.map(({ name }) => name).join(', ')} ran no scenario`
  const open = targets.flatMap(({ inconclusive }) => inconclusive).length
  if (open > 0) return `${counted(open, 'scenario')} could not be judged to the end; ${none} was found`
  if (problems.length > 0)
    return `${none} was found, but the run ${joined === undefined ? 'could not be stored' : 'is not complete'}`
  if (targets.some(({ errors }) => errors.length > 0)) return 'the harness could not do all of its work'
  if (targets.every(({ skipped }) => skipped !== undefined)) return 'no target can run here'
  return 'not everything that was asked for was done'
}

const total = ({ targets }: ReportedRun, field: keyof TargetRecord & ('scenarios' | 'steps')) =>
  targets.reduce((sum, target) => sum + target[field], 0)
