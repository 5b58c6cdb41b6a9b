import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { compilerCommand, librariesOf } from './compiler.ts'
import { newFamily } from './family.ts'
import { inWorkFolder } from './work-folder.ts'

/** What came of a C program on a target. */
export interface TriedProgram {
  /** Its exit status; null where it was not run, or did not end by itself. */
  readonly status: number | null
  /** What it printed, or what the compiler said. */
  readonly output: string
}

export interface TryProgram {
  readonly source: string
  /** A command line; otherwise $CC, otherwise `cc`. */
  readonly cc: string | undefined
  /** The words put before the program. */
  readonly runner: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Builds a C program of one file as anybody would, and runs it. Nothing of it stays. */
export const tryProgram = ({ source, cc, runner, environment = {} }: TryProgram): Promise<TriedProgram> =>
  tryBuilt(source, cc, (program) => runBounded([...bounded, ...runner, program], environment))

/** The same with something else that runs it, given its path. */
export const tryBuilt = (
  source: string,
  cc: string | undefined,
  runIt: (program: string) => Promise<TriedProgram>,
): Promise<TriedProgram> =>
  inWorkFolder(async (folder) => {
    const file = join(folder, 'reproducer.c')
    const program = join(folder, 'reproducer')
    await writeFile(file, source)
    const compiler = compilerCommand(cc, process.env)
    const built = await runBounded([...compiler, ...FLAGS, '-o', program, file, ...librariesOf(compiler)], {})
    if (built.status !== 0) return { status: null, output: `It does not compile: ${built.output}` }
    return await runIt(program)
  })

const FLAGS = ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror', '-pthread']

/** An emulator keeps a record of all that a program maps, so that one that maps all it can would take all memory. */
export const KILOBYTES_MAX = 2 * 1024 * 1024
const bounded = ['sh', '-c', `ulimit -d ${KILOBYTES_MAX} 2>/dev/null; exec "$@"`, 'sh']

/** The program ends itself after a minute. */
const MILLISECONDS_MAX = 90_000

/** Runs a command for as long as a program may take; nothing that it started stays. What is put in does not end before the command does. */
export async function runBounded(
  [file = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>>,
  input?: Uint8Array,
): Promise<TriedProgram> {
  const family = newFamily()
  const child = execa(file, words, {
    ...{ all: true, reject: false, stdin: input === undefined ? 'ignore' : 'pipe' },
    ...{ env: { ...env, ...family.environment } },
    ...{ timeout: MILLISECONDS_MAX, forceKillAfterDelay: 1000, maxBuffer: 100_000 },
  })
  child.once('exit', family.end)
  child.stdin?.on('error', () => {}) // How it ended says more.
  if (input !== undefined) child.stdin?.write(input)
  const { exitCode, all, shortMessage } = await child
  return {
    status: exitCode ?? null,
    output: all === '' && exitCode === undefined ? (shortMessage ?? '') : all,
  }
}
