import { describe, expect, it } from 'vitest'
import { markedScenario } from './marked-scenario.ts'
import { row } from './table.ts'
import { counted, hanging, wrap } from './wrap.ts'

describe('wrap', () => {
  it('breaks at blanks and keeps long words whole', () => {
    expect(wrap('one two three extraordinarily four', 9)).toEqual([
      'one two',
      'three',
      'extraordinarily',
      'four',
    ])
    expect(wrap('', 9)).toEqual([''])
  })

  it('hangs later lines below the first', () => {
    expect(hanging('- ', 'aaaa bbbb cccc dddd eeee ffff gggg', 32)).toEqual([
      '- aaaa bbbb cccc dddd eeee ffff',
      '  gggg',
    ])
  })
})

it('counted is singular for one', () => {
  expect([counted(1, 'step'), counted(0, 'step'), counted(1234, 'step')]).toEqual([
    '1 step',
    '0 steps',
    '1,234 steps',
  ])
})

it('row wraps each cell within its column', () => {
  expect(row(['a b', 'ccc ddd', ''], [1, 3, 5])).toEqual(['a  ccc', 'b  ddd'])
})

it('markedScenario counts steps only', () => {
  const text = '# title\n\nA: wait()  # A blocks\n# ^ note\nA: returns -> 0\nB: wait()\n'
  expect(markedScenario(text, 1).filter((line) => line.startsWith('>'))).toEqual(['> B: wait()'])
})
