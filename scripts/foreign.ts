/**
 * `npm run foreign`: records programs that nobody wrote for ipc-oracle, and judges what they did; then alters one
 * result at a time, and tells which alterations are noticed. A program that is not installed is skipped.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { alterTrace, chooser, type Found } from './foreign/alter.ts'
import { compiled, type ForeignProgram, programs } from './foreign/programs.ts'

interface Options {
  readonly alter: string
  readonly seed: string
  readonly json?: true
  readonly missed?: true
  readonly alone?: true
}

interface Outcome {
  readonly name: string
  readonly skipped: string
  readonly lines: number
  readonly calls: number
  readonly share: number
  readonly verdict: string
  readonly seconds: number
}

const here = resolve('scripts/foreign/programs')

await new Command('foreign')
  .description(
    'Judge programs that nobody wrote for ipc-oracle, and traces of them in which one result is altered.',
  )
  .argument('[name...]', 'words that names of programs begin with (default: all)')
  .option('--alter <n>', 'how many alterations of each kind are made in each trace', '0')
  .option('--seed <n>', 'the seed of the alterations', '1')
  .option('--missed', 'print the altered lines that were not noticed')
  .option('--json', 'print one JSON object')
  .addHelpText('after', '\nExample: npm run foreign -- make PostgreSQL --alter 5')
  .action(main)
  .parseAsync()

async function main(names: readonly string[], options: Options): Promise<void> {
  const chosen = programs.filter(
    ({ name }) => names.length === 0 || names.some((word) => name.startsWith(word)),
  )
  const outcomes: Outcome[] = []
  const found: Found = {}
  const choose = chooser(Number(options.seed))
  const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-foreign-'))
  // The server of PostgreSQL runs as a user of its own.
  chmodSync(folder, 0o755)
  const show = options.json ? process.stderr : process.stdout
  show.write(`${row('program', 'lines', 'calls', 'judged', 'verdict', 'seconds')}\n`)
  try {
    for (const [index, program] of chosen.entries()) {
      const trace = join(folder, `${index}.strace`)
      const outcome = run(program, join(folder, String(index)), trace)
      outcomes.push(outcome)
      show.write(`${outcomeRow(outcome)}\n`)
      if (outcome.skipped === '' && Number(options.alter) > 0)
        await alterTrace(
          readFileSync(trace, 'latin1'),
          Number(options.alter),
          choose,
          found,
          (kind, line) => {
            if (options.missed) process.stderr.write(`${kind}: ${line.slice(0, 200)}\n`)
          },
        )
      rmSync(trace, { force: true })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  if (options.json)
    process.stdout.write(`${JSON.stringify({ programs: outcomes, alterations: found }, null, 2)}\n`)
  else if (Object.keys(found).length > 0) show.write(`\n${foundText(found)}\n`)
  process.exitCode = outcomes.some(({ skipped, verdict }) => skipped === '' && verdict !== 'conforms') ? 1 : 0
}

function run(program: ForeignProgram, folder: string, trace: string): Outcome {
  const skipped = { name: program.name, lines: 0, calls: 0, share: 0, verdict: '', seconds: 0 }
  if (spawnSync('sh', ['-c', program.needs], { stdio: 'ignore' }).status !== 0)
    return { ...skipped, skipped: `apt-get install ${program.package}` }
  mkdirSync(folder)
  if (compiled.has(program.name)) {
    const source = join(here, program.name)
    const built = spawnSync('cc', [
      '-Wall',
      '-Wextra',
      '-pthread',
      '-o',
      join(folder, program.name.slice(0, -2)),
      source,
    ])
    if (built.status !== 0) return { ...skipped, skipped: `does not compile: ${built.stderr}` }
  }
  const started = performance.now()
  const oracle = resolve('bin/ipc-oracle.js')
  const recorded = spawnSync(
    process.execPath,
    [oracle, 'record', '--json', '--out', trace, '--', 'sh', '-c', program.command],
    {
      cwd: folder,
      env: { ...process.env, HERE: here },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    },
  )
  const seconds = (performance.now() - started) / 1000
  const [judged] = parsed(recorded.stdout)
  if (judged === undefined)
    return { ...skipped, skipped: `could not be recorded: ${recorded.stderr.slice(-200).trim()}` }
  const { lines, calls, share, verdict } = judged
  return { name: program.name, skipped: '', lines, calls, share, verdict, seconds }
}

function parsed(text: string): readonly Outcome[] {
  try {
    return JSON.parse(text).traces
  } catch {
    return []
  }
}

function row(...[name = '', ...cells]: readonly string[]): string {
  return `${name.padEnd(22)}${cells.map((cell) => cell.padStart(12)).join('')}`
}

function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`
}

function outcomeRow({ name, skipped, lines, calls, share, verdict, seconds }: Outcome): string {
  return skipped === ''
    ? row(name, String(lines), String(calls), percent(share), verdict, seconds.toFixed(1))
    : `${name.padEnd(22)}  skipped: ${skipped}`
}

function foundText(found: Found): string {
  const all = Object.values(found).reduce(
    (sum, { made, found: noticed }) => ({ made: sum.made + made, found: sum.found + noticed }),
    { made: 0, found: 0 },
  )
  return [
    row('alteration', 'made', 'noticed', 'share').replace(/^.{22}/, 'alteration'.padEnd(28)),
    ...Object.entries({ ...found, all }).map(
      ([kind, count]) =>
        `${kind.padEnd(28)}${[String(count.made), String(count.found), percent(count.made === 0 ? 0 : count.found / count.made)].map((cell) => cell.padStart(12)).join('')}`,
    ),
  ].join('\n')
}
