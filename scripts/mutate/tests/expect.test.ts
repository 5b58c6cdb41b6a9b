import { describe, expect, it } from 'vitest'
import { expect as ours } from './expect.ts'

/** Whether a matcher of ours is content. */
function passes(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}

type Named = Readonly<Record<string, (wanted: unknown) => void>>
type Say = (seen: unknown) => Named & { readonly not: Named }

/** What to call, seen and wanted values. */
type Trial = readonly [matcher: string, seen: unknown, wanted: unknown]

const trials: readonly Trial[] = [
  ['toBe', 1, 1],
  ['toBe', 1, 1n],
  ['toBe', {}, {}],
  ['toEqual', { a: [1, { b: 2n }] }, { a: [1, { b: 2n }] }],
  ['toEqual', { a: [1, { b: 2n }] }, { a: [1, { b: 3n }] }],
  ['toEqual', { a: 1 }, { a: 1, b: undefined }],
  ['toEqual', { a: 1 }, { a: 1, b: null }],
  ['toEqual', [1, 2], [1]],
  ['toEqual', [], {}],
  ['toEqual', new Set([1]), new Set([1])],
  ['toEqual', new Set([1]), new Set([2])],
  ['toEqual', new Map([[1, 2]]), new Map([[1, 3]])],
  ['toEqual', null, {}],
  ['toEqual', Number.NaN, Number.NaN],
  ['toMatchObject', { a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } }],
  ['toMatchObject', { a: 1, b: { c: 2, d: 3 } }, { b: { c: 3 } }],
  ['toMatchObject', [{ a: 1, b: 2 }], [{ a: 1 }]],
  ['toMatchObject', [{ a: 1 }, { a: 2 }], [{ a: 1 }]],
  ['toMatchObject', {}, { a: 1 }],
  ['toContain', 'abc', 'bc'],
  ['toContain', 'abc', 'd'],
  ['toContain', ['a', 'b'], 'b'],
  ['toContain', ['ab'], 'b'],
  ['toContainEqual', [{ a: 1 }], { a: 1 }],
  ['toContainEqual', [{ a: 1 }], { a: 2 }],
  ['toHaveLength', [1, 2], 2],
  ['toHaveLength', 'abc', 2],
  ['toMatch', 'abc', /^a/],
  ['toMatch', 'abc', /^b/],
  ['toBeDefined', undefined, undefined],
  ['toBeUndefined', undefined, undefined],
  ['toBeNull', undefined, undefined],
  ['toBeGreaterThan', 2, 2],
  ['toBeLessThanOrEqual', 2, 2],
  ['toBeLessThan', 1, 2],
  ['toThrow', () => undefined, undefined],
]

describe('expect, without vitest', () => {
  it.each(trials)('%s says what vitest says', (matcher, seen, wanted) => {
    const says = (say: Say) => [
      passes(() => say(seen)[matcher]?.(wanted)),
      passes(() => say(seen).not[matcher]?.(wanted)),
    ]
    const [theirs, own] = [says(expect as unknown as Say), says(ours as unknown as Say)]
    expect(own).toEqual(theirs)
  })

  it('knows values that stand for others', () => {
    expect(passes(() => ours([1, 2, 3]).toEqual?.(ours.arrayContaining([3, 1]) as never))).toBe(true)
    expect(passes(() => ours([1, 2, 3]).toEqual?.(ours.arrayContaining([4]) as never))).toBe(false)
    expect(
      passes(() => ours({ a: { b: 1, c: 2 } }).toEqual?.({ a: ours.objectContaining({ b: 1 }) } as never)),
    ).toBe(true)
  })

  it('notices what is thrown', () => {
    const act = () => {
      throw new Error('more than 3')
    }
    expect(passes(() => ours(act).toThrow?.('than' as never))).toBe(true)
    expect(passes(() => ours(act).toThrow?.(/^than/ as never))).toBe(false)
    expect(passes(() => ours(act).toThrow?.(Error as never))).toBe(true)
    expect(passes(() => ours(act).toThrow?.(TypeError as never))).toBe(false)
  })
})
