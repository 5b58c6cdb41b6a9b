import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areEqual, canonicalKey } from './canonical.ts'
import { initialWorld, usualFacts } from './initial.ts'
import { withProcess } from './world.ts'

const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(0, 1, '', '1', 'a', true, null, 1n, undefined),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '1'), tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any

describe('areEqual', () => {
  it('tells a field that is undefined from one that is not there', () => {
    expect(areEqual({ a: undefined }, { b: 1 })).toBe(false)
    expect(areEqual({ a: undefined, b: 1 }, { b: 1, c: undefined })).toBe(false)
    expect(areEqual({ a: undefined }, { a: undefined })).toBe(true)
  })
})

describe('canonicalKey', () => {
  it('does not depend on the order of fields, at any depth', () => {
    const one = { a: { x: 1, y: [2, { p: 3, q: 4 }] }, b: 5n }
    const other = { b: 5n, a: { y: [2, { q: 4, p: 3 }], x: 1 } }
    expect(canonicalKey(one)).toBe(canonicalKey(other))
  })
  it.each<[unknown, unknown]>([
    [1, '1'],
    [1, 1n],
    ['1n', 1n],
    [null, 'null'],
    [[], {}],
    [[1], { 0: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [['a', 'b'], ['a,b']],
    [{ a: 1 }, { a: 1, b: undefined }],
  ])('tells unequal values apart (%#)', (one, other) =>
    expect(canonicalKey(one)).not.toBe(canonicalKey(other)))
  it('is the same for equal values and differs for others', () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(canonicalKey(one) === canonicalKey(other)).toBe(isDeepStrictEqual(one, other))
        expect(canonicalKey(one)).toBe(canonicalKey(structuredClone(one)))
      }),
      { numRuns: 1000 },
    )
  })
  it('sees a change of one process in a world', () => {
    const world = initialWorld(usualFacts, ['A', 'B'])
    const before = canonicalKey(world)
    const changed = withProcess(world, 'B', { undo: { S: [1] } })
    expect(canonicalKey(changed)).not.toBe(before)
    expect(canonicalKey(withProcess(changed, 'B', { undo: {} }))).toBe(before)
  })
})

describe('areEqual', () => {
  it('says what the keys say', () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(areEqual(one, other)).toBe(canonicalKey(one) === canonicalKey(other))
      }),
      { numRuns: 500 },
    )
  })
  it('does not depend on identity or the order of fields', () => {
    fc.assert(fc.property(values, (value) => areEqual(value, structuredClone(value))))
    expect(areEqual({ a: 1, b: [2n] }, { b: [2n], a: 1 })).toBe(true)
    expect(areEqual([1], { 0: 1 })).toBe(false)
    expect(areEqual({ 0: 1 }, [1])).toBe(false)
  })
})
