import type { Family } from '../model/vocabulary/shape.ts'
import type { Shard } from '../oracle/run.ts'
import { families } from './families.ts'
import { type ProbeOptions, probeWords } from './probe-options.ts'
import type { ReportOptions } from './report-files.ts'

/** The options of `run`, as commander hands them over. */
export interface RunOptions extends ProbeOptions, ReportOptions {
  readonly scenarios?: number
  /** Seconds. */
  readonly time?: number
  readonly seed?: number
  /** Only this part of the run. */
  readonly shard?: Shard
  /** End generating once so many scenarios have deviated. */
  readonly stopAfter?: number
  readonly mode: 'stepped' | 'overlapping'
  readonly expectations?: string
  readonly updateExpectations?: true
  readonly report?: readonly string[]
  readonly json?: true
  readonly out?: string
  /** False: findings get no C programs. */
  readonly reproducers?: boolean
  /** Run all programs of small alphabets in place of random scenarios. */
  readonly exhaustive?: true
  /** Calls of the longest programs of an exhaustive run. */
  readonly maxSteps?: number
  /** Runs of each litmus test, or of each program whose calls overlap. */
  readonly repeat?: number
}

/** The words that repeat a run: what it tested, where, for how long, from which seed. */
export function runWords(chosen: readonly Family[], options: RunOptions, seed: number): readonly string[] {
  const { mode, repeat, scenarios, time, shard, stopAfter, expectations, exhaustive, maxSteps, reproducers } =
    options
  return [
    'run',
    ...(chosen.length === families.length ? [] : chosen),
    ...(exhaustive === undefined ? [] : ['--exhaustive']),
    ...(mode === 'overlapping' ? ['--mode', mode] : []),
    ...(repeat === undefined ? [] : ['--repeat', String(repeat)]),
    ...(maxSteps === undefined ? [] : ['--max-steps', String(maxSteps)]),
    ...probeWords(options),
    ...(scenarios === undefined ? [] : ['--scenarios', String(scenarios)]),
    ...(time === undefined ? [] : ['--time', `${time}s`]),
    ...(shard === undefined ? [] : ['--shard', `${shard.number}/${shard.of}`]),
    ...(stopAfter === undefined ? [] : ['--stop-after', String(stopAfter)]),
    ...(expectations === undefined ? [] : ['--expectations', expectations]),
    ...(reproducers === false ? ['--no-reproducers'] : []),
    ...(exhaustive === undefined ? ['--seed', String(seed)] : []),
  ]
}
