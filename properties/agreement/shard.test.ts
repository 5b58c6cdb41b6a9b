import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countIn, indexIn, partOf, whole } from './shard.ts'

const shardsOf = (of: number) => Array.from({ length: of }, (_, at) => ({ number: at + 1, of }))

describe('the shards of a run', () => {
  it('take each item exactly once, whatever their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat({ max: 100 }), (of, total) => {
        const items = Array.from({ length: total }, (_, index) => index)
        const taken = shardsOf(of).flatMap((shard) => partOf(shard, items))
        expect(taken.sort((a, b) => a - b)).toEqual(items)
      }),
    )
  })

  it('differ by one item at most', () => {
    expect(shardsOf(3).map((shard) => countIn(shard, 8))).toEqual([3, 3, 2])
    expect(shardsOf(3).map((shard) => countIn(shard, 1))).toEqual([1, 0, 0])
  })

  it('take every N-th index where there is no end', () => {
    expect([0, 1, 2].map((nth) => indexIn({ number: 2, of: 3 }, nth))).toEqual([1, 4, 7])
    expect([0, 1, 2].map((nth) => indexIn(whole, nth))).toEqual([0, 1, 2])
  })
})
