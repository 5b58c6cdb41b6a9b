import { TargetProblem, type TargetProblemKind } from '../problems.ts'
import type { ProbeStart } from './probe-start.ts'

/** A probe cannot be used: what happened, what it cost, its last words, and what to do. */
export function targetProblem(
  start: ProbeStart,
  kind: TargetProblemKind,
  what: string,
  lost: number,
  lastWords: string,
): TargetProblem {
  const happened = `The probe of target ${start.target} ${what}.`
  const unanswered =
    lost === 0 ? '' : lost === 1 ? 'One scenario is unanswered.' : `${lost} scenarios are unanswered.`
  const said = lastWords === '' ? '' : `It said: ${lastWords.replaceAll('\n', ' | ')}`
  const killed = kind === 'hung' ? 'It was killed.' : ''
  const sentence = (parts: readonly string[]) => parts.filter((part) => part !== '').join(' ')
  return new TargetProblem(
    kind,
    sentence([happened, unanswered, killed, said, advice(start, kind)]),
    sentence([happened, said]),
  )
}

function advice({ command, wrap, advice }: ProbeStart, kind: TargetProblemKind): string {
  if (kind === 'refused' || kind === 'spoilt' || kind === 'closed') return ''
  if (wrap !== undefined)
    return `Check --wrap: \`${wrap}\` must start the probe behind it and leave its standard input and output alone.`
  return kind === 'start' || kind === 'exited' || kind === 'garbage'
    ? (advice ??
        `Run \`${command.join(' ')} </dev/null\` by hand: it should print one line of facts and end.`)
    : 'The kernel under test may be stuck in a call; run the scenarios that were under way one by one.'
}
