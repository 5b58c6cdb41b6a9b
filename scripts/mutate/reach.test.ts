import ts from 'typescript'
import { expect, it } from 'vitest'
import { openSources } from './program.ts'
import { reachIn } from './reach.ts'
import { regionsOf } from './regions.ts'

it('what is computed when a module is loaded matters where it is used', () => {
  const text = [
    'const one = 1',
    'const list = [one, 2]',
    'export const f = () => list.length',
    'export const g = () => one',
    'export const h = () => f()',
    'console.log(3)',
  ].join('\n')
  const sources = openSources(new Map([['a.ts', text]]))
  const [file] = sources.files
  if (file === undefined) throw new Error('no file')
  const reach = reachIn(sources, new Map([[file, regionsOf(file, 1)]]))
  const found: Record<string, readonly number[]> = {}
  const visit = (node: ts.Node) => {
    if (ts.isNumericLiteral(node)) found[node.text] = [...reach(node)].sort()
    ts.forEachChild(node, visit)
  }
  visit(file)
  expect(found).toEqual({ 1: [1, 2], 2: [1], 3: [0] })
})
