import { describe, expect, it } from 'vitest'
import { parseLitmus } from './parse-litmus.ts'
import { LitmusSyntaxError } from './place.ts'
import { printProposition } from './proposition.ts'

const text = `SYSV barging
"A newcomer does not win."
"Nor does anybody else."
(* two
   lines *)
rules = semop.inc semop.eagain
linux = Never

{
  S = semget(private, 2)   (* the set *)
  B: semop(S, [0 -1])
}

  A                 | C                                      ;
  semop(S, [0 +1])  | semop(S, [0 -1 IPC_NOWAIT|SEM_UNDO])   ;
  semctl(S, 0, SETALL, {1 2}) |                              ;

~exists (C.1 = 0 /\\ B.0 <> EIDRM) \\/ not S[1] >= 0x10
`

describe('a litmus file', () => {
  const test = parseLitmus(text)

  it('has a name, a sentence, rules and claims', () => {
    expect(test).toMatchObject({
      name: 'barging',
      description: 'A newcomer does not win. Nor does anybody else.',
      rules: ['semop.inc', 'semop.eagain'],
      claims: { linux: 'Never' },
    })
  })

  it('has a setup, by A where nobody is named', () => {
    expect(test.setup.map(({ actor, call }) => [actor, call.name])).toEqual([
      ['A', 'semget'],
      ['B', 'semop'],
    ])
  })

  it('has a column of calls an actor, with bars between flags and empty cells', () => {
    expect(test.columns).toMatchObject([
      { actor: 'A', calls: [{ name: 'semop' }, { name: 'semctl.SETALL', values: [1, 2] }] },
      { actor: 'C', calls: [{ operations: [{ flags: 0o4000 | 0x1000 }] }] },
    ])
  })

  it('leaves the last actor who does nothing else to look at the end', () => {
    expect(test.observer).toBe('D')
  })

  it('has a condition', () => {
    expect(test.quantifier).toBe('~exists')
    expect(printProposition(test.proposition)).toBe('(C.1 = 0 /\\ B.0 <> EIDRM) \\/ ~S[1] >= 16')
  })

  it.each(['exists', 'forall'] as const)('asks %s', (quantifier) => {
    expect(parseLitmus(text.replace('~exists', quantifier)).quantifier).toBe(quantifier)
  })
})

describe('a litmus file that cannot be read', () => {
  const changed = (from: string, to: string) => () => parseLitmus(text.replace(from, to))

  it.each([
    ['SYSV barging', 'C barging', 'line 1, column 1: expected SYSV and a name of one word'],
    [
      'linux = Never',
      'linux = Seldom',
      'line 7, column 1: expected Never, Sometimes or Always, found `Seldom`',
    ],
    ['linux = Never', 'hurd = Never', 'line 7, column 1: expected "a sentence", rules = …'],
    ['{\n  S', '  S', 'line 9, column 3: expected "a sentence", rules = …'],
    ['S = semget(private, 2) ', 'semget(private, 2) ', 'line 10, column 3: semget makes something'],
    ['B: semop(S, [0 -1])', 'B: semop(S)', 'line 11, column 6: semop lacks its argument `operations`'],
    ['| C  ', '| 7  ', 'line 14, column 23: `7` is no name of an actor'],
    ['| C  ', '| A  ', 'line 14, column 23: A has two columns'],
    ['{1 2}) |  ', '{1 2})    ', 'line 16, column 3: this row has 1 cells, but there are 2 actors'],
    ['[0 -1 IPC_NOWAIT|SEM_UNDO])   ;', '[0 -1])', 'line 15, column 3: this row has 3 cells'],
    ['semop(S, [0 +1])  |', 'tick()  |', 'line 15, column 3: tick() is a step of the driver'],
    ['semop(S, [0 +1])  |', 'sempo(S)  |', 'line 15, column 3: unknown call `sempo`'],
    ['~exists', '~forall', 'line 18, column 2: expected `exists`, `~exists` or `forall`, found `forall`'],
    ['C.1 = 0', 'C.1 : 0', 'line 18, column 14: `:` has no meaning here'],
    ['C.1 = 0', 'C.1 = ', 'line 18, column 17: expected a value, found `/\\`'],
    ['C.1 = 0', 'C.1', 'line 18, column 14: expected =, <>, <, <=, > or >=, found `/\\`'],
    ['C.1 = 0', '= 0', 'line 18, column 10: expected a name such as A.1, S[0] or Q.qnum, found `=`'],
    ['C.1 = 0', 'C.2 = 0', 'line 18, column 10: nothing is called C.2; there is C.1, C'],
    ['S[1] >= 0x10', 'S[2] >= 0x10', 'line 18, column 42: nothing is called S[2]; there is S, S[0], '],
    ['>= 0x10', '>= ok', 'line 18, column 50: `ok` is not less or greater than anything'],
    [') \\/', ' \\/', 'line 18, column 53: expected `)`, found the end of the file'],
    ['>= 0x10', '>= 0x10 )', 'line 18, column 55: expected /\\, \\/ or the end of the file, found `)`'],
  ])('%j as %j: %s', (from, to, problem) => {
    expect(changed(from, to)).toThrow(LitmusSyntaxError)
    expect(changed(from, to)).toThrow(problem)
  })

  it('lacks its condition', () => {
    expect(() => parseLitmus(text.slice(0, text.indexOf('~exists')))).toThrow(
      'line 16, column 63: expected a condition: exists, ~exists or forall, and what',
    )
  })

  it('leaves nobody to look at the end', () => {
    const more = '{\n  C: getppid()\n  D: getppid()'
    expect(changed('{\n', `${more}\n`)).toThrow('line 14, column 2: A, B, C and D all act')
  })
})
