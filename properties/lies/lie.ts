import type { Family } from '../../model/vocabulary/shape.ts'

/** A preloaded library that is wrong in one rule, and what the oracle should find out about it. */
export interface Lie {
  readonly name: string
  /** The C file beside this one; `-DLIE_NAME` chooses the lie in it. */
  readonly source: string
  /** What to run against it. */
  readonly families: readonly Family[]
  /** What is wrong, in words. */
  readonly breaks: string
  /** The rules of which one should be named as the culprit. */
  readonly rules: readonly string[]
  /** A short scenario that brings it to light, one step a line. */
  readonly witness: string
  /** How it is run against, where that is not one call at a time. */
  readonly mode?: 'overlapping'
}

interface Description {
  readonly breaks: string
  /** Separated by spaces. */
  readonly rules: string
  /** Steps separated by semicolons. */
  readonly witness: string
}

/** The lies of one C file, by name. */
export const liesIn = (
  source: string,
  families: readonly Family[],
  descriptions: Readonly<Record<string, Description>>,
): readonly Lie[] =>
  Object.entries(descriptions).map(([name, { breaks, rules, witness }]) => ({
    name,
    source,
    families,
    breaks,
    rules: rules.split(' '),
    witness: `${witness.split(/;\s*/).join('\n')}\n`,
  }))

/** What chooses the lie when its source is compiled. */
export const defineOf = ({ name }: Lie): string => `LIE_${name.toUpperCase().replaceAll('-', '_')}`
