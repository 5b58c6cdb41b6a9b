/**
 * Which calls the trace shows. strace may have been asked for some only (`-e trace=`), and a call that it left out cannot be told from one
 * that nobody made: what it could have changed is not judged.
 */
export class Shown {
  readonly names = new Set<string>()
  /** It is known from elsewhere that nothing that matters was left out, signals included. */
  readonly isCertain: boolean
  /** It told how a process ended (`-e quiet=exit` leaves that out); or it did not where one did. */
  exits: boolean | undefined
  /** It shows what all children do (`-f`). */
  follows = true
  private isWhole: boolean

  constructor(isCertain: boolean) {
    this.isCertain = isCertain
    this.exits = isCertain ? true : undefined
    this.isWhole = isCertain
  }

  /** Whether it tells of the end of every process. */
  get ends(): boolean {
    return this.exits !== false && this.follows
  }

  see(name: string): void {
    if (this.names.has(name)) return
    this.names.add(name)
    this.isWhole ||= inNoClass.has(name)
  }

  /** Whether it shows each of these calls, as far as can be known. */
  each(...lists: readonly (readonly string[])[]): boolean {
    return this.isWhole || this.saw(...lists)
  }

  /** Whether one of each list was seen: for calls without which what they change would hardly be asked for. */
  saw(...lists: readonly (readonly string[])[]): boolean {
    return this.isCertain || lists.every((list) => list.some((name) => this.names.has(name)))
  }
}

/** Calls that are common and that strace has no class for: where one is shown, strace was not asked for classes. */
const inNoClass: ReadonlySet<string> = new Set(
  'arch_prctl futex rseq set_robust_list prlimit64 getrandom sched_yield clock_nanosleep sched_getaffinity uname umask getrusage'.split(
    ' ',
  ),
)

/** Why nothing is said. */
export const LEFT_OUT = 'calls may be left out of the trace'
