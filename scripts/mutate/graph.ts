import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { packageRoot } from '../../harness/package-root.ts'

/** The texts of a module and of all that it imports, by file name relative to the package. */
export function moduleGraph(
  entry: string,
  isLeftOut: (file: string) => boolean = () => false,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const visit = (file: string) => {
    if (texts.has(file) || isLeftOut(file)) return
    const text = readFileSync(join(packageRoot, file), 'utf8')
    texts.set(file, text)
    for (const { fileName } of ts.preProcessFile(text).importedFiles)
      if (fileName.startsWith('.')) visit(posix.join(posix.dirname(file), fileName))
  }
  visit(entry)
  return texts
}

/** JavaScript whose imports are calls of `require`. */
export const transpile = (text: string): string =>
  ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.CommonJS,
      verbatimModuleSyntax: false,
    },
  }).outputText
