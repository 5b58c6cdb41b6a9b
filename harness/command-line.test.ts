import { describe, expect, it } from 'vitest'
import { splitCommand } from './command-line.ts'

describe('splitCommand', () => {
  it('splits at blanks', () => {
    expect(splitCommand('  strace -f\t-o log ')).toEqual(['strace', '-f', '-o', 'log'])
  })

  it('keeps quoted blanks, empty words and glued pieces', () => {
    expect(splitCommand(`env 'A=x y' "B=\\"q\\" \\n" '' a'b'"c"\\ d`)).toEqual([
      'env',
      'A=x y',
      'B="q" \\n',
      '',
      'abc d',
    ])
  })

  it('gives no words for nothing', () => {
    expect(splitCommand('')).toEqual([])
  })

  it.each([`a 'b`, `"b`, `x"`, 'a\\'])('rejects %s', (text) => {
    expect(() => splitCommand(text)).toThrow('not closed')
  })
})
