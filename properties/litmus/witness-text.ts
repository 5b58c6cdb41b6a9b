import { formOf } from '../../model/vocabulary/forms.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { MadeStep } from './end-of.ts'
import type { Seen } from './seen.ts'

/** One way of a test as a scenario text, which `replay` runs and `explain` tells, with what is seen as expectations. */
export function witnessText(title: string, steps: readonly MadeStep[]): string {
  const lines = steps.flatMap(({ step, seen }) => {
    const own = seen.find((event) => event.actor === step.actor)
    const others = seen.filter((event) => event !== own)
    const isDriver = formOf(step.call.name).pseudo === true
    return [
      line(printStep(step), own === undefined ? (isDriver ? '' : 'blocks') : expectation(own)),
      ...others.flatMap((event) => {
        const expected = expectation(event)
        return expected === '' ? [] : [line(`${event.actor}: returns`, expected)]
      }),
    ]
  })
  return `# ${title}\n${lines.join('\n')}\n`
}

const line = (action: string, expected: string) =>
  expected === '' ? action : `${action.padEnd(COLUMN)} -> ${expected}`

const COLUMN = 32

function expectation(event: Seen): string {
  if (event.is === 'faulted') return event.signal
  if (event.is === 'ended') return 'ends'
  if (event.is !== 'returned') return ''
  return event.failed || typeof event.result === 'number' ? String(event.result) : 'ok'
}
