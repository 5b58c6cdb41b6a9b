import ts from 'typescript'
import { nameOf, type Sources } from './program.ts'

/** The function that counts a rule as exercised. */
const NOTE = 'note'

/** The function that leaves something open; what it is told besides tells only the rule. */
const CHOOSE = 'choose'

/**
 * The roots of what cannot change an outcome: calls of `note`, what only guards them, functions that do nothing but
 * call it, what only those use, and what nothing uses. What is declared in a file that `isOutside` counts as used.
 */
export function silenceOf(
  { files, checker }: Sources,
  isOutside: (file: string) => boolean,
): ReadonlySet<ts.Node> {
  const inside = files.filter((file) => !isOutside(nameOf(file)))
  const names = declarationsOf(inside, checker)
  const uses = usesOf(files, checker)
  const silent = new Set([...names.keys()].filter(({ name }) => name === NOTE))
  const roots = new Set<ts.Node>(
    [...names].flatMap(([symbol, declaration]) => (silent.has(symbol) ? [declaration] : [])),
  )
  const isSilent = silentStatements(silent, checker)
  const isInside = (node: ts.Node) => {
    for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (roots.has(at)) return true
    return false
  }
  for (let before = -1; before !== silent.size + roots.size; ) {
    before = silent.size + roots.size
    for (const file of inside)
      walk(file, (node) => {
        const isNoting = ts.isStatement(node) ? isSilent(node) : isCallOf(node, silent, checker)
        if (isNoting) roots.add(node)
        const named = ruleNamedBy(node)
        if (named !== undefined) roots.add(named)
        return !isNoting
      })
    for (const [symbol, declaration] of names) {
      if (silent.has(symbol)) continue
      const used = uses.get(symbol) ?? []
      const body = bodyOf(declaration)
      const isOnlyNoting = body !== undefined && ts.isBlock(body) && isSilent(body)
      if (!isOnlyNoting && !used.every(isInside)) continue
      silent.add(symbol)
      roots.add(declaration)
    }
  }
  return roots
}

/** Visits the nodes below, in a node only if `visit` answers so. */
export function walk(node: ts.Node, visit: (node: ts.Node) => boolean): void {
  ts.forEachChild(node, (child) => {
    if (visit(child)) walk(child, visit)
  })
}

/** A statement that does nothing but note; declarations and bare returns may be among it. */
function silentStatements(silent: ReadonlySet<ts.Symbol>, checker: ts.TypeChecker) {
  type Sound = 'silent' | 'neutral' | 'loud'
  const all = (sounds: readonly Sound[]): Sound =>
    sounds.includes('loud') ? 'loud' : sounds.includes('silent') ? 'silent' : 'neutral'
  const sound = (node: ts.Statement): Sound => {
    if (ts.isBlock(node)) return all(node.statements.map(sound))
    if (ts.isIfStatement(node)) return all([node.thenStatement, node.elseStatement].flatMap(orNone))
    if (ts.isForOfStatement(node)) return sound(node.statement)
    if (ts.isReturnStatement(node)) return node.expression === undefined ? 'neutral' : 'loud'
    if (ts.isContinueStatement(node) || ts.isVariableStatement(node)) return 'neutral'
    return ts.isExpressionStatement(node) && isCallOf(node.expression, silent, checker) ? 'silent' : 'loud'
  }
  const orNone = (each: ts.Statement | undefined): readonly Sound[] =>
    each === undefined ? [] : [sound(each)]
  return (node: ts.Statement): boolean => sound(node) === 'silent' && !holdsReturn(node)
}

function isCallOf(node: ts.Node, functions: ReadonlySet<ts.Symbol>, checker: ts.TypeChecker): boolean {
  const callee = ts.isCallExpression(node) ? symbolOf(node.expression, checker) : undefined
  return callee !== undefined && functions.has(callee)
}

/** A guard that leaves the function is heard, unless the function itself is silent. */
const holdsReturn = (node: ts.Statement): boolean => {
  if (ts.isBlock(node) && ts.isFunctionLike(node.parent)) return false
  let found = false
  walk(node, (child) => {
    found ||= ts.isReturnStatement(child) || ts.isContinueStatement(child)
    return !found && !ts.isFunctionLike(child)
  })
  return found
}

/** A choice names the rule that leaves it open. */
const ruleNamedBy = (node: ts.Node): ts.Node | undefined =>
  ts.isCallExpression(node) && node.expression.getText() === CHOOSE ? node.arguments[1] : undefined

type Declaration = ts.FunctionDeclaration | ts.VariableDeclaration

function declarationsOf(files: readonly ts.SourceFile[], checker: ts.TypeChecker) {
  const found = new Map<ts.Symbol, Declaration>()
  for (const file of files)
    walk(file, (node) => {
      const isNamed =
        ts.isVariableDeclaration(node) &&
        ts.isIdentifier(node.name) &&
        !ts.isForOfStatement(node.parent.parent)
      if (!ts.isFunctionDeclaration(node) && !isNamed) return true
      const symbol = node.name === undefined ? undefined : checker.getSymbolAtLocation(node.name)
      if (symbol !== undefined) found.set(symbol, node)
      return true
    })
  return found
}

/** Where the symbols are used: identifiers, those of imports and types left out. */
export function usesOf(files: readonly ts.SourceFile[], checker: ts.TypeChecker) {
  const found = new Map<ts.Symbol, ts.Node[]>()
  for (const file of files)
    walk(file, (node) => {
      if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return false
      if (!ts.isIdentifier(node)) return true
      const symbol = symbolOf(node, checker)
      const isName =
        (node.parent as { name?: ts.Node }).name === node && !ts.isPropertyAccessExpression(node.parent)
      const isUse = !isName || ts.isShorthandPropertyAssignment(node.parent)
      if (symbol !== undefined && isUse) found.set(symbol, [...(found.get(symbol) ?? []), node])
      return true
    })
  return found
}

function symbolOf(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
  return isAlias ? checker.getAliasedSymbol(symbol) : symbol
}

function bodyOf(declaration: Declaration): ts.ConciseBody | undefined {
  if (ts.isFunctionDeclaration(declaration)) return declaration.body
  const { initializer } = declaration
  return initializer !== undefined && ts.isArrowFunction(initializer) ? initializer.body : undefined
}
