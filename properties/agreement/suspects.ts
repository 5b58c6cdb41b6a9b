import type { PosixSays } from '../../oracle/run.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { Sourced } from './source.ts'
import type { Spectrum } from './spectrum.ts'

/** A scenario that did not conform when it was run first. */
export interface Suspect {
  readonly sourced: Sourced
  readonly recording: Recording
  readonly judgement: Judgement
  /** Of a deviation from another profile. */
  readonly posix?: PosixSays
}

/** Suspects of one rule (or one reason for being inconclusive): the few that tell most, and how many there were. */
export interface Group {
  readonly key: string
  readonly suspects: readonly Suspect[]
  readonly seen: number
}

const KEPT = 4

type Groups = Map<string, { suspects: Suspect[]; seen: number }>

/** Groups what did not conform by the rules that bear on it, and in the end by the rule in question. */
export function createSuspects() {
  const alike: Groups = new Map()
  return {
    add: (suspect: Suspect): void => put(alike, suspect.judgement.deviations[0]?.rules.join(' '), suspect, 1),
    /** The groups by the rule that the whole run makes most suspicious, the most often seen first. */
    groups(spectrum: Spectrum): readonly Group[] {
      const groups: Groups = new Map()
      for (const { suspects, seen } of alike.values())
        for (const [at, suspect] of suspects.entries()) {
          const judgement = spectrum.reconsider(suspect.judgement)
          put(groups, judgement.deviations[0]?.rule, { ...suspect, judgement }, at === 0 ? seen : 0)
        }
      return [...groups].map(([key, group]) => ({ key, ...group })).sort((a, b) => b.seen - a.seen)
    },
    /** How many deviated; those that were only inconclusive are none of them. */
    count: (): number =>
      [...alike.values()]
        .filter(({ suspects: [first] }) => first?.judgement.verdict === 'deviates')
        .reduce((sum, { seen }) => sum + seen, 0),
  }
}

function put(groups: Groups, accused: string | undefined, suspect: Suspect, times: number): void {
  const key = accused ?? `inconclusive: ${suspect.judgement.reason}`
  const group = groups.get(key) ?? { suspects: [], seen: 0 }
  group.seen += times
  group.suspects.push(suspect)
  group.suspects.sort((a, b) => allowance(a) - allowance(b) || lengthOf(a) - lengthOf(b))
  group.suspects.length = Math.min(group.suspects.length, KEPT)
  groups.set(key, group)
}

/** What posix allows tells less than what no profile does. */
const allowance = ({ posix }: Suspect) => Number(posix !== undefined && posix.verdict !== 'deviates')

const lengthOf = ({ judgement, recording }: Suspect) =>
  judgement.deviations[0]?.step ?? recording.scenario.steps.length
