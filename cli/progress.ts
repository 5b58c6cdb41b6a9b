import type { Progress } from '../properties/agreement/campaign-options.ts'
import { counted, numberWords } from '../reports/wrap.ts'
import type { Io } from './io.ts'

/** Tells on standard error how far a run is: in place on a terminal, else a line now and then. */
export interface ProgressLine {
  readonly show: (progress: Progress) => void
  /** Removes the line from a terminal. */
  readonly end: () => void
}

/** Milliseconds between two lines where they cannot be rewritten. */
const PAUSE = 5000

export function createProgress(
  target: string,
  { err, errColumns }: Io,
  now = () => performance.now(),
): ProgressLine {
  let last = now()
  let shown = false
  return {
    show(progress) {
      const text = progressWords(target, progress)
      if (errColumns > 0) {
        err(`\r\u001b[K${text.slice(0, errColumns - 1)}`)
        shown = true
      } else if (now() - last >= PAUSE) {
        last = now()
        err(`${text}\n`)
      }
    },
    end() {
      if (shown) err('\r\u001b[K')
      shown = false
    },
  }
}

export function progressWords(target: string, progress: Progress): string {
  const { scenarios, steps, seconds, deviations, phase } = progress
  const rate = (count: number) => (seconds > 0 ? numberWords(count / seconds) : '0')
  return [
    `${target}: ${phases[phase]}`,
    counted(scenarios, 'scenario'),
    `${rate(scenarios)} scenarios/s`,
    `${rate(steps)} steps/s`,
    ...(deviations > 0 ? [`${counted(deviations, 'scenario')} to look at`] : []),
    ...timeLeft(progress),
  ].join(', ')
}

const phases = {
  named: 'named scenarios',
  generated: 'generated scenarios',
  exhaustive: 'all programs',
  shrinking: 'shrinking what deviates',
}

function timeLeft({ share, seconds, phase }: Progress): readonly string[] {
  if (phase === 'shrinking' || share <= 0.01) return []
  const left = Math.max(0, Math.round((seconds * (1 - share)) / share))
  return [left < 120 ? `${left} s left` : `${Math.round(left / 60)} min left`]
}
