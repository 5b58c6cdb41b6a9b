import type { TargetProblemKind } from '../problems.ts'
import type { ProbeStart } from './probe-start.ts'

/** What happened, what it cost, the probe's last words, and what to do: for people. */
export function problemSentence(
  start: ProbeStart,
  kind: TargetProblemKind,
  what: string,
  lost: number,
  lastWords: string,
): string {
  const parts = [`The probe of target ${start.target} ${what}.`]
  if (lost > 0) parts.push(lost === 1 ? 'One scenario is unanswered.' : `${lost} scenarios are unanswered.`)
  if (kind === 'hung') parts.push('It was killed.')
  if (lastWords !== '') parts.push(`It said: ${lastWords.replaceAll('\n', ' | ')}`)
  parts.push(advice(start, kind))
  return parts.filter((part) => part !== '').join(' ')
}

function advice({ command, wrap, advice }: ProbeStart, kind: TargetProblemKind): string {
  if (kind === 'refused' || kind === 'closed') return ''
  if (wrap !== undefined)
    return `Check --wrap: \`${wrap}\` must start the probe behind it and leave its standard input and output alone.`
  return kind === 'start' || kind === 'exited' || kind === 'garbage'
    ? (advice ??
        `Run \`${command.join(' ')} </dev/null\` by hand: it should print one line of facts and end.`)
    : 'The kernel under test may be stuck in a call; run the scenarios that were under way one by one.'
}
