import { expect, it } from 'vitest'
import { openTypes } from './types.ts'

it('a text whose types do not fit is noticed, one after the other', () => {
  const isTyped = openTypes(
    new Map([
      ['a.ts', "import { b } from './b.ts'\nexport const a: number = b"],
      ['b.ts', 'export const b = 1'],
    ]),
  )
  expect(isTyped('a.ts', "import { b } from './b.ts'\nexport const a: number = b + 1")).toBe(true)
  expect(isTyped('a.ts', "import { b } from './b.ts'\nexport const a: string = b")).toBe(false)
  expect(isTyped('b.ts', 'export const b = (c: undefined | { d: 1 }) => c.d')).toBe(false)
  expect(isTyped('a.ts', "import { b } from './b.ts'\nexport const a: number = b")).toBe(true)
})
