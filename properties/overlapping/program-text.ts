import { parseScenario, type ScenarioText } from '../../model/vocabulary/text/parse.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { callWords, livesWords } from '../../oracle/histories/words.ts'
import type { OverlappingProgram, OverlappingRun } from '../../oracle/trace/timed-call.ts'

/** Comments that say how the steps behind them are made. */
const OVERLAPPING = '# overlapping:'
const ALONE = '# one at a time:'

/** The program as a scenario file, with what happened as comments. */
export function programText(
  { scenario, first, last }: OverlappingProgram,
  run: OverlappingRun | null,
): string {
  const begin = Math.min(...(run?.calls ?? []).filter(({ step }) => step >= first).map((call) => call.begin))
  const lines = scenario.steps.map((step, at) => {
    const call = run?.calls.find((each) => each.step === at)
    const shown = printStep(call === undefined ? step : { ...step, actor: call.actor })
    const words =
      call === undefined ? 'not made' : `${interval(call, begin)} ${callWords(call).split(' from ')[0]}`
    const text = run === null ? shown : `${shown.padEnd(COLUMN)}  # ${words}`
    return `${at === first ? `${OVERLAPPING}\n` : at === last ? `${ALONE}\n` : ''}${text}`
  })
  const ends = livesWords(run?.lives).map((words) => `# ${words}`)
  return `${[...lines, ...ends].join('\n')}\n`
}

const COLUMN = 44

const interval = (call: Pick<OverlappingRun['calls'][number], 'begin' | 'end'>, base: number) =>
  `${micros(call.begin - base)}…${call.end === 'never' ? '' : micros(call.end - base)} us`

const micros = (nanoseconds: number) => (nanoseconds / 1000).toFixed(1)

/**
 * The program of such a file; undefined where it is a scenario whose calls are made one at a time. Throws
 * `ScenarioSyntaxError`.
 */
export function parseProgram(text: string): OverlappingProgram | undefined {
  const raw = text.split('\n').map((line) => line.trim())
  const begin = raw.indexOf(OVERLAPPING)
  if (begin < 0) return undefined
  const end = raw.indexOf(ALONE, begin)
  const parsed = parseScenario(text)
  const last = end < 0 ? parsed.scenario.steps.length : stepsBefore(parsed, end)
  return { scenario: parsed.scenario, first: stepsBefore(parsed, begin), last }
}

/** Steps in front of a line, which counts from 0. */
const stepsBefore = ({ lines }: ScenarioText, line: number): number =>
  lines.filter((each) => each.step !== 'returns' && each.line <= line).length
