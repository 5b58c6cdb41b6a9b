import { describe, expect, it } from 'vitest'
import { parseCondition } from './parse-condition.ts'
import { isTrue, namesIn, printProposition } from './proposition.ts'

const parsed = (text: string) => parseCondition({ text: `exists ${text}`, offset: 0 }, text).proposition

const end = { 'A.1': 0, 'B.1': 'EAGAIN', 'C.1': 'asleep', 'S[0]': 3, S: 'there' }

describe('a proposition', () => {
  it.each([
    ['A.1 = 0', true],
    ['A.1 = ok', true],
    ['B.1 = ok', false],
    ['B.1 = EAGAIN', true],
    ['C.1 <> asleep', false],
    ['C.1 != ok', true],
    ['S[0] >= 3 /\\ S[0] <= 3', true],
    ['S[0] > 3 \\/ S[0] < 3', false],
    ['B.1 < 3', false],
    ['D.1 = 0', false],
    ['D.1 <> 0', true],
    ['true', true],
    ['~true \\/ not (A.1 = 1)', true],
    ['A.1 = 1 \\/ A.1 = 0 /\\ B.1 = EIDRM', false],
    ['(A.1 = 1 \\/ A.1 = 0) /\\ B.1 = EAGAIN', true],
  ])('%s is %s', (text, truth) => {
    expect(isTrue(parsed(text), end)).toBe(truth)
    expect(isTrue(parsed(printProposition(parsed(text))), end)).toBe(truth)
  })

  it('names what it is about', () => {
    expect(namesIn(parsed('~(A.1 = 0 /\\ (S[0] = 1 \\/ A.1 = 2)) \\/ true'))).toEqual(['A.1', 'S[0]'])
  })
})
