import ts from 'typescript'
import { applyEdit, type Mutant } from './mutant.ts'
import { type Change, changesOf } from './operators.ts'
import { nameOf, type Sources } from './program.ts'
import { walk } from './silence.ts'

/** Every mutant of a file, in the order of its text; nothing in `silence` is changed. */
export function mutantsOf(
  file: ts.SourceFile,
  { checker }: Sources,
  silence: ReadonlySet<ts.Node>,
  regionsOf: (node: ts.Node) => readonly number[],
): readonly Mutant[] {
  const found: Mutant[] = []
  const names = new Map<string, number>()
  walk(file, (node) => {
    if (silence.has(node) || isText(node)) return false
    for (const change of changesOf(node, checker)) {
      const mutant = describe(file, node, change, regionsOf(node))
      const same = (names.get(mutant.name) ?? 0) + 1
      names.set(mutant.name, same)
      found.push(same === 1 ? mutant : { ...mutant, name: `${mutant.name} #${same}` })
    }
    return true
  })
  return found
}

/** What is only there for people or for the type checker. */
const isText = (node: ts.Node) =>
  ts.isImportDeclaration(node) ||
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isThrowStatement(node) ||
  (ts.isCallExpression(node) && ['clause', 'note'].includes(node.expression.getText()))

function describe(file: ts.SourceFile, node: ts.Node, change: Change, regions: readonly number[]): Mutant {
  const { operator, start, end, text } = change
  const [before, after] =
    change.dropped === undefined ? lines(file.text, change) : [cut(asOneLine(change.dropped)), NOTHING]
  return {
    name: `${nameOf(file)} ${ownerOf(node)} ${operator}: ${before} => ${after}`,
    file: nameOf(file),
    line: file.getLineAndCharacterOfPosition(start).line + 1,
    operator,
    before,
    after,
    edit: { start, end, text },
    regions,
  }
}

/** The lines that change, before and after, in one line each. */
function lines(source: string, change: Change): readonly [string, string] {
  const from = source.lastIndexOf('\n', change.start - 1) + 1
  const next = source.indexOf('\n', change.end)
  const to = next === -1 ? source.length : next
  const edit = { start: change.start - from, end: change.end - from, text: change.text }
  const line = source.slice(from, to)
  if (line.includes('\n'))
    return [cut(asOneLine(source.slice(change.start, change.end))), cut(asOneLine(change.text))]
  return [asOneLine(line), asOneLine(applyEdit(line, edit))]
}

const NOTHING = '(nothing)'
/** Characters: more than these of a text do not help to find it. */
const LONG = 140
const cut = (text: string) => (text.length <= LONG ? text : `${text.slice(0, LONG - 1)}…`)

const asOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The declared things that the node is in, from the outside: `isTooLong.when`. */
function ownerOf(node: ts.Node): string {
  const names: string[] = []
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (
      ts.isFunctionDeclaration(at) ||
      ts.isVariableDeclaration(at) ||
      (ts.isPropertyAssignment(at) && ts.isFunctionLike(at.initializer))
    )
      if (at.name !== undefined && !ts.isObjectBindingPattern(at.name)) names.unshift(at.name.getText())
  return names.join('.') || 'module'
}
