import { posix } from 'node:path'
import { Script } from 'node:vm'

export type Exports = Record<string, unknown>
type Wrapper = (exports: Exports, require: (specifier: string) => Exports, hit: Hit) => void

/** Hears of each region that an instrumented module reaches. */
export type Hit = (region: number) => void

/** How a module calls it: by a name that none declares. */
export const HIT = '$reaches'

/** Compiled modules by file name; each is compiled once, when it is first loaded, and runs anew for each graph. */
export type Compiled = (file: string) => Script | undefined

export function compileAll(scripts: ReadonlyMap<string, string>): Compiled {
  const done = new Map<string, Script>()
  return (file) => {
    const text = scripts.get(file)
    if (!done.has(file) && text !== undefined) done.set(file, compileOne(file, text))
    return done.get(file)
  }
}

/** The same modules, but one with other text. */
export function withFile(compiled: Compiled, file: string, text: string): Compiled {
  const script = compileOne(file, text)
  return (name) => (name === file ? script : compiled(name))
}

const compileOne = (file: string, text: string): Script =>
  new Script(`(function (exports, require, ${HIT}) {${text}\n})`, { filename: file })

/**
 * Loads modules by file name; each runs once, with all that it imports, and none is shared with another graph. What is
 * imported by another name than a file's is asked of `provide`.
 */
export function openGraph(
  compiled: Compiled,
  hit: Hit,
  provide: (specifier: string) => Exports = (specifier) => {
    throw new Error(`${specifier} is no file.`)
  },
): (file: string) => Exports {
  const loaded = new Map<string, Exports>()
  const load = (file: string): Exports => {
    const known = loaded.get(file)
    if (known !== undefined) return known
    const script = compiled(file)
    if (script === undefined) throw new Error(`${file} is not in the graph of modules.`)
    const exports: Exports = {}
    loaded.set(file, exports)
    const wrapper: Wrapper = script.runInThisContext()
    wrapper(
      exports,
      (specifier) =>
        specifier.startsWith('.') ? load(posix.join(posix.dirname(file), specifier)) : provide(specifier),
      hit,
    )
    return exports
  }
  return load
}
