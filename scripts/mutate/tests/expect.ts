import { isDeepStrictEqual } from 'node:util'

/** The part of vitest's `expect` that the tests of the model use. */
export function expect(seen: unknown): Matchers {
  return matchersOf(seen, false)
}

expect.arrayContaining = (items: readonly unknown[]): Wanted => ({
  [MATCHES]: (seen) => Array.isArray(seen) && items.every((item) => seen.some((each) => isLike(each, item))),
})
expect.objectContaining = (part: object): Wanted => ({ [MATCHES]: (seen) => includes(seen, part) })
expect.stringContaining = (part: string): Wanted => ({
  [MATCHES]: (seen) => typeof seen === 'string' && seen.includes(part),
})
expect.anything = (): Wanted => ({ [MATCHES]: (seen) => seen !== undefined && seen !== null })

const MATCHES = Symbol('matches')

/** Something that stands for many values. */
interface Wanted {
  readonly [MATCHES]: (seen: unknown) => boolean
}

type Matcher = (...wanted: never[]) => void
type Named = Readonly<Record<string, Matcher>>
interface Turned {
  readonly not: Named
}
type Matchers = Named & Turned

type Check = (seen: never, wanted: never) => boolean

const checks: Readonly<Record<string, Check>> = {
  toBe: (seen: unknown, wanted: unknown) => Object.is(seen, wanted),
  toEqual: (seen: unknown, wanted: unknown) => isLike(seen, wanted),
  toStrictEqual: (seen: unknown, wanted: unknown) => isLike(seen, wanted),
  toMatchObject: (seen: unknown, wanted: unknown) => includes(seen, wanted),
  toContain: (seen: string | readonly unknown[], wanted: string) =>
    [...seen].includes(wanted) || isPart(seen, wanted),
  toContainEqual: (seen: readonly unknown[], wanted: unknown) => seen.some((each) => isLike(each, wanted)),
  toHaveLength: (seen: { readonly length: number } | undefined, wanted: number) => seen?.length === wanted,
  toHaveProperty: (seen: object, wanted: string) => wanted in seen,
  toMatch: (seen: string, wanted: string | RegExp) =>
    typeof wanted === 'string' ? seen.includes(wanted) : wanted.test(seen),
  toBeDefined: (seen: unknown) => seen !== undefined,
  toBeUndefined: (seen: unknown) => seen === undefined,
  toBeNull: (seen: unknown) => seen === null,
  toBeTruthy: (seen: unknown) => Boolean(seen),
  toBeFalsy: (seen: unknown) => !seen,
  toBeGreaterThan: (seen: number, wanted: number) => seen > wanted,
  toBeGreaterThanOrEqual: (seen: number, wanted: number) => seen >= wanted,
  toBeLessThan: (seen: number, wanted: number) => seen < wanted,
  toBeLessThanOrEqual: (seen: number, wanted: number) => seen <= wanted,
  toThrow: (seen: () => unknown, wanted: Thrown) => throws(seen, wanted),
}

function matchersOf(seen: unknown, isNot: boolean): Matchers {
  const named = Object.entries(checks).map(([name, check]): [string, Matcher] => [
    name,
    (...wanted) => {
      if (check(seen as never, wanted[0] as never) === isNot) throw new Error(`not ${name}`)
    },
  ])
  const matchers = Object.fromEntries(named)
  return (isNot ? matchers : { ...matchers, not: matchersOf(seen, true) }) as unknown as Matchers
}

const isPart = (seen: unknown, wanted: unknown) =>
  typeof seen === 'string' && typeof wanted === 'string' && seen.includes(wanted)

const isWanted = (value: unknown): value is Wanted =>
  typeof value === 'object' && value !== null && MATCHES in value

/** Deeply equal; a field that is undefined is none. */
function isLike(seen: unknown, wanted: unknown): boolean {
  if (isWanted(wanted)) return wanted[MATCHES](seen)
  if (Object.is(seen, wanted)) return true
  if (typeof seen !== 'object' || typeof wanted !== 'object' || seen === null || wanted === null) return false
  if (Array.isArray(seen) !== Array.isArray(wanted)) return false
  if (seen instanceof Set || seen instanceof Map) return isDeepStrictEqual(seen, wanted)
  if (Array.isArray(seen) && seen.length !== (wanted as unknown[]).length) return false
  return fieldsOf(seen, wanted).every((field) => isLike(fieldOf(seen, field), fieldOf(wanted, field)))
}

/** Whether all that is wanted is there; lists are as long as wanted. */
function includes(seen: unknown, wanted: unknown): boolean {
  if (isWanted(wanted) || typeof wanted !== 'object' || wanted === null) return isLike(seen, wanted)
  if (typeof seen !== 'object' || seen === null) return false
  if (Array.isArray(wanted) && (!Array.isArray(seen) || seen.length !== wanted.length)) return false
  return Object.keys(wanted).every((field) => includes(fieldOf(seen, field), fieldOf(wanted, field)))
}

const fieldsOf = (...objects: readonly object[]) => [...new Set(objects.flatMap((each) => Object.keys(each)))]
const fieldOf = (object: object, field: string) => (object as Readonly<Record<string, unknown>>)[field]

type Thrown = string | RegExp | (abstract new (...given: never[]) => Error) | undefined

function throws(act: () => unknown, wanted: Thrown): boolean {
  try {
    act()
    return false
  } catch (error) {
    if (wanted === undefined) return true
    if (typeof wanted === 'function') return error instanceof wanted
    const { message } = error as Error
    return typeof wanted === 'string' ? message.includes(wanted) : wanted.test(message)
  }
}
