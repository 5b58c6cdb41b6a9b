import { clauseOf } from '../../model/catalogue.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { Effected } from '../../oracle/histories/history.ts'
import type { Shortened } from '../../oracle/histories/shorten.ts'
import { callWords, whatIsWrong } from '../../oracle/histories/words.ts'
import type { DeviationRecord, OverlapRecord } from '../../oracle/run.ts'
import type { OverlappingProgram, OverlappingRun } from '../../oracle/trace/timed-call.ts'

/** A finding: the run that deviates, and the part of it that shows why. */
export interface Found {
  readonly program: OverlappingProgram
  readonly run: OverlappingRun
  readonly shortened: Shortened
  /** Runs that it took in all, this one included. */
  readonly repetitions: number
}

/** A finding as it is reported. */
export function toldFinding({ program, run, shortened, repetitions }: Found): DeviationRecord {
  const { history, judgement } = shortened
  const { observed, allowed } = whatIsWrong(history, judgement)
  const rules = judgement.stuck?.rules ?? []
  const rule = rules[0] ?? 'overlap'
  const clause = clauseOf(rule)
  const at = judgement.stuck?.calls[0]?.at
  const stuck = at === undefined ? undefined : history.calls[at]
  return {
    ...{ rule, rules, observed, allowed },
    sentence: clause?.sentence ?? 'No single rule of the model explains the difference.',
    cites: clause?.cites ?? [],
    step: run.calls.find((call) => call.begin === stuck?.begin && call.actor === stuck.actor)?.step ?? 0,
    scenario: programText(program, run),
    ...{ file: '', replay: '', expected: false, seen: 1 },
    overlap: overlapRecord(shortened, repetitions),
  }
}

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
  return `${lines.join('\n')}\n`
}

const COLUMN = 44

/** Comments that say how the steps behind them are made. */
export const OVERLAPPING = '# overlapping:'
export const ALONE = '# one at a time:'

const interval = (call: Pick<OverlappingRun['calls'][number], 'begin' | 'end'>, base: number) =>
  `${micros(call.begin - base)}…${call.end === 'never' ? '' : micros(call.end - base)} us`

const micros = (nanoseconds: number) => (nanoseconds / 1000).toFixed(1)

function overlapRecord({ history, judgement }: Shortened, repetitions: number): OverlapRecord {
  const { calls } = history
  const base = Math.min(...calls.map(({ begin }) => begin))
  const placeOf = new Map<number, number>()
  judgement.order.forEach(({ at, returned }: Effected) => {
    for (const each of [...returned, at]) if (!placeOf.has(each)) placeOf.set(each, placeOf.size + 1)
  })
  return {
    repetitions,
    calls: calls.map((call, at) => ({
      actor: call.actor,
      text: printStep({ actor: call.actor, call: call.call }).slice(call.actor.length + 2),
      came: callWords(call).split(' from ')[0] ?? '',
      begin: call.begin - base,
      end: call.end === 'never' ? null : call.end - base,
      place: placeOf.get(at) ?? null,
    })),
  }
}
