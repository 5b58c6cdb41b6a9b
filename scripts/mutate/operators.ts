import ts from 'typescript'
import type { Edit } from './mutant.ts'

/** A way to change a node. */
export interface Change extends Edit {
  readonly operator: string
  /** The part that is left out, for a name that does not repeat the whole. */
  readonly dropped?: string
}

type Operator = (node: ts.Node, checker: ts.TypeChecker) => readonly Change[]

/** Every change that the operators make of this node itself. */
export const changesOf = (node: ts.Node, checker: ts.TypeChecker): readonly Change[] =>
  operators.flatMap((operator) => operator(node, checker))

const replace = (node: ts.Node, operator: string, text: string): Change => ({
  operator,
  start: node.getStart(),
  end: node.getEnd(),
  text,
})

const { SyntaxKind } = ts

const swaps: ReadonlyMap<ts.SyntaxKind, readonly string[]> = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [SyntaxKind.LessThanToken, ['<=', '>=']],
  [SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [SyntaxKind.AmpersandToken, ['|']],
  [SyntaxKind.BarToken, ['&']],
])

const sums: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [SyntaxKind.PlusToken, '-'],
  [SyntaxKind.MinusToken, '+'],
  [SyntaxKind.PlusEqualsToken, '-='],
  [SyntaxKind.MinusEqualsToken, '+='],
])

const comparison: Operator = (node, checker) => {
  if (!ts.isBinaryExpression(node)) return []
  const sum = sums.get(node.operatorToken.kind)
  const texts = swaps.get(node.operatorToken.kind) ?? (sum && isNumeric(node, checker) ? [sum] : [])
  return texts.map((text) => replace(node.operatorToken, 'operator', text))
}

/** The guard of a value that only the type checker thinks may be missing cannot be told from none. */
const isGuard = (node: ts.Expression): boolean =>
  ts.isBinaryExpression(node) && [node.left, node.right].some((side) => side.getText() === 'undefined')

const side: Operator = (node) => {
  if (!ts.isBinaryExpression(node) || !isLogical(node)) return []
  const { left, right } = node
  return [
    ...(isGuard(right) ? [] : [replace(node, 'side', left.getText())]),
    ...(isGuard(left) ? [] : [replace(node, 'side', right.getText())]),
  ]
}

const negation: Operator = (node, checker) => {
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken)
    return [replace(node, 'negation', node.operand.getText())]
  if (!ts.isExpression(node) || !isTested(node) || !isAtom(node) || !isBoolean(node, checker)) return []
  return [replace(node, 'negation', `!${node.getText()}`)]
}

const isLogical = ({ operatorToken }: ts.BinaryExpression) =>
  operatorToken.kind === SyntaxKind.AmpersandAmpersandToken || operatorToken.kind === SyntaxKind.BarBarToken

const isAtom = (node: ts.Node) =>
  ts.isCallExpression(node) ||
  ts.isIdentifier(node) ||
  ts.isPropertyAccessExpression(node) ||
  ts.isElementAccessExpression(node)

function isTested(node: ts.Expression): boolean {
  const { parent } = node
  if (ts.isConditionalExpression(parent)) return parent.condition === node
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isReturnStatement(parent)) return true
  if (ts.isForStatement(parent)) return parent.condition === node
  if (ts.isArrowFunction(parent)) return parent.body === node
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node
  return ts.isBinaryExpression(parent) && isLogical(parent)
}

const truth: Operator = (node) => {
  if (node.kind === SyntaxKind.TrueKeyword) return [replace(node, 'truth', 'false')]
  return node.kind === SyntaxKind.FalseKeyword ? [replace(node, 'truth', 'true')] : []
}

const isDefault = ({ parent }: ts.Node) =>
  ts.isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.QuestionQuestionToken

/** One alternative more of a choice only leaves more open; also where it is one of a sum. */
const isCount = (node: ts.Node): boolean => {
  const { parent } = node
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.PlusToken)
    return isCount(parent)
  return ts.isCallExpression(parent) && parent.expression.getText() === 'choose'
}

const number: Operator = (node) => {
  if (isDefault(node) || isCount(node)) return []
  if (ts.isNumericLiteral(node)) return [replace(node, 'number', `${Number(node.text) + 1}`)]
  if (!ts.isBigIntLiteral(node)) return []
  return [replace(node, 'number', `${BigInt(node.text.slice(0, -1)) + 1n}n`)]
}

/** The errno of a rule beside its condition only tells errors from effects. */
const isLabel = ({ parent }: ts.Node) =>
  ts.isPropertyAssignment(parent) && parent.name.getText() === 'errno' && isRule(parent.parent)

/** Without one of its fields a rule is none. */
const isRule = ({ properties }: ts.ObjectLiteralExpression) =>
  properties.some((property) => property.name?.getText() === 'when')

const errno: Operator = (node) => {
  if (!ts.isStringLiteral(node) || !/^E[A-Z0-9]{3,}$/.test(node.text)) return []
  if (isLabel(node) || isDefault(node)) return []
  return [replace(node, 'errno', node.text === 'EINVAL' ? "'EPERM'" : "'EINVAL'")]
}

const statement: Operator = (node) =>
  ts.isExpressionStatement(node) ? [replace(node, 'statement', ';')] : []

/** An arrow function that is nothing but a call made for its effect. */
const effect: Operator = (node, checker) => {
  if (!ts.isCallExpression(node) || !ts.isArrowFunction(node.parent) || node.parent.body !== node) return []
  const isVoid = (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Void) !== 0
  return isVoid ? [{ ...replace(node, 'statement', '{}'), dropped: node.getText() }] : []
}

const element: Operator = (node) => {
  if (!ts.isArrayLiteralExpression(node) || node.elements.length < 2) return []
  if (node.elements.some((each) => ts.isStringLiteralLike(each) || ts.isNumericLiteral(each))) return []
  return node.elements.map((dropped) => {
    const kept = node.elements.filter((each) => each !== dropped).map((each) => each.getText())
    return { ...replace(node, 'element', `[${kept.join(', ')}]`), dropped: dropped.getText() }
  })
}

/** What changes in a copy. */
const field: Operator = (node) => {
  if (!ts.isObjectLiteralExpression(node) || isRule(node) || !node.properties.some(ts.isSpreadAssignment))
    return []
  return node.properties
    .filter((property) => !ts.isSpreadAssignment(property))
    .map((dropped) => {
      const kept = node.properties.filter((each) => each !== dropped).map((each) => each.getText())
      return { ...replace(node, 'field', `{ ${kept.join(', ')} }`), dropped: dropped.getText() }
    })
}

const quantifier: Operator = (node) => {
  if (!ts.isIdentifier(node) || !ts.isPropertyAccessExpression(node.parent) || node.parent.name !== node)
    return []
  if (node.text === 'some') return [replace(node, 'quantifier', 'every')]
  return node.text === 'every' ? [replace(node, 'quantifier', 'some')] : []
}

const operators: readonly Operator[] = [
  comparison,
  side,
  negation,
  truth,
  number,
  errno,
  statement,
  effect,
  element,
  field,
  quantifier,
]

const typesOf = (node: ts.Node, checker: ts.TypeChecker): readonly ts.Type[] => {
  const type = checker.getTypeAtLocation(node)
  return type.isUnion() ? type.types : [type]
}

const isBoolean = (node: ts.Node, checker: ts.TypeChecker) =>
  typesOf(node, checker).every(
    ({ flags }) => (flags & (ts.TypeFlags.BooleanLike | ts.TypeFlags.Undefined)) !== 0,
  )

const isNumeric = (node: ts.Node, checker: ts.TypeChecker) =>
  typesOf(node, checker).every(
    ({ flags }) => (flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike)) !== 0,
  )
