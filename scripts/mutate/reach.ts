import ts from 'typescript'
import type { Sources } from './program.ts'
import type { Regions } from './regions.ts'
import { usesOf } from './silence.ts'

/**
 * The regions in which a node can matter: the one that it is in; of what is computed when a module is loaded, those that
 * use it, directly or by way of other such values; 0 where that cannot be told.
 */
export function reachIn(
  { files, checker }: Sources,
  regions: ReadonlyMap<ts.SourceFile, Regions>,
): (node: ts.Node) => readonly number[] {
  const uses = usesOf(files, checker)
  const known = new Map<ts.Symbol, ReadonlySet<number>>()
  const own = (node: ts.Node) => regions.get(node.getSourceFile())?.of(node) ?? 0
  const ofSymbol = (symbol: ts.Symbol): ReadonlySet<number> => {
    const done = known.get(symbol)
    if (done !== undefined) return done
    const found = new Set<number>()
    known.set(symbol, found)
    for (const use of uses.get(symbol) ?? []) for (const region of reach(use)) found.add(region)
    return found
  }
  const reach = (node: ts.Node): Iterable<number> => {
    const region = own(node)
    if (region !== 0) return [region]
    const symbol = declaredBy(node, checker)
    return symbol === undefined ? [0] : ofSymbol(symbol)
  }
  return (node) => [...reach(node)]
}

/** What the statement that the node is in declares at the top of its module. */
function declaredBy(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent)
    if (
      (ts.isVariableDeclaration(at) && ts.isSourceFile(at.parent.parent.parent)) ||
      ts.isFunctionDeclaration(at)
    )
      return at.name === undefined || ts.isObjectBindingPattern(at.name)
        ? undefined
        : checker.getSymbolAtLocation(at.name)
  return undefined
}
