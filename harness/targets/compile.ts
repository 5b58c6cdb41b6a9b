import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../package-root.ts'
import { HarnessError } from '../problems.ts'
import { probeHeader } from '../protocol/probe-header.ts'
import { buildOnce } from './build-once.ts'
import { compilerCommand, librariesOf, runCompiler } from './compiler.ts'

/**
 * The path of a probe built with this compiler (a command line, split as a shell does; otherwise $CC, otherwise
 * `cc`). Built once for the same sources and the same compiler, and kept in the user's cache. Throws `HarnessError` if
 * there is no compiler or it fails.
 */
export const compileProbe = (cc?: string, environment: NodeJS.ProcessEnv = process.env): Promise<string> =>
  compileFolder('probe', cc, environment)

/** The same for the first process of a booted kernel. */
export const compileGuest = (cc?: string, environment: NodeJS.ProcessEnv = process.env): Promise<string> =>
  compileFolder('guest', cc, environment)

async function compileFolder(
  name: 'probe' | 'guest',
  cc: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const compiler = compilerCommand(cc, environment)
  const sources = await readSources(join(packageRoot, 'harness', name))
  const header = probeHeader()
  const key = hashOf([compiler, flags, await versionOf(compiler), header, sources.map(({ text }) => text)])
  return buildOnce(key, environment, (folder) => compile(compiler, header, sources, folder))
}

const flags = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-pthread']

/** Generated, included by the sources as `"forms.h"`. */
const HEADER = 'forms.h'

interface Source {
  /** Path. */
  readonly file: string
  readonly text: string
}

async function readSources(folder: string): Promise<Source[]> {
  const found = await readdir(folder).catch((): string[] => [])
  const names = found.filter((name) => /\.[ch]$/.test(name) && name !== HEADER).sort()
  if (!names.some((name) => name.endsWith('.c')))
    throw new HarnessError(`The C sources are missing from ${folder}. Install ipc-oracle anew.`)
  return Promise.all(
    names.map(async (name) => ({
      file: join(folder, name),
      text: await readFile(join(folder, name), 'utf8'),
    })),
  )
}

const hashOf = (parts: unknown) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

/** What the compiler says about itself, so that another compiler of the same name builds anew. */
async function versionOf(compiler: readonly string[]): Promise<string> {
  const { output } = await runCompiler(compiler, ['--version'])
  return output
}

async function compile(
  compiler: readonly string[],
  header: string,
  sources: readonly Source[],
  folder: string,
): Promise<void> {
  const include = join(folder, 'include')
  await mkdir(include)
  await writeFile(join(include, HEADER), header)
  const files = sources.map(({ file }) => file).filter((file) => file.endsWith('.c'))
  const { failed, output } = await runCompiler(compiler, [
    ...flags,
    '-I',
    include,
    '-o',
    join(folder, 'probe'),
    ...files,
    ...librariesOf(compiler),
  ])
  if (failed) throw new HarnessError(compilerFailed(compiler, output))
}

function compilerFailed(compiler: readonly string[], output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const shown = lines.slice(0, LINES_MAX).join('\n  ')
  if (lines.length === 0)
    return `The probe does not compile with \`${compiler.join(' ')}\`, which says nothing. Name another compiler with --cc.`
  const more = lines.length > LINES_MAX ? `\n  … ${lines.length - LINES_MAX} more lines` : ''
  return `The probe does not compile with \`${compiler.join(' ')}\`. ${adviceFor(output)}\n  ${shown}${more}`
}

const LINES_MAX = 12

function adviceFor(output: string): string {
  if (/\.h.*(No such file|file not found)/.test(output))
    return "The C library's headers are missing (Debian: apt-get install libc6-dev linux-libc-dev, for -m32 gcc-multilib)."
  if (/cannot find -l|cannot find \S*crt|skipping incompatible/.test(output))
    return 'The C library for these flags is missing (Debian: apt-get install libc6-dev, for -m32 gcc-multilib).'
  return 'Name another compiler with --cc, or report this with the lines below.'
}
