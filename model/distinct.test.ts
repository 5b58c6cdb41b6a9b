import { describe, expect, it } from 'vitest'
import { createDistinct } from './distinct.ts'

/** Numbers that are the same if their remainders are; `keys` counts how often a key was made. */
function remainders() {
  let keys = 0
  const values = createDistinct<number>(
    (a, b) => a % 100 === b % 100,
    (value) => {
      keys++
      return `${value % 100}`
    },
  )
  return { values, keys: () => keys }
}

describe('distinct values', () => {
  it('are kept in the order in which they came, each once', () => {
    const { values } = remainders()
    for (const value of [3, 1, 103, 2, 1]) values.add(value)
    expect(values.all()).toEqual([3, 1, 2])
  })

  it('are merged into those that are the same', () => {
    const { values } = remainders()
    values.add(3, () => -1)
    values.add(4)
    values.add(103, (known) => known + 1000)
    expect(values.all()).toEqual([1003, 4])
  })

  it('are told apart by keys when there are more than a few, which are made once for each', () => {
    const { values, keys } = remainders()
    for (let value = 0; value < 9; value++) values.add(value)
    expect(keys()).toBe(0)
    values.add(108, (known) => known + 1000)
    expect(keys()).toBe(10)
    values.add(9)
    values.add(109, (known) => known + 1000)
    values.add(1009, (known) => known + 1000)
    expect(keys()).toBe(13)
    expect(values.all()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 1008, 2009])
  })
})
