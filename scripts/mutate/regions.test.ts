import ts from 'typescript'
import { expect, it } from 'vitest'
import { regionsOf } from './regions.ts'

const instrument = (text: string) =>
  regionsOf(ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2023, true), 1).instrumented('hit')

it('a region tells when it is reached', () => {
  expect(instrument('const f = (a: number) => a && { b: a ? 1 : 2 }')).toBe(
    'const f = (a: number) => (hit(1),a && (hit(2),{ b: a ? (hit(3),1) : (hit(4),2) }))',
  )
  expect(instrument('function f() { for (const a of b) if (a) return; else c() }')).toBe(
    'function f() {hit(1); for (const a of b) {hit(2);if (a) {hit(3);return;} else {hit(4);c()}} }',
  )
})

it('a place belongs to the innermost region, and to none outside of functions', () => {
  const file = ts.createSourceFile('a.ts', 'const a = 1; const f = () => b', ts.ScriptTarget.ES2023, true)
  const regions = regionsOf(file, 7)
  const places: number[] = []
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node) || ts.isNumericLiteral(node)) places.push(regions.of(node))
    ts.forEachChild(node, visit)
  }
  visit(file)
  expect(places).toEqual([0, 0, 0, 7])
})
