/** A deviation of a target whose cause is known: an entry of an expectations file. */
export interface ExpectedDeviation {
  /** Patterns of rule ids; `*` stands for any characters. */
  readonly rules: readonly string[]
  /** Patterns of rule ids that a later step may seem to break, where these rules were broken before. */
  readonly seenAs: readonly string[]
  /** The cause, for people. */
  readonly reason: string
  /** Where the cause can be read: source, tracker or changelog. */
  readonly link: string
  /** The first version of the target that deviates so; empty: every one. */
  readonly since: string
  /** The first version that does not any more; empty: none yet. */
  readonly until: string
  /** The profiles in which it is a deviation. */
  readonly profiles: readonly string[]
  /** The scenario that shows it, as text; empty: the generators find it often enough. */
  readonly scenario: string
  /** `FILE lines N-M`: where the entry stands. */
  readonly at: string
}

/** The name of the scenario that shows an expected deviation, in a run. */
export const scenarioName = ({ at }: ExpectedDeviation): string => `expected: ${at}`

/** Whether the deviations of this rule are what the entry is about. */
export const covers = ({ rules }: ExpectedDeviation, rule: string): boolean =>
  rules.some((pattern) => isMatch(pattern, rule))

/** Whether the id fits the pattern, in which `*` stands for any characters. */
export function isMatch(pattern: string, id: string): boolean {
  const literal = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`).test(id)
}
