import ts from 'typescript'

/** The parts of a file that may or may not be reached; 0 stands for what every graph runs when it is loaded. */
export interface Regions {
  /** How many there are, 0 left out. */
  readonly count: number
  /** The innermost region that the node is in. */
  of(node: ts.Node): number
  /** The text of the file, in which each region calls `hit` with its number when it is reached. */
  instrumented(hit: string): string
}

/** The regions of a file, numbered from `first`. */
export function regionsOf(file: ts.SourceFile, first: number): Regions {
  const numbers = new Map<ts.Node, number>()
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return
    if (isRegion(node)) numbers.set(node, first + numbers.size)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return {
    count: numbers.size,
    of(node) {
      for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
        const number = numbers.get(at)
        if (number !== undefined) return number
      }
      return 0
    },
    instrumented: (hit) => instrument(file, numbers, hit),
  }
}

function isRegion(node: ts.Node): boolean {
  const { parent } = node
  if (parent === undefined || ts.isSourceFile(parent)) return false
  if (ts.isArrowFunction(parent) || ts.isFunctionDeclaration(parent)) return parent.body === node
  if (ts.isIfStatement(parent)) return node !== parent.expression
  if (ts.isForOfStatement(parent) || ts.isForStatement(parent) || ts.isWhileStatement(parent))
    return parent.statement === node
  if (ts.isConditionalExpression(parent)) return parent.whenTrue === node || parent.whenFalse === node
  return ts.isBinaryExpression(parent) && parent.right === node && isLazy(parent.operatorToken.kind)
}

const isLazy = (kind: ts.SyntaxKind) =>
  kind === ts.SyntaxKind.AmpersandAmpersandToken ||
  kind === ts.SyntaxKind.BarBarToken ||
  kind === ts.SyntaxKind.QuestionQuestionToken

function instrument(file: ts.SourceFile, numbers: ReadonlyMap<ts.Node, number>, hit: string): string {
  const insertions: { readonly at: number; readonly text: string }[] = []
  const visit = (node: ts.Node): void => {
    const number = numbers.get(node)
    const end = closing(node)
    if (number !== undefined) {
      const at = ts.isBlock(node) ? node.getStart() + 1 : node.getStart()
      insertions.push({ at, text: opening(node, `${hit}(${number})`) })
    }
    ts.forEachChild(node, visit)
    if (number !== undefined && end !== '') insertions.push({ at: node.getEnd(), text: end })
  }
  visit(file)
  let text = ''
  let done = 0
  for (const insertion of insertions.sort((a, b) => a.at - b.at)) {
    text += file.text.slice(done, insertion.at) + insertion.text
    done = insertion.at
  }
  return text + file.text.slice(done)
}

const opening = (node: ts.Node, call: string) =>
  ts.isBlock(node) ? `${call};` : ts.isStatement(node) ? `{${call};` : `(${call},`

const closing = (node: ts.Node) => (ts.isBlock(node) ? '' : ts.isStatement(node) ? '}' : ')')
