import { open, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Command } from 'commander'
import type { Format } from '../reports/format.ts'
import { formats } from '../reports/formats.ts'
import type { ReportedRun } from '../reports/reported-run.ts'
import { plain } from '../reports/style.ts'
import { choose } from './choices.ts'
import { fileProblem } from './file-problem.ts'
import type { Io } from './io.ts'
import { makeFolder } from './make-folder.ts'
import { UsageError } from './usage-error.ts'

/** A report that was asked for; `file` is empty for standard output. */
export interface ReportRequest {
  readonly format: Format
  readonly file: string
}

/** Options of every command that writes reports, as commander hands them over. */
export interface ReportOptions {
  readonly verbose?: true
  readonly origin?: string
}

export const addReportOptions = (command: Command): Command =>
  command
    .option('--verbose', 'list the rules that were not tested')
    .option('--origin <name>', 'the CI system that submits a kcidb report (default: ipc_oracle)', originName)

/** The same for the formats. */
export const formatOptions = ({ verbose, origin }: ReportOptions) => ({
  verbose: verbose === true,
  ...(origin === undefined ? {} : { origin }),
})

function originName(word: string): string {
  if (/^[a-z0-9_]+$/.test(word)) return word
  throw new UsageError(
    `--origin takes a name of lower-case letters, digits and underscores, as KernelCI does, not \`${word}\`.`,
  )
}

export const formatHelp = `report as ${formats.map(({ name }) => name).join(', ')}, to standard output or a file`

/**
 * The reports of these words (`FORMAT` or `FORMAT=FILE`); unless one of them takes standard output, the console
 * report does. Files are known to be writable, their folders made. Throws `UsageError`.
 */
export async function chooseReports(words: readonly string[]): Promise<readonly ReportRequest[]> {
  const requests = words.map((word): ReportRequest => {
    const [name = '', ...rest] = word.split('=')
    const file = rest.join('=')
    if (rest.length > 0 && file === '')
      throw new UsageError(`--report ${word} names no file behind the \`=\`.`)
    return { format: choose('report format', name, formats, 'run'), file: file === '-' ? '' : file }
  })
  const printed = [...new Set(requests.filter(({ file }) => file === '').map(({ format }) => format))]
  if (printed.length > 1)
    throw new UsageError(
      `only one report can go to standard output, not ${printed.map(({ name }) => name).join(' and ')}; give the other a file, as in --report json=run.json.`,
    )
  const filed = requests.filter(({ file }) => file !== '')
  for (const { file } of filed) await checkWritable(file)
  return [{ format: printed[0] ?? consoleOf(), file: '' }, ...filed]
}

const consoleOf = () => choose('report format', 'console', formats, 'run')

async function checkWritable(file: string): Promise<void> {
  try {
    await makeFolder(dirname(file))
    await (await open(file, 'a')).close()
  } catch (error) {
    throw new UsageError(`--report to ${file} is not possible: ${fileProblem(error)}.`)
  }
}

/** Writes the reports; false if one could not be written, which is told on standard error. */
export async function writeReports(
  requests: readonly ReportRequest[],
  run: ReportedRun,
  options: ReportOptions,
  io: Io,
): Promise<boolean> {
  const shown = formatOptions(options)
  let complete = true
  for (const { format, file } of requests) {
    if (file === '') io.out(format.render(run, { ...io.style, ...shown }))
    else
      await writeFile(file, format.render(run, { ...plain, ...shown })).catch((error: unknown) => {
        io.err(`ipc-oracle: the report ${file} could not be written: ${fileProblem(error)}.\n`)
        complete = false
      })
  }
  return complete
}
