import ts from 'typescript'
import { options } from './program.ts'

/** Whether a file of the model still has its types right with another text. */
export type TypeCheck = (file: string, text: string) => boolean

/** Checks one file at a time; what other files make of its exports is not looked at. */
export function openTypes(texts: ReadonlyMap<string, string>): TypeCheck {
  let changed = ''
  let now = ''
  let version = 0
  const textOf = (name: string) => (name === `/${changed}` ? now : texts.get(name.slice(1)))
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...texts.keys()].map((name) => `/${name}`),
    getScriptVersion: (name) => (name === `/${changed}` ? `${version}` : '0'),
    getScriptSnapshot: (name) => {
      const text = textOf(name) ?? ts.sys.readFile(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (name) => texts.has(name.slice(1)) || ts.sys.fileExists(name),
    readFile: (name) => textOf(name) ?? ts.sys.readFile(name),
  })
  return (file, text) => {
    changed = file
    now = text
    version++
    return service.getSemanticDiagnostics(`/${file}`).length === 0
  }
}
