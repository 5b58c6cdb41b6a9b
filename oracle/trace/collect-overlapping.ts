import type { Step } from '../../model/vocabulary/scenario.ts'
import type { EndLine, Line } from './lines.ts'
import { readCall } from './read-arguments.ts'
import { readEvent } from './read-event.ts'
import { type OverlappingRecording, type OverlappingRun, withRest } from './timed-call.ts'
import { TraceError } from './trace-error.ts'

type Timed = OverlappingRun['calls'][number]

/**
 * Puts the lines of a program together whose calls overlap: each call is followed by what came of it. Throws
 * `TraceError`, without file and line.
 */
export function collectOverlapping([first, last]: readonly [number, number]) {
  const steps: Step[] = []
  const calls: Timed[] = []

  /** The call that the line before told of. */
  const latest = (step: number): Timed => {
    const call = calls.at(-1)
    if (call === undefined || call.step !== step - 1 || steps.length !== step)
      throw new TraceError(`field \`step\`: step ${step} is not the call before this line, or was not made`)
    if (call.seen !== null) throw new TraceError(`step ${step} is over already`)
    return call
  }
  const change = (call: Timed, changes: Partial<Timed>) => calls.splice(-1, 1, { ...call, ...changes })

  return {
    steps,
    end({ problem, ended, dead, stopped }: EndLine): Omit<OverlappingRecording, 'scenario' | 'started'> {
      if (ended === undefined) throw new TraceError('field `ended` is missing, as calls overlap')
      if (first > last || last > steps.length)
        throw new TraceError(`steps ${first} to ${last} cannot overlap: there are ${steps.length}`)
      const together = { first: first - 1, last }
      const timed = calls.map((call) => withRest(call, together))
      const lives = dead && stopped && { ended: dead, stopped }
      return {
        steps: [],
        problem,
        overlapping: { ...together, ended, calls: timed, ...(lives && { lives }) },
      }
    },
    take(line: Line): void {
      switch (line.event) {
        case 'call': {
          if (line.step !== steps.length + 1)
            throw new TraceError(`field \`step\`: must be ${steps.length + 1}`)
          const { actor, begin } = line
          const call = readCall(line.call, line.arguments, line.as)
          if (begin !== undefined)
            calls.push({ step: steps.length, actor, call, begin, end: 'never', seen: null })
          steps.push({ actor, call })
          return
        }
        case 'blocked': {
          const call = latest(line.step)
          if (line.at === undefined) throw new TraceError('field `at` is missing, as calls overlap')
          if (line.actors.length !== 1 || line.actors[0] !== call.actor)
            throw new TraceError(`field \`actors\`: must be ${call.actor}, whose call it is`)
          change(call, { asleepAt: line.at })
          return
        }
        case 'return':
        case 'exit':
        case 'fault': {
          const call = latest(line.step)
          const { end } = line
          if (end === undefined) throw new TraceError('field `end` is missing, as calls overlap')
          if (end < call.begin) throw new TraceError('field `end`: it was back before it began')
          if (line.actor !== call.actor)
            throw new TraceError(`field \`actor\`: must be ${call.actor}, whose call it is`)
          change(call, { end, seen: readEvent(line, call.call.name) })
          return
        }
        default:
          throw new TraceError(`\`${line.event}\` among calls that overlap`)
      }
    },
  }
}
