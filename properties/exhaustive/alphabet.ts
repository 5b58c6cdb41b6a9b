import type { Family } from '../../model/vocabulary/shape.ts'

/** A small scope: all programs that can be made of these calls. */
export interface Alphabet {
  readonly family: Family
  /** The scope in words, after "by N actors" */
  readonly scene: string
  /** Root actors that play. They are interchangeable: the first to be named is always the first of these. */
  readonly actors: readonly string[]
  /** Interchangeable objects that the prelude makes; what `?object` stands for. */
  readonly objects: readonly string[]
  /** Steps before each program: by D, or (`each`) by each of the actors. D takes part in nothing else, so that it can always look. */
  readonly prelude: readonly string[]
  /**
   * Calls that each actor may make whenever it is able to. `?process` stands for each process of the program, `?other`
   * for those but the caller, `?object` for each object, `?attachment` for each attachment of the caller. A variable
   * that a call makes is numbered: P, P2, P3, …; those of forked processes are E, E2, …
   */
  readonly calls: readonly string[]
  /** Most processes that are forked, in the prelude too. */
  readonly forks: number
  /** Calls after each program: by D, or (`each`) by each actor that is able to. */
  readonly looks: readonly string[]
  /** Calls of the longest programs, unless something else is asked for. */
  readonly length: number
}
