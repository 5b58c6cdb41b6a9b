import { constants } from 'node:fs'
import { access, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../problems.ts'
import { startChild } from '../transports/child.ts'
import { pause } from '../transports/pause.ts'
import { cacheFolders } from './cache-folder.ts'
import { runCompiler } from './compiler.ts'
import { newFolder } from './work-folder.ts'

/** Builds C programs as the probe of a target is built, and runs them as that is run. Both throw `HarnessError`. */
export interface Programs {
  /** Whether the compiler makes a program of it where these macros are defined; an answer that is neither is thrown. */
  compile(source: string, macros: readonly string[]): Promise<Compiled>
  /** What it prints, without white space at the ends; throws where it does not exit with status 0 in time. */
  run(source: string): Promise<string>
}

/** `why`: the first line with which the compiler, or the linker, says what is wrong with the program. */
export type Compiled = { readonly is: 'accepted' } | { readonly is: 'refused'; readonly why: string }

export interface ProgramsStart {
  readonly compiler: readonly string[]
  /** What stands before the program where it is run. */
  readonly prefix: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Seconds that a program may take. */
  readonly within: number
}

export function createPrograms(start: ProgramsStart): Programs {
  const { compiler } = start
  return {
    compile: (source, macros) =>
      inFolder(async (folder) => (await build(compiler, folder, source, macros)).compiled),
    run: (source) =>
      inFolder(async (folder) => {
        const { compiled, program } = await build(compiler, folder, source, [])
        if (compiled.is === 'refused') throw new HarnessError(`It does not compile: ${compiled.why}`)
        return (await isExecutable(program)) ? outputOf(program, start) : undefined
      }),
  }
}

/** Does something in a folder of its own that is gone afterwards; in another one as long as it comes to nothing. */
async function inFolder<T>(use: (folder: string) => Promise<T | undefined>): Promise<T> {
  for await (const cache of cacheFolders(process.env)) {
    const folder = await newFolder(cache)
    if (folder === null) continue
    try {
      const done = await use(folder)
      if (done !== undefined) return done
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  throw new HarnessError('There is no folder where a program can be built and executed.')
}

/** The standard to the letter, so that every compiler refuses what it forbids; the names are those of all standards. */
const flags = ['-std=c11', '-pedantic-errors', '-D_GNU_SOURCE', '-O1', '-pthread']

const SOURCE = 'program.c'

async function build(
  compiler: readonly string[],
  folder: string,
  source: string,
  macros: readonly string[],
): Promise<{ compiled: Compiled; program: string }> {
  const program = join(folder, 'program')
  await writeFile(join(folder, SOURCE), source)
  const words = [...flags, ...macros.map((macro) => `-D${macro}`), '-o', program, join(folder, SOURCE)]
  const { failed, output, status } = await runCompiler(compiler, words, { LC_ALL: 'C' })
  if (!failed && (await isThere(program))) return { compiled: { is: 'accepted' }, program }
  const lines = output.split('\n')
  const why = lines.find((line) => COMPLAINT.test(line))?.replaceAll(`${folder}/`, '')
  if (status === REFUSED && why !== undefined && !lines.some((line) => BREAKDOWN.test(line)))
    return { compiled: { is: 'refused', why: why.trim() }, program }
  const said = lines.find((line) => line.trim() !== '') ?? 'it says nothing'
  throw new HarnessError(
    `\`${compiler.join(' ')}\` neither makes a program nor says what is wrong with it: ${said.trim()}`,
  )
}

/** The status with which gcc, clang and their kin leave after errors in the program. */
const REFUSED = 1
const COMPLAINT = /\b(error: |undefined (reference|symbol))/
/** What has nothing to do with the program. */
const BREAKDOWN =
  /internal compiler error|No space left|[Kk]illed|memory exhausted|cannot (find|open|execute)/

const isThere = async (path: string) =>
  stat(path).then(
    ({ size }) => size > 0,
    () => false,
  )

const isExecutable = async (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

async function outputOf(program: string, { prefix, environment, within }: ProgramsStart): Promise<string> {
  let output = ''
  const child = startChild([...prefix, program], environment, (chunk) => {
    output = (output + Buffer.from(chunk).toString('utf8')).slice(0, OUTPUT_MAX)
  })
  child.endInput()
  const ending = await Promise.race([child.ended, pause(within * 1000)])
  if (ending?.how === 'exited with status 0') return output.trim()
  child.kill()
  await child.ended
  throw new HarnessError(`The program ${ending === undefined ? `ran for ${within} s` : ending.how}.`)
}

/** Characters. */
const OUTPUT_MAX = 1000
