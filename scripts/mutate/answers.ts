import { areEqual, canonicalKey } from '../../model/canonical.ts'
import type { Outcome } from '../../model/outcomes.ts'
import type { Answer } from './judging.ts'

/** `cites`: the same outcomes by other rules. */
export type Likeness = 'same' | 'cites' | 'differs'

/** Compares two answers to one question, in whatever order the outcomes and the events are. */
export function likenessOf(one: Answer, other: Answer): Likeness {
  if (typeof one === 'string' || typeof other === 'string') return one === other ? 'same' : 'differs'
  if (one.length !== other.length) return 'differs'
  if (!one.every((outcome, at) => isAlike(outcome, other[at])) && keyOf(one) !== keyOf(other))
    return 'differs'
  return one.every(({ rules }, at) => areEqual(rules, other[at]?.rules)) ? 'same' : 'cites'
}

const isAlike = (one: Outcome, other: Outcome | undefined) =>
  other !== undefined && areEqual(one.events, other.events) && areEqual(one.world, other.world)

const keyOf = (outcomes: readonly Outcome[]) =>
  outcomes
    .map(({ world, events }) => `${canonicalKey(world)} ${events.map(canonicalKey).sort()}`)
    .sort()
    .join('\n')

/** The first place where two answers differ, in words. */
export function differenceOf(one: Answer, other: Answer): string {
  if (typeof one === 'string' || typeof other === 'string') return `${wordsOf(one)} / ${wordsOf(other)}`
  if (one.length !== other.length) return `${one.length} / ${other.length} outcomes`
  const [a, b] = [one, other].map((outcomes) => outcomes.map(({ world, events }) => ({ world, events })))
  return firstDifference(a, b, '') ?? 'another order'
}

const wordsOf = (answer: Answer) => (typeof answer === 'string' ? answer : `${answer.length} outcomes`)

function firstDifference(one: unknown, other: unknown, path: string): string | undefined {
  if (areEqual(one, other)) return undefined
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return `${path}: ${show(one)} / ${show(other)}`
  const [a, b] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>]
  for (const field of new Set([...Object.keys(a), ...Object.keys(b)]))
    if (!areEqual(a[field], b[field]))
      return field in a && field in b
        ? firstDifference(a[field], b[field], `${path}.${field}`)
        : `${path}.${field}: ${show(a[field])} / ${show(b[field])}`
  return undefined
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : canonicalKey(value).slice(0, 120))
