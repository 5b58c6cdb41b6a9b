import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { splitCommand } from '../../harness/command-line.ts'
import { packageRoot } from '../../harness/package-root.ts'
import { recordedIn } from '../recorded-io.testing.ts'

/** A command that a page shows, and what the page says it prints. For tests. */
export interface DocumentedCommand {
  /** Of the page, from 1. */
  readonly line: number
  readonly text: string
  /** What is typed into it: `printf 'next\n' | …`. */
  readonly typed: readonly string[]
  /** Behind the name of this program; undefined: a command of the shell. */
  readonly words: readonly string[] | undefined
  /** The file that its output goes into: `… > FILE`; else ''. */
  readonly into: string
  /** `…` stands for any text. */
  readonly output: string
}

/** A file that a page shows: a block named by it, as ```litmus transfer.litmus. */
export interface DocumentedFile {
  readonly name: string
  readonly content: string
}

export interface Page {
  readonly commands: readonly DocumentedCommand[]
  readonly files: readonly DocumentedFile[]
}

/** What a page shows in its blocks: files, and behind `$ ` commands with their output. */
export function readPage(file: string): Page {
  const commands: DocumentedCommand[] = []
  const files: DocumentedFile[] = []
  const lines = readFileSync(join(packageRoot, file), 'utf8').split('\n')
  for (let at = 0; at < lines.length; at++) {
    const [, kind, name] = /^```(\w+)(?: (\S+))?$/.exec(lines[at] ?? '') ?? []
    if (kind === undefined) continue
    const end = lines.indexOf('```', at + 1)
    const block = lines.slice(at + 1, end)
    if (kind === 'console') commands.push(...commandsIn(block, at + 2))
    else if (name !== undefined) files.push({ name, content: `${block.join('\n')}\n` })
    at = end
  }
  return { commands, files }
}

function commandsIn(block: readonly string[], first: number): readonly DocumentedCommand[] {
  const starts = block.flatMap((line, at) => (line.startsWith('$ ') ? [at] : []))
  return starts.map((start, place) => {
    const text = (block[start] ?? '').slice(2)
    const [, input, rest = text] = /^printf '([^']*)' \| (.*)$/.exec(text) ?? []
    const [, command = rest, into = ''] = /^(.*) > (\S+)$/.exec(rest) ?? []
    const [program, ...words] = splitCommand(command.replace(/^npx /, ''))
    const isOurs = program === 'ipc-oracle' && !/[|;&]/.test(command)
    return {
      ...{ line: first + start, text, into: isOurs ? into : '', words: isOurs ? words : undefined },
      typed: input === undefined ? [] : input.replace(/\\n$/, '').split('\\n'),
      output: block
        .slice(start + 1, starts[place + 1])
        .join('\n')
        .trim(),
    }
  })
}

/** Makes `folder` one in which a page can be followed: with its files, and what the package has. */
export function preparePage({ files }: Page, folder: string): void {
  for (const { name, content } of files) writeFileSync(join(folder, name), content)
  symlinkSync(join(packageRoot, 'properties'), join(folder, 'properties'))
}

/** Runs a command in `folder`; what is printed is that of a terminal of 80 columns. */
export async function runDocumented(command: DocumentedCommand, folder: string): Promise<string> {
  const { words, typed, into, text } = command
  if (words === undefined) return shell(text, folder)
  const before = process.cwd()
  process.chdir(folder)
  try {
    const { out, err, status } = await recordedIn({ columns: 80, colour: false, typed }, ...words)
    if (into !== '') writeFileSync(into, out)
    return `${into === '' ? out : ''}${status === 0 || status === 1 ? '' : err}`.trim()
  } finally {
    process.chdir(before)
  }
}

/** What readers type besides; compilers, and the programs that they made. */
async function shell(text: string, cwd: string): Promise<string> {
  if (!/^(cc|ls|head|grep|cat|env|\.\/)/.test(text)) throw new Error(`${text} is not for a page that is run`)
  const { all } = await execa('sh', ['-c', text], { ...{ cwd, all: true, reject: false, timeout: 60_000 } })
  return all.trim()
}

/** What is printed fits these. */
export const patternOf = (output: string): RegExp =>
  new RegExp(
    `^${output
      .split('…')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*?')}$`,
  )
