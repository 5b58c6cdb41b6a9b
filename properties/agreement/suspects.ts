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
  /** Milliseconds from the first one to the last. */
  readonly lasted: number
}

const KEPT = 4

interface Sightings {
  readonly times: number
  /** Milliseconds, on the clock of `performance`. */
  readonly first: number
  readonly last: number
}

type Groups = Map<string, { readonly suspects: Suspect[]; sightings: Sightings }>

/** Groups what did not conform by the rules that bear on it, and in the end by the rule in question. */
export function createSuspects(now: () => number = () => performance.now()) {
  const alike: Groups = new Map()
  return {
    add(suspect: Suspect): void {
      const at = now()
      const rules = suspect.judgement.deviations[0]?.rules.join(' ')
      put(alike, rules, suspect, { times: 1, first: at, last: at })
    },
    /** The groups by the rule that the whole run makes most suspicious, the most often seen first. */
    groups(spectrum: Spectrum): readonly Group[] {
      const groups: Groups = new Map()
      for (const { suspects, sightings } of alike.values())
        for (const [at, suspect] of suspects.entries()) {
          const judgement = spectrum.reconsider(suspect.judgement)
          const times = at === 0 ? sightings.times : 0
          put(groups, judgement.deviations[0]?.rule, { ...suspect, judgement }, { ...sightings, times })
        }
      return [...groups]
        .map(
          ([
            key,
            {
              suspects,
              sightings: { times, first, last },
            },
          ]) => ({
            key,
            suspects,
            seen: times,
            lasted: last - first,
          }),
        )
        .sort((a, b) => b.seen - a.seen)
    },
    /** How many deviated; those that were only inconclusive are none of them. */
    count: (): number =>
      [...alike.values()]
        .filter(({ suspects: [first] }) => first?.judgement.verdict === 'deviates')
        .reduce((sum, { sightings }) => sum + sightings.times, 0),
  }
}

function put(groups: Groups, accused: string | undefined, suspect: Suspect, sightings: Sightings): void {
  const key = accused ?? `inconclusive: ${suspect.judgement.reason}`
  const group = groups.get(key) ?? { suspects: [], sightings: { ...sightings, times: 0 } }
  const known = group.sightings
  group.sightings = {
    times: known.times + sightings.times,
    first: Math.min(known.first, sightings.first),
    last: Math.max(known.last, sightings.last),
  }
  group.suspects.push(suspect)
  group.suspects.sort((a, b) => allowance(a) - allowance(b) || lengthOf(a) - lengthOf(b))
  group.suspects.length = Math.min(group.suspects.length, KEPT)
  groups.set(key, group)
}

/** What posix allows tells less than what no profile does. */
const allowance = ({ posix }: Suspect) => Number(posix !== undefined && posix.verdict !== 'deviates')

const lengthOf = ({ judgement, recording }: Suspect) =>
  judgement.deviations[0]?.step ?? recording.scenario.steps.length
