import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
  readonly words: readonly string[]
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

/** What a page of `docs/` shows in its blocks: files, and behind `$ ` commands of this program with their output. */
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
    if (program !== 'ipc-oracle')
      throw new Error(`line ${first + start}: ${text} is no command of this program`)
    return {
      ...{ line: first + start, text, words, into },
      typed: input === undefined ? [] : input.replace(/\\n$/, '').split('\\n'),
      output: block
        .slice(start + 1, starts[place + 1])
        .join('\n')
        .trim(),
    }
  })
}

/** Runs a command among the files of the page in `folder`; what is printed is that of a terminal of 80 columns. */
export async function runDocumented(
  { words, typed, into }: DocumentedCommand,
  { files }: Page,
  folder: string,
): Promise<string> {
  for (const { name, content } of files) writeFileSync(join(folder, name), content)
  const here = words.map((word) =>
    /^[\w-]+\.(litmus|scenario)$/.test(word)
      ? join(folder, word)
      : word.startsWith('properties/')
        ? join(packageRoot, word)
        : word.replace(/=([\w-]+\.svg)$/, `=${folder}/$1`),
  )
  const { out, err, status } = await recordedIn({ columns: 80, colour: false, typed }, ...here)
  const printed = `${out}${status === 0 || status === 1 ? '' : err}`.replaceAll(`${folder}/`, '')
  if (into === '') return printed.trim()
  writeFileSync(join(folder, into), out)
  return ''
}

/** What is printed fits these. */
export const patternOf = (output: string): RegExp =>
  new RegExp(
    `^${output
      .split('…')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*?')}$`,
  )
