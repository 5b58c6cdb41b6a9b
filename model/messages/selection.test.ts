import { describe, expect, it } from 'vitest'
import { LONG_MAX, LONG_MIN, MSG_EXCEPT, MSG_NOERROR } from '../vocabulary/names.ts'
import type { Long } from '../vocabulary/shape.ts'
import { accepts, arriving, select, selectionOf } from './selection.ts'

const messages = (...types: readonly Long[]) =>
  types.map((type) => ({ type, size: 1, fill: 97, overwritten: false }))
const selected = (types: readonly Long[], type: Long, flags = 0) =>
  select(messages(...types), selectionOf(type, flags))

describe('msgrcv.select.zero', () => {
  it('takes the oldest, with MSG_EXCEPT too', () => {
    expect(selected([3, 1], 0)).toBe(0)
    expect(selected([3, 1], 0, MSG_EXCEPT)).toBe(0)
    expect(selected([], 0)).toBe(-1)
  })
})

describe('msgrcv.select.positive', () => {
  it('takes the oldest of the type', () => expect(selected([3, 1, 2, 1], 1)).toBe(1))
  it('compares types beyond 2^53 exactly', () =>
    expect(selected([LONG_MAX - 1n, LONG_MAX], LONG_MAX)).toBe(1))
})

describe('msgrcv.select.negative.lowest-type-not-first', () => {
  it('takes the oldest of the lowest type', () => expect(selected([3, 1, 2, 1, 5], -5)).toBe(1))
})

describe('msgrcv.select.negative.bound-included', () => {
  it('takes the type of the bound itself', () => {
    expect(selected([5], -5)).toBe(0)
    expect(selected([5], -4)).toBe(-1)
  })
})

describe('msgrcv.select.negative.min', () => {
  it('takes every type', () => expect(selected([LONG_MAX], LONG_MIN)).toBe(0))
})

describe('msgrcv.select.except', () => {
  it('takes the oldest of another type', () => {
    expect(selected([5, 6, 7], 5, MSG_EXCEPT)).toBe(1)
    expect(selected([5], 5, MSG_EXCEPT)).toBe(-1)
    expect(selected([3, 1], -5, MSG_EXCEPT)).toBe(1)
  })
})

describe('a buffer', () => {
  it('takes what is not longer, cuts with MSG_NOERROR, and is endless beyond SSIZE_MAX', () => {
    expect(accepts({ size: 4, flags: 0 }, 4)).toBe(true)
    expect(accepts({ size: 4, flags: 0 }, 5)).toBe(false)
    expect(accepts({ size: 4, flags: MSG_NOERROR }, 5)).toBe(true)
    expect(arriving({ size: 4, flags: MSG_NOERROR }, 5)).toBe(4)
    expect(arriving({ size: LONG_MAX, flags: 0 }, 5)).toBe(5)
    expect(accepts({ size: -1, flags: 0 }, 5)).toBe(true)
  })
})
