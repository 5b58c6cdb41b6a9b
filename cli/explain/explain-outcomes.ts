import type { Profile } from '../../model/profile.ts'
import { type PossibleEnd, possibleEnds, TooLarge } from '../../properties/litmus/enumerate.ts'
import {
  isValid,
  type LitmusTest,
  type Observation,
  observationOf,
} from '../../properties/litmus/litmus-test.ts'
import { isTrue } from '../../properties/litmus/proposition.ts'
import { witnessText } from '../../properties/litmus/witness-text.ts'
import { paint, type Style } from '../../reports/style.ts'
import { counted, hanging, numberWords } from '../../reports/wrap.ts'
import { type ExitStatus, exitStatus } from '../exit-status.ts'
import type { Io } from '../io.ts'
import { conditionWords, verdictWords } from '../litmus/condition-line.ts'
import { histogramLines } from '../litmus/histogram.ts'
import { testLines } from '../litmus/test-lines.ts'
import { UsageError } from '../usage-error.ts'

/** How a test may end by one profile. */
interface ProfileOutcomes {
  readonly profile: Profile['name']
  readonly ends: readonly (PossibleEnd & { readonly holds: boolean })[]
  readonly ways: number
  /** In how many of all ends the proposition is true. */
  readonly observation: Observation
  readonly valid: boolean
  /** What the file says; null where it says nothing. */
  readonly claim: Observation | null
}

export interface OutcomesOptions {
  readonly profiles: readonly Profile[]
  /** Prints one way to the end of this number, from 1, as a scenario. */
  readonly witness?: number
  readonly json?: true
}

/** Tells every way in which a litmus test may end. The status is that of a deviation where the file claims something else. */
export function explainOutcomes(test: LitmusTest, options: OutcomesOptions, io: Io): ExitStatus {
  const all = options.profiles.map((profile) => outcomesOf(test, profile))
  if (options.witness !== undefined) io.out(witnessOf(test, all, options.witness))
  else if (options.json) io.out(`${JSON.stringify(record(test, all), null, 2)}\n`)
  else io.out(`${textOf(test, all, io.style).join('\n')}\n`)
  const isContradicted = all.some(({ claim, observation }) => claim !== null && claim !== observation)
  return isContradicted ? exitStatus.deviates : exitStatus.conforms
}

function outcomesOf(test: LitmusTest, profile: Profile): ProfileOutcomes {
  const ends = tryTo(() => possibleEnds(test, profile)).map((each) => ({
    ...each,
    holds: isTrue(test.proposition, each.end),
  }))
  const observation = observationOf(ends.filter(({ holds }) => holds).length, ends.length)
  return {
    ...{ profile: profile.name, ends, observation },
    ways: ends.reduce((sum, { ways }) => sum + ways, 0),
    valid: isValid(test.quantifier, observation),
    claim: test.claims[profile.name] ?? null,
  }
}

function tryTo<T>(enumerate: () => T): T {
  try {
    return enumerate()
  } catch (error) {
    if (error instanceof TooLarge || (error as Error).constructor === Error)
      throw new UsageError(`${(error as Error).message}.`)
    throw error
  }
}

const record = (test: LitmusTest, all: readonly ProfileOutcomes[]) => ({
  name: test.name,
  description: test.description,
  condition: conditionWords(test),
  profiles: all.map(({ ends, ...rest }) => ({
    ...rest,
    ends: ends.map(({ end, ways, holds, witness }) => ({ end, ways, holds, witness })),
  })),
})

function textOf(test: LitmusTest, all: readonly ProfileOutcomes[], style: Style): readonly string[] {
  const { bold, green, red } = paint(style)
  return [
    ...testLines(test, style),
    ...all.flatMap(({ profile, ends, ways }) => [
      '',
      bold(`Profile ${profile}: ${counted(ends.length, 'end')} in ${counted(ways, 'way')}`),
      ...histogramLines(
        test,
        ends.map((each) => ({ ...each, count: each.ways })),
        style,
      ),
    ]),
    '',
    ...hanging('', conditionWords(test), style.columns).map(bold),
    ...all.flatMap(({ profile, observation, valid, ends, claim }) => {
      const holding = ends.filter(({ holds }) => holds).length
      const isWrong = claim !== null && claim !== observation
      const claimed = claim === null ? '' : `; claimed: ${claim}`
      const words = `${verdictWords(test, observation)}: true of ${numberWords(holding)} of ${counted(ends.length, 'end')}${claimed}`
      const colour = isWrong ? red : valid ? green : (text: string) => text
      return hanging(`  ${profile.padEnd('linux'.length)}  `, words, style.columns).map(colour)
    }),
  ]
}

function witnessOf(test: LitmusTest, all: readonly ProfileOutcomes[], number: number): string {
  const [{ profile, ends } = { profile: '', ends: [] }] = all
  const chosen = ends[number - 1]
  if (chosen === undefined)
    throw new UsageError(`--witness ${number}: profile ${profile} allows ${counted(ends.length, 'end')}.`)
  return witnessText(`${test.name}: ${chosen.witness.join(' ')}`, chosen.steps)
}
