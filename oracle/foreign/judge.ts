import type { ForeignEvent } from './event.ts'
import { type Before, IpcJudge } from './ipc/judge.ts'
import { createProcessJudge } from './processes/judge.ts'
import { Shown } from './shown.ts'
import { createTally } from './tally.ts'
import type { ForeignJudgement } from './verdict.ts'

export interface ForeignOptions {
  /** No process outside the trace uses its objects. */
  readonly alone?: boolean
  /** What existed before the trace. */
  readonly before?: Before
  /** No call that matters was left out of the trace. */
  readonly whole?: boolean
}

export interface ForeignJudge {
  see(event: ForeignEvent): void
  /** The trace ends here. */
  conclude(reading: Pick<ForeignJudgement, 'lines' | 'malformed'>): ForeignJudgement
}

/** Judges a foreign trace an event at a time. Memory: the calls under way, and what lives. */
export function foreignJudge({
  alone = false,
  before,
  whole = before !== undefined,
}: ForeignOptions = {}): ForeignJudge {
  const shown = new Shown(whole)
  const tally = createTally()
  let seesMappings = false
  let seesIdentities = before !== undefined
  const ipc = new IpcJudge(tally, {
    ...{ alone, before, shown },
    showsIdentities: () => seesIdentities,
    isComplete: () => seesMappings && processes.census.complete,
    begins: () => processes.census.begins,
  })
  const processes = createProcessJudge(tally, ipc, shown)
  return {
    see(event) {
      switch (event.is) {
        case 'lost':
          tally.doubts()
          return
        case 'unfollowed':
          shown.follows = false
          processes.census.strangers++
          return ipc.joinOutsiders()
        case 'enters':
          shown.see(event.call.name)
          seesMappings ||= mappings.has(event.call.name)
          seesIdentities ||= identities.test(event.call.name)
          return processes.enter(event.call)
        case 'returns':
          if (!processes.leave(event)) tally.counts.otherCalls++
          return
        case 'signal':
          return processes.signal(event)
        case 'stopped':
          return processes.stopped(event.pid, event.line)
        case 'ends':
          return processes.end(event)
      }
    },
    conclude({ lines, malformed }) {
      ipc.conclude(processes.time, (pid) => (processes.census.processes.get(pid)?.stops ?? 1) > 0)
      const { counts, byCall, notJudged, deviations } = tally
      const { deviationCount, ...rest } = counts
      const verdict =
        deviationCount > 0
          ? 'deviates'
          : counts.judged + counts.eventsJudged === 0 || malformed.count > 0
            ? 'inconclusive'
            : 'conforms'
      return { verdict, lines, ...rest, byCall, notJudged, deviations, deviationCount, malformed }
    },
  }
}

/** Every program makes this call when it starts: where it is shown, all that split mappings are. */
const mappings: ReadonlySet<string> = new Set(['mprotect'])
/**
 * Calls about who the caller is and what it may do, and some that every program makes when it starts and that strace shows as members of
 * no class: where one is shown, all that change an identity are.
 */
const identities =
  /^[gs]et(re|res|fs|e)?[ug]id(32)?$|^[gs]etgroups(32)?$|^cap[gs]et$|^(rseq|set_robust_list)$/
