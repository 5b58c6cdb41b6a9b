import { splitCommand } from '../command-line.ts'
import { NotInstalled } from '../problems.ts'
import type { Hello } from '../protocol/hello.ts'
import { startProbe } from '../transports/probe-process.ts'
import { askCompiler } from './ask-compiler.ts'
import { chooseCompiler } from './choose-compiler.ts'
import { compileProbe } from './compile.ts'
import { compilerCommand } from './compiler.ts'
import { aptCommand, installWords } from './debian.ts'
import type { TargetDescription } from './description.ts'
import { headerOf } from './header.ts'
import { triedObstacle } from './obstacle.ts'
import { onPath } from './on-path.ts'
import { nowhere, passingFolder } from './passing-folder.ts'
import { printedVersion } from './printed-version.ts'
import type { StartOptions, Target } from './target.ts'
import { tryProgram } from './try-program.ts'

/** The target of a description. */
export function describedTarget(description: TargetDescription): Target {
  const { name, summary, packages, probesMax, layer, entry } = description
  const target: Target = {
    name,
    summary,
    packages,
    understands: ['cc', 'wrap', 'entry', 'replyWithin', 'spread'],
    ...(probesMax === undefined ? {} : { probesMax }),
    ...(layer === undefined ? {} : { layer }),
    ...(entry === undefined ? {} : { entry }),
    obstacle: (options) => triedObstacle(target, options),
    async start(options) {
      const runner = await runnerOf(description)
      const probe = await compileProbe(await compilerOf(description, options))
      const replyWithin = options.replyWithin ?? description.replyWithin
      const files = description.leavesFiles ? passingFolder() : nowhere
      try {
        const connection = await startProbe({
          target: name,
          command: [...runner, probe],
          environment: { ...environmentOf(description, options, runner, probe), ...files.environment },
          ...(options.wrap === undefined ? {} : { wrap: options.wrap }),
          ...(replyWithin === undefined ? {} : { replyWithin }),
        })
        const close = () => connection.close().finally(files.remove)
        const version = await versionOf(description, connection.hello)
        const about = version === undefined ? {} : { version }
        return { ...connection, close, header: headerOf(name, connection.hello), ...about }
      } catch (error) {
        files.remove()
        throw error
      }
    },
    async try(source, options) {
      const cc = await compilerOf(description, options)
      const runner = [...splitCommand(options.wrap ?? ''), ...(await runnerOf(description))]
      const files = description.leavesFiles ? passingFolder() : nowhere
      try {
        return await tryProgram({ source, cc, runner, environment: files.environment })
      } finally {
        files.remove()
      }
    },
    async compile(source, macros, options) {
      const compiler = compilerCommand(await compilerOf(description, options), process.env)
      return askCompiler(compiler, source, macros)
    },
  }
  return target
}

const versionOf = async ({ version }: TargetDescription, { libc }: Hello): Promise<string | undefined> =>
  version === undefined || version === 'libc' ? version && libc : printedVersion(version)

/** The words of the command prefix, its program as a path: where it is executed again nobody searches for it. */
async function runnerOf({ name, runner = '', packages }: TargetDescription): Promise<readonly string[]> {
  const [file, ...more] = splitCommand(runner)
  if (file === undefined) return []
  const path = await onPath(file)
  if (path !== undefined) return [path, ...more]
  throw new NotInstalled(
    `Target ${name} cannot run here: \`${file}\` is not on PATH. Install it: ${installWords(name, packages)}.`,
    aptCommand(packages),
  )
}

async function compilerOf(
  { name, compilers, packages }: TargetDescription,
  { cc }: StartOptions,
): Promise<string | undefined> {
  if (cc !== undefined || compilers === undefined) return cc
  const found = await chooseCompiler(compilers)
  if (found !== undefined) return found
  throw new NotInstalled(
    `Target ${name} cannot run here: no compiler for it works (\`${compilers.join('`, `')}\`). Install one: ${installWords(name, packages)}.`,
    aptCommand(packages),
  )
}

function environmentOf(
  { entry: usual, executes = 'by itself' }: TargetDescription,
  { entry = usual, spread }: StartOptions,
  runner: readonly string[],
  probe: string,
): Record<string, string> {
  return {
    ...(entry === 'syscall' ? { IPC_ORACLE_ENTRY: entry } : {}),
    ...(spread ? { IPC_ORACLE_CPU: 'all' } : {}),
    ...(executes === 'by itself' ? {} : { IPC_ORACLE_SELF: [...runner, probe].join('\n') }),
  }
}
