import type { Step } from '../../model/vocabulary/scenario.ts'
import { callsInProgress } from './calls-in-progress.ts'
import type { EndLine, Line } from './lines.ts'
import { readCall } from './read-arguments.ts'
import { readEvent } from './read-event.ts'
import type { RecordedStep, Recording, TraceEvent } from './trace.ts'
import { TraceError } from './trace-error.ts'

/** Puts the lines of one scenario together. Throws `TraceError`, without file and line. */
export function collectScenario() {
  const steps: Step[] = []
  const recorded: RecordedStep[] = []
  const calls = callsInProgress()
  let events: TraceEvent[] = []
  let blocked: readonly string[] = []

  const checkStep = (step: number, due: number) => {
    if (step !== due) throw new TraceError(`field \`step\`: must be ${due}`)
  }
  /** Steps that were not begun have a call line and nothing else. */
  const checkUnbegun = () => {
    if (events.length > 0 || blocked.length > 0) throw new TraceError(`step ${steps.length} has no rest line`)
  }
  const checkBegun = (step: number) => {
    checkStep(step, steps.length)
    if (recorded.length === step) throw new TraceError(`step ${step} has its rest line already`)
    if (recorded.length !== step - 1)
      throw new TraceError(`step ${recorded.length + 1}, an earlier one, has no rest line`)
  }

  return {
    steps,
    end({ problem }: EndLine): Omit<Recording, 'scenario' | 'started'> {
      checkUnbegun()
      return { steps: recorded, problem }
    },
    take(line: Line): void {
      switch (line.event) {
        case 'header':
        case 'scenario':
        case 'end':
          throw new TraceError(`\`${line.event}\` inside a scenario`)
        case 'call': {
          checkStep(line.step, steps.length + 1)
          checkUnbegun()
          const step = { actor: line.actor, call: readCall(line.call, line.arguments, line.as) }
          steps.push(step)
          calls.begin(step)
          return
        }
        case 'blocked':
          checkBegun(line.step)
          blocked = line.actors
          return
        case 'rest': {
          checkBegun(line.step)
          checkBlocked(blocked, calls.asleep())
          recorded.push({ seconds: line.seconds, events })
          events = []
          blocked = []
          return
        }
        default: {
          checkBegun(line.step)
          const event = readEvent(line, calls.callOf(line.actor))
          calls.see(event)
          events.push(event)
        }
      }
    },
  }
}

function checkBlocked(said: readonly string[], asleep: readonly string[]): void {
  for (const actor of said)
    if (!asleep.includes(actor)) throw new TraceError(`${actor} was said to be blocked, but is in no call`)
  for (const actor of asleep)
    if (!said.includes(actor))
      throw new TraceError(`${actor} is still in its call, but there is no blocked line that says so`)
}
