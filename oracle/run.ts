/**
 * What a run leaves behind, as it is printed by `run --json` and stored as `run.json` in the run's folder. Reports
 * read nothing else. Fields may be added, none renamed.
 */
export interface RunRecord {
  /** `deviates` if any target has an unexpected deviation; `inconclusive` if something asked for was not settled. */
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive'
  readonly seed: number
  readonly profile: 'linux' | 'posix'
  readonly families: readonly string[]
  /** ISO 8601, start of the run. */
  readonly started: string
  /** The run was ended from outside (SIGINT) before its budget was used up. */
  readonly interrupted: boolean
  /** The command line that repeats the run. */
  readonly command: string
  readonly targets: readonly TargetRecord[]
  /** Which part of a split run this is; a run without it is whole. */
  readonly shard?: Shard
}

/** The `number`-th (from 1) of `of` parts that a run is split into. */
export interface Shard {
  readonly number: number
  readonly of: number
}

export interface TargetRecord {
  readonly name: string
  readonly kernel: string
  readonly libc: string
  readonly arch: string
  /** Of what the target is about (a sandbox, an emulator, a C library), if that is not the kernel. */
  readonly version?: string
  /** What was asked of the target beside its name, such as a compiler or a wrapper. */
  readonly start?: Readonly<Record<string, string>>
  /** Who the actors were and how sleep was detected, as words for a person. */
  readonly conditions: readonly string[]
  readonly scenarios: number
  readonly steps: number
  readonly seconds: number
  readonly rules: {
    readonly exercised: number
    readonly met: number
    readonly total: number
    /** Ids of the rules of the chosen families that no step exercised. */
    readonly untested: readonly string[]
    /** `chosen`: where the rule leaves several ways open, how often the target took each; the first is the documented one. */
    readonly counts: Readonly<
      Record<
        string,
        { readonly exercised: number; readonly met: number; readonly chosen?: readonly number[] }
      >
    >
  }
  readonly deviations: readonly DeviationRecord[]
  /** Scenarios that could not be judged to their end although they were run again. */
  readonly inconclusive: readonly { readonly scenario: string; readonly reason: string }[]
  /** What kept the harness from working: sentences. */
  readonly errors: readonly string[]
  /** How it broke where no scenario alone does it again. Also among the errors or the inconclusive, unless it is expected to do so sometimes. */
  readonly mishaps?: readonly Mishap[]
  /** Why it was left out, where the run was to use only what can run here: a sentence with what to install. */
  readonly skipped?: string
  /** C functions under test that it lacks; absent if it has them all. */
  readonly missing?: readonly string[]
  /** What the scenarios that show expected deviations came to, by their names. */
  readonly shown?: Readonly<Record<string, 'conforms' | 'deviates' | 'inconclusive'>>
  /** Of an exhaustive run: what was covered. */
  readonly covered?: readonly CoveredScope[]
  /** Of a run in which calls overlapped: which pairs of calls did. */
  readonly overlapped?: OverlapCoverage
  /** Which profiles it satisfies. */
  readonly satisfies?: Classification
}

/** A target that broke by chance, as it seems. */
export interface Mishap {
  /** What happened: sentences. */
  readonly reason: string
  /** What was running, if that was a single scenario. */
  readonly scenario?: string
}

/** How calls of different actors on the same objects met. */
export interface OverlapCoverage {
  /** Programs that were generated; each was run several times. */
  readonly programs: number
  readonly pairs: readonly {
    /** Names of the two calls, in alphabetical order. */
    readonly calls: readonly [string, string]
    /** How often they overlapped, and in the order that was found the first took effect first, and second. */
    readonly overlapped: number
    readonly firstFirst: number
    readonly secondFirst: number
    /** What came of them (errno or `ok`, `asleep`), and how often. */
    readonly outcomes: Readonly<Record<string, number>>
  }[]
  /** Runs that the profile does not allow, by the rule that they seem to break, and what profile posix says of them. */
  readonly outside: readonly {
    readonly rule: string
    readonly posix: PosixSays['verdict']
    readonly seen: number
  }[]
}

/** For each profile whether the target satisfies it in all that was seen; `open`: the run does not tell. */
export type Classification = Readonly<Record<RunRecord['profile'], 'yes' | 'no' | 'open'>>

/** All programs (short scenarios) that a small alphabet of calls allows, up to a length in calls. */
export interface CoveredScope {
  readonly family: string
  /** What was covered, for people. */
  readonly sentence: string
  /** Every program of the scope was run and judged. */
  readonly complete: boolean
  /** Calls of the longest programs that were asked for. */
  readonly length: number
  /** Programs of the lengths that were begun, and how many of them were run and judged. */
  readonly programs: number
  readonly ran: number
  readonly lengths: readonly { readonly length: number; readonly programs: number; readonly ran: number }[]
  /** Programs after which nobody can make a call, so that they have no continuation. */
  readonly ended: number
  /** Calls that were not tried because the standard leaves open whether their actor can make them then. */
  readonly leftOut: number
}

export interface DeviationRecord {
  readonly rule: string
  /** All rules that bear on it, the likeliest first. */
  readonly rules: readonly string[]
  /** The clause of `rule`, in words, and where it comes from. */
  readonly sentence: string
  readonly cites: readonly string[]
  /** Index of the deviating step in the scenario, from 0. */
  readonly step: number
  /** Each allowed outcome of the step, in words. */
  readonly allowed: readonly string[]
  /** What was seen, in words. */
  readonly observed: string
  /** The minimal scenario as text, with what happened at each step as comment. */
  readonly scenario: string
  /** The file of the minimal scenario in the run's folder; empty if the run has none. */
  readonly file: string
  /** The command that shows it again. */
  readonly replay: string
  /** Covered by the expectations. */
  readonly expected: boolean
  /** Of an expected one: its cause, and where that can be read. */
  readonly reason?: string
  readonly link?: string
  /** How many scenarios of the run deviated by the same rule. */
  readonly seen: number
  /** A C program that shows it; absent if none was made. */
  readonly reproducer?: ReproducerRecord
  /** Whose doing it is, as far as that was tried. */
  readonly blame?: Blame
  /** Of a deviation from profile linux: what profile posix says of the same. */
  readonly posix?: PosixSays
  /** Of calls that overlapped: what was measured. `step`, `observed` and `allowed` are about the calls that end the longest order. */
  readonly overlap?: OverlapRecord
}

/** The shortest part of an overlapping run that no order of effects explains. */
export interface OverlapRecord {
  /** How often the program was run until it deviated. */
  readonly repetitions: number
  readonly calls: readonly {
    readonly actor: string
    readonly text: string
    /** What came of it, in words. */
    readonly came: string
    /** Nanoseconds since the first call began; null: it never ended, or was not back yet. */
    readonly begin: number
    readonly end: number | null
    /** Its place in one order that explains as many calls as possible, from 1; null: it is not in it. */
    readonly place: number | null
  }[]
}

export interface PosixSays {
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive'
  /** Where it conforms: ids of the rules that leave open what was chosen otherwise than Linux documents. */
  readonly choices: readonly string[]
}

/** Whose doing a deviation is, told by running its scenario without one layer after the other. */
export interface Blame {
  /** `wrap`: what the command of --wrap puts in place of the kernel; `unknown`: it was tried and not established. */
  readonly on: 'C library' | 'compat layer' | 'sandbox' | 'emulator' | 'wrap' | 'kernel' | 'unknown'
  /** Who that is and how it is known, or why it is not: a sentence without capital and full stop. */
  readonly sentence: string
  /** What the same scenario came to with ever fewer layers, in words such as "with syscall(2)". */
  readonly compared: readonly {
    readonly how: string
    readonly came: 'conforms' | 'deviates' | 'unknown'
    /** Why it is unknown, else ''. */
    readonly why: string
  }[]
}

/** What came of a finding's C program, before it was attached. */
export interface ReproducerRecord {
  /** Its file in the run's folder; empty if there is none. */
  readonly file: string
  /** The program, if there is one. */
  readonly text?: string
  /** It showed the deviation on the target and, where another one could be tried, none there. */
  readonly confirmed: boolean
  /** Why there is none, or why it is not confirmed; empty if it is. */
  readonly reason: string
  /** Where it was run and what came of it: 1 deviates, 0 as allowed, 77 could not be tried, null did not run. */
  readonly tried: readonly { readonly on: string; readonly status: number | null; readonly output: string }[]
}
