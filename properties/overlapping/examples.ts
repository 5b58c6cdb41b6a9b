import type { Repeated } from '../../harness/protocol/overlap.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { type Profile, posix } from '../../model/profile.ts'
import { tellsMore } from '../../oracle/classification.ts'
import type { Memory } from '../../oracle/histories/judge-history.ts'
import type { DeviationRecord, OverlapCoverage, PosixSays } from '../../oracle/run.ts'
import { overlappingRecording } from '../../oracle/trace/timed-call.ts'
import type { RuleCounts } from '../agreement/tally.ts'
import type { OverlapOptions } from './overlap-options.ts'
import { judgeRun } from './run-program.ts'
import { type Deviating, investigateProgram, shortenRun } from './shrink-program.ts'
import { createSuspicion } from './suspicion.ts'
import { type Found, toldFinding } from './told.ts'

/** A run that deviates, and how its program was repeated. */
export interface Example extends Deviating {
  readonly repeated: Repeated
}

/** The runs that deviate: examples of all that is wrong, and how often each was seen. */
export interface Examples {
  /** The rule that it seems to break, and what profile posix says. */
  add(example: Example): { readonly rule: string; readonly posix: PosixSays['verdict'] }
  /** Findings, the examples of what is not `known` made as small as they get on the target. */
  investigated(known: ReadonlySet<string>): Promise<readonly DeviationRecord[]>
  /** How often each rule seemed to be broken, by what profile posix says of it. */
  outside(): OverlapCoverage['outside']
}

/** Findings that are made smaller and reported; more only count. */
const FINDINGS_MAX = 12

interface Kept {
  example: Example
  seen: number
  readonly posix: PosixSays['verdict']
}

export function createExamples(
  target: StartedTarget,
  counts: RuleCounts,
  memory: Memory,
  { profile, save, replayCommand, seed, stop, symptoms, avoid = [] }: OverlapOptions,
): Examples {
  const suspicion = createSuspicion(counts, new Set(avoid), symptoms)
  const kept = new Map<string, Kept>()
  const { header } = target
  const saysOf = ({ run, judgement }: Pick<Deviating, 'run' | 'judgement'>): PosixSays['verdict'] =>
    profile.name === posix.name ? judgement.verdict : judgeRun(run, header, posix, memory).verdict

  const investigate = async ({ example, posix: said }: Kept, isKnown: boolean): Promise<Found> => {
    const { program, run, judgement, repeated, tries } = example
    const wider: Profile = said === 'deviates' ? posix : profile
    if (!isKnown && !stop.aborted)
      return investigateProgram(target, example, { profile: wider, repeated, memory })
    const judged = wider === profile ? judgement : judgeRun(run, header, wider, memory)
    return { program, run, shortened: shortenRun(header, wider, run, judged, memory), repetitions: tries }
  }

  const told = async (found: Found, rule: string): Promise<DeviationRecord> => {
    const { judgement } = found.shortened
    const ordered = suspicion.ordered(judgement)
    const isSame = ordered.length === 0 || ordered.includes(rule)
    const rules = isSame && !avoid.includes(ordered[0] ?? '') ? [...new Set([rule, ...ordered])] : ordered
    const stuck = judgement.stuck && { ...judgement.stuck, rules }
    const record = toldFinding({
      ...found,
      shortened: { ...found.shortened, judgement: { ...judgement, stuck } },
    })
    const recording = overlappingRecording(found.program, found.run)
    const file = await save(record.rule, record.scenario, recording, { ...header, mode: 'overlapping' })
    const says =
      profile.name === posix.name ? {} : { posix: { verdict: saysOf({ ...found, judgement }), choices: [] } }
    return { ...record, ...says, file, replay: replayCommand({ file, seed }) }
  }

  const ruleOf = ({ example }: Kept) => suspicion.ordered(example.judgement)[0] ?? 'overlap'

  return {
    add(example) {
      const { judgement, program } = example
      suspicion.add(judgement)
      const said = saysOf(example)
      const key = `${said} ${judgement.stuck?.rules.join(' ')}`
      const known = kept.get(key) ?? { example, seen: 0, posix: said }
      known.seen++
      if (lengthOf(program) < lengthOf(known.example.program)) known.example = example
      kept.set(key, known)
      return { rule: ruleOf(known), posix: said }
    },
    async investigated(known) {
      const records = new Map<string, DeviationRecord>()
      const groups = new Map<string, Kept>()
      for (const each of kept.values()) {
        const key = `${each.posix} ${ruleOf(each)}`
        const other = groups.get(key)
        const isShorter =
          other !== undefined && lengthOf(each.example.program) < lengthOf(other.example.program)
        const example = other === undefined || isShorter ? each.example : other.example
        groups.set(key, { example, seen: each.seen + (other?.seen ?? 0), posix: each.posix })
      }
      const all = [...groups.values()].sort((a, b) => b.seen - a.seen)
      const isKnown = (group: Kept) => known.has(ruleOf(group))
      const fresh = all.filter((group) => !isKnown(group)).slice(0, FINDINGS_MAX)
      for (const group of [...fresh, ...all.filter(isKnown)]) {
        const found = await investigate(group, isKnown(group))
        const record = { ...(await told(found, ruleOf(group))), seen: group.seen }
        const other = records.get(record.rule)
        if (other === undefined) records.set(record.rule, record)
        else {
          const better = tellsMore(record, other) ? record : other
          records.set(record.rule, { ...better, seen: record.seen + other.seen })
        }
      }
      return [...records.values()]
    },
    outside() {
      const rows = new Map<string, { rule: string; posix: PosixSays['verdict']; seen: number }>()
      for (const each of kept.values()) {
        const rule = ruleOf(each)
        const key = `${rule} ${each.posix}`
        const row = rows.get(key) ?? { rule, posix: each.posix, seen: 0 }
        row.seen += each.seen
        rows.set(key, row)
      }
      return [...rows.values()].sort((a, b) => b.seen - a.seen)
    },
  }
}

const lengthOf = ({ scenario }: Deviating['program']) => scenario.steps.length
