import { clauseOf } from '../../model/catalogue.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { Effected } from '../../oracle/histories/history.ts'
import type { Shortened } from '../../oracle/histories/shorten.ts'
import { callWords, whatIsWrong } from '../../oracle/histories/words.ts'
import type { DeviationRecord, OverlapRecord } from '../../oracle/run.ts'
import type { OverlappingProgram, OverlappingRun } from '../../oracle/trace/timed-call.ts'
import { programText } from './program-text.ts'

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
