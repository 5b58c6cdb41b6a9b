import { execa } from 'execa'
import { splitCommand } from '../command-line.ts'
import { HarnessError } from '../problems.ts'

/** The words of the compiler: those of `cc`, otherwise of $CC, otherwise `cc`. */
export function compilerCommand(cc: string | undefined, environment: NodeJS.ProcessEnv): readonly string[] {
  const words = [cc, environment.CC].map((choice) => splitCommand(choice ?? ''))
  return words.find(({ length }) => length > 0) ?? ['cc']
}

export interface CompilerRun {
  readonly failed: boolean
  /** None where a signal ended it. */
  readonly status: number | undefined
  /** All that it wrote. */
  readonly output: string
}

/** A linker takes from a library what is missing when it comes to it: libraries stand behind what needs them. */
export const librariesOf = (compiler: readonly string[]): readonly string[] =>
  compiler.filter((word) => word.startsWith('-l'))

/** Runs the compiler with more words. Throws `HarnessError` where there is none. */
export async function runCompiler(
  compiler: readonly string[],
  more: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CompilerRun> {
  const [file = 'cc', ...own] = compiler
  const { failed, code, exitCode, all } = await execa(file, [...own, ...more], {
    all: true,
    env: environment,
    reject: false,
    stdin: 'ignore',
    maxBuffer: 1_000_000,
  })
  if (code === 'ENOENT' || code === 'EACCES') throw new HarnessError(compilerMissing(file))
  return { failed, status: exitCode, output: all }
}

const compilerMissing = (file: string) =>
  `No C compiler: \`${file}\` was not found. Install one (Debian: apt-get install gcc libc6-dev; Alpine: apk add gcc musl-dev) or name yours with --cc.`
