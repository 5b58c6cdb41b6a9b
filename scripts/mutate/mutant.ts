/** A small change to one file of the model, after which it says something else. */
export interface Mutant {
  /** Stays the same while other parts of the file change: file, what is around, operator, before and after. */
  readonly name: string
  /** Relative to the package: `model/moment.ts`. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly operator: string
  /** The line before and after, as people read it. */
  readonly before: string
  readonly after: string
  readonly edit: Edit
  /** One of these regions (see `regions.ts`) has to be reached for the change to matter. */
  readonly regions: readonly number[]
}

/** Text put in place of the characters from `start` to `end`. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

export const applyEdit = (source: string, { start, end, text }: Edit): string =>
  source.slice(0, start) + text + source.slice(end)
