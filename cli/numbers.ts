import type { Shard } from '../oracle/run.ts'
import { UsageError } from './usage-error.ts'

/** A whole number within bounds. */
export function wholeNumber(option: string, least: number, most: number) {
  return (word: string): number => {
    const value = Number(word)
    if (/^\d+$/.test(word) && value >= least && value <= most) return value
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not \`${word}\`.`)
  }
}

/** A duration such as `500ms`, `60s`, `10m`, `1h`; a bare number is seconds. Returns seconds. */
export function duration(option: string) {
  return (word: string): number => {
    const [, digits = '', unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(word) ?? []
    const seconds = Number(digits) * (units[unit] ?? 1)
    if (digits !== '' && seconds > 0 && seconds <= SECONDS_MAX) return seconds
    throw new UsageError(
      `${option} takes a duration such as 500ms, 60s, 10m or 1h (at most 240h), not \`${word}\`.`,
    )
  }
}

const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }
const SECONDS_MAX = 240 * 3600

/** A part of a split run, such as `2/3`. */
export function shard(option: string) {
  return (word: string): Shard => {
    const [, number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(word) ?? []).map(Number)
    if (number >= 1 && number <= of) return { number, of }
    throw new UsageError(`${option} takes K/N, the K-th of N parts (such as 2/3), not \`${word}\`.`)
  }
}

/** Seeds are what a 32-bit generator takes without loss. */
export const SEED_MAX = 2 ** 31 - 1
