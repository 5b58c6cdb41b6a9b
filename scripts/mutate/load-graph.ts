import { posix } from 'node:path'
import { Script } from 'node:vm'

type Exports = Record<string, unknown>
type Wrapper = (exports: Exports, require: (specifier: string) => Exports, hit: Hit) => void

/** Hears of each region that an instrumented module reaches. */
export type Hit = (region: number) => void

/** How a module calls it. */
export const HIT = 'hit'

/** Compiled modules by file name; they are compiled once, and run anew for each graph. */
export type Compiled = ReadonlyMap<string, Script>

export const compileAll = (scripts: ReadonlyMap<string, string>): Compiled =>
  new Map([...scripts].map(([file, text]) => [file, compileOne(file, text)]))

export const compileOne = (file: string, text: string): Script =>
  new Script(`(function (exports, require, ${HIT}) {${text}\n})`, { filename: file })

/** Loads modules by file name; each runs once, with all that it imports, and none is shared with another graph. */
export function openGraph(compiled: Compiled, hit: Hit): (file: string) => Exports {
  const loaded = new Map<string, Exports>()
  const load = (file: string): Exports => {
    const known = loaded.get(file)
    if (known !== undefined) return known
    const script = compiled.get(file)
    if (script === undefined) throw new Error(`${file} is not in the graph of modules.`)
    const exports: Exports = {}
    loaded.set(file, exports)
    const wrapper: Wrapper = script.runInThisContext()
    wrapper(exports, (specifier) => load(posix.join(posix.dirname(file), specifier)), hit)
    return exports
  }
  return load
}
