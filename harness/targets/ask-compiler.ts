import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../problems.ts'
import { runCompiler } from './compiler.ts'
import { inWorkFolder } from './work-folder.ts'

/** `why`: the first line with which the compiler, or the linker, says what is wrong with the program. */
export type Compiled = { readonly is: 'accepted' } | { readonly is: 'refused'; readonly why: string }

/**
 * Whether the compiler makes a program of the source where these macros are defined. Nothing of it stays. Throws
 * `HarnessError` where there is no compiler, or its answer is neither yes nor no.
 */
export const askCompiler = (
  compiler: readonly string[],
  source: string,
  macros: readonly string[],
): Promise<Compiled> => inWorkFolder((folder) => build(compiler, folder, source, macros))

/** The standard to the letter, so that every compiler refuses what it forbids; the names are those of all standards. */
const flags = ['-std=c11', '-pedantic-errors', '-D_GNU_SOURCE', '-O1', '-pthread']

const SOURCE = 'program.c'

async function build(
  compiler: readonly string[],
  folder: string,
  source: string,
  macros: readonly string[],
): Promise<Compiled> {
  const program = join(folder, 'program')
  await writeFile(join(folder, SOURCE), source)
  const words = [...flags, ...macros.map((macro) => `-D${macro}`), '-o', program, join(folder, SOURCE)]
  const { failed, output, status } = await runCompiler(compiler, words, { LC_ALL: 'C' })
  if (!failed && (await isThere(program))) return { is: 'accepted' }
  const lines = output.split('\n')
  const why = lines.find((line) => COMPLAINT.test(line))?.replaceAll(`${folder}/`, '')
  if (status === REFUSED && why !== undefined && !lines.some((line) => BREAKDOWN.test(line)))
    return { is: 'refused', why: why.trim() }
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
