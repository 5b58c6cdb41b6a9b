import type { ForeignEvent } from './event.ts'
import { createProcessJudge } from './processes/judge.ts'
import { createTally } from './tally.ts'
import type { ForeignJudgement } from './verdict.ts'

export interface ForeignJudge {
  see(event: ForeignEvent): void
  /** The trace ends here. */
  conclude(reading: Pick<ForeignJudgement, 'lines' | 'malformed'>): ForeignJudgement
}

/** Judges a foreign trace an event at a time. Memory: the calls under way, and what lives. */
export function foreignJudge(): ForeignJudge {
  const tally = createTally()
  const processes = createProcessJudge(tally)
  return {
    see(event) {
      switch (event.is) {
        case 'enters':
          return processes.enter(event.call)
        case 'returns':
          if (!processes.leave(event.call, event.result, event.line)) tally.counts.otherCalls++
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
