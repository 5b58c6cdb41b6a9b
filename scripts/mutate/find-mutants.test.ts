import { describe, expect, it } from 'vitest'
import { mutantsOf } from './find-mutants.ts'
import { applyEdit } from './mutant.ts'
import { openSources } from './program.ts'
import { silenceOf } from './silence.ts'

/** A file of the model, whose exports somebody uses, as its mutants leave it. */
function mutantsIn(text: string): readonly string[] {
  const names = [...text.matchAll(/export const (\w+)/g)].map(([, name]) => name)
  const use = `import { ${names.join(', ')} } from './a.ts'\nconsole.log(${names.join(', ')})`
  const sources = openSources(
    new Map([
      ['a.ts', text],
      ['use.ts', use],
    ]),
  )
  const [file] = sources.files
  if (file === undefined) throw new Error('no file')
  const silence = silenceOf(sources, (name) => name === 'use.ts')
  return mutantsOf(file, sources, silence, () => []).map(({ edit }) => applyEdit(text, edit))
}

/** What the mutants of `export const f = (…) => BODY` make of the body. */
function bodies(parameters: string, body: string): readonly string[] {
  const head = `export const f = (${parameters}) => `
  return mutantsIn(head + body).map((text) => text.slice(head.length))
}

describe('the operators', () => {
  it('turn comparisons around and shift their boundaries', () => {
    expect(bodies('a: number', 'a < 0')).toEqual(['a <= 0', 'a >= 0', 'a < 1'])
    expect(bodies('a: string, b: string', 'a === b')).toEqual(['a !== b'])
  })

  it('drop either side of && and ||, and negate what is asked', () => {
    expect(bodies('a: boolean, b: boolean', 'a || b')).toEqual(['a', 'b', '!a || b', 'a || !b'])
    expect(bodies('a: boolean', '!a')).toEqual(['a'])
  })

  it('keep the guard of a value that may be missing', () => {
    expect(bodies('a: { b: boolean } | undefined', 'a !== undefined && a.b')).toEqual([
      'a !== undefined',
      'a === undefined && a.b',
      'a !== undefined && !a.b',
    ])
  })

  it('calculate with numbers, but not with texts', () => {
    expect(bodies('a: number', 'a + 1')).toEqual(['a - 1', 'a + 2'])
    expect(bodies('a: string', "a + 'x'")).toEqual([])
    expect(bodies('a: bigint', 'a & 3n')).toEqual(['a | 3n', 'a & 4n'])
    expect(bodies('a: number | undefined', 'a ?? 0')).toEqual([])
  })

  it('leave no more open, but less', () => {
    const choose = 'choose: (moment: object, rule: string, of: number) => number, a: number'
    expect(bodies(choose, "choose({}, '', a + 1)")).toEqual(["choose({}, '', a - 1)"])
    expect(bodies(choose, "choose({}, '', 2)")).toEqual([])
    expect(bodies(choose, "choose({}, '', 2) + 1")).toEqual([
      "choose({}, '', 2) - 1",
      "choose({}, '', 2) + 2",
    ])
  })

  it('replace an errno by another, but not the label of a rule', () => {
    expect(bodies('', "'EINVAL'")).toEqual(["'EPERM'"])
    expect(bodies('', "({ errno: 'EACCES', when: 'x' })")).toEqual([])
    expect(bodies('a: string | undefined', "a ?? 'EINVAL'")).toEqual([])
  })

  it('drop statements, elements and what changes in a copy', () => {
    expect(bodies('a: string[]', '{ a.push() }')).toEqual(['{ ; }'])
    expect(bodies('a: object, b: object', '[a, b]')).toEqual(['[b]', '[a]'])
    expect(bodies('a: object, b: object', '({ ...a, b })')).toEqual(['({ ...a })'])
  })

  it('swap some and every', () => {
    expect(bodies('a: boolean[]', 'a.some(Boolean)')).toEqual(['!a.some(Boolean)', 'a.every(Boolean)'])
  })
})

describe('what is left alone', () => {
  it('is what only notes, what guards it and what only that uses', () => {
    const text = `
const note = (rule: string) => { console.log(rule) }
const isOdd = (a: number) => a > 3
const noteAll = (a: number) => { if (isOdd(a)) note('odd') }
export const f = (a: number, b: string[]) => {
  const before = a > 1
  if (before) note('before')
  noteAll(a)
  b.push('x')
}`
    expect(mutantsIn(text)).toEqual([text.replace("b.push('x')", ';')])
  })

  it('is a text, a type and a message', () => {
    expect(mutantsIn("const clause = (id: string, n: 1) => id\nexport const f = clause('x', 1)")).toEqual([])
    expect(bodies('a: 1 | 2', "{ throw new Error('more than 2') }")).toEqual([])
  })
})
