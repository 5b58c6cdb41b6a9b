import ts from 'typescript'

/** Source files whose symbols and types are known. */
export interface Sources {
  readonly files: readonly ts.SourceFile[]
  readonly checker: ts.TypeChecker
}

/** How the model is compiled, without what only tidies. */
export const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2023.d.ts'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  noEmit: true,
}

/** Reads TypeScript from texts by file name; imports are relative. */
export function openSources(texts: ReadonlyMap<string, string>): Sources {
  const fallback = ts.createCompilerHost(options, true)
  const host: ts.CompilerHost = {
    ...fallback,
    getCurrentDirectory: () => '/',
    directoryExists: (name) =>
      [...texts.keys()].some((file) => `/${file}`.startsWith(`${name}/`)) || ts.sys.directoryExists(name),
    fileExists: (name) => texts.has(name.replace(/^\//, '')) || fallback.fileExists(name),
    readFile: (name) => texts.get(name.replace(/^\//, '')) ?? fallback.readFile(name),
    getSourceFile: (name, target) => {
      const text = texts.get(name.replace(/^\//, ''))
      return text === undefined
        ? fallback.getSourceFile(name, target)
        : ts.createSourceFile(name, text, { languageVersion: ts.ScriptTarget.ES2023 }, true)
    },
  }
  const program = ts.createProgram(
    [...texts.keys()].map((name) => `/${name}`),
    options,
    host,
  )
  const files = program.getSourceFiles().filter(({ fileName }) => texts.has(fileName.slice(1)))
  return { files, checker: program.getTypeChecker() }
}

/** As it is named in `openSources`. */
export const nameOf = ({ fileName }: ts.SourceFile): string => fileName.replace(/^\//, '')
