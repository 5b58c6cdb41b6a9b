/**
 * `npm run matrix`: runs the suite on every target that can run here, one after the other, each against its expectations, and
 * says what came of each and how long it took. Fails (status 1 or 3, as `run` does) where a target deviates otherwise than
 * expected, or is inconclusive. `npm run results` writes the matrix to docs/results.md.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { targets } from '../harness/targets/targets.ts'
import { describe, lines } from './matrix/lines.ts'
import { intoPage } from './matrix/page.ts'
import { type Row, runRow } from './matrix/row.ts'

interface Options {
  readonly time?: string
  readonly scenarios?: string
  readonly seed?: string
  readonly jobs: string
  readonly page?: string
}

/** It boots what somebody names. */
const names = targets.map(({ name }) => name).filter((name) => name !== 'kernel')

await new Command('matrix')
  .description('Run the suite on every target that can run here, each against its expectations.')
  .argument('[target...]', `some of ${names.join(', ')} (default: all that can run here)`)
  .option('--time <duration>', 'how long scenarios are generated for each target')
  .option('--scenarios <n>', 'how many scenarios are run on each target; the named ones are always run')
  .option('--seed <n>', 'the seed of every run (default: random)')
  .option('--jobs <n>', 'targets run at the same time', '1')
  .option('--page <file>', 'write the matrix to this page, between its marks')
  .addHelpText('after', '\nExample: npm run matrix -- musl gvisor --time 20s --seed 7')
  .action(main)
  .parseAsync()

async function main(words: readonly string[], options: Options): Promise<void> {
  const unknown = words.find((word) => !names.includes(word))
  if (unknown !== undefined) {
    process.stderr.write(`matrix: there is no target \`${unknown}\`: choose from ${names.join(', ')}.\n`)
    process.exitCode = 2
    return
  }
  const stop = stopOnSignals()
  const chosen = words.length === 0 ? names : words
  const left = chosen.values()
  const rows: Row[] = []
  const work = async () => {
    for (const name of left) {
      const row = await runRow(name, { ...options, stop, isNamed: words.length > 0 })
      if (stop.aborted) return
      rows.push(row)
      process.stdout.write(`${lines(row).join('\n')}\n`)
    }
  }
  await Promise.all(Array.from({ length: Number(options.jobs) }, work))
  if (stop.aborted) {
    process.exitCode = 130
    return
  }
  const inOrder = names.flatMap((name) => rows.filter((row) => row.target === name))
  process.stdout.write(`${describe(inOrder)}\n`)
  if (options.page !== undefined)
    await writeFile(options.page, intoPage(await readFile(options.page, 'utf8'), inOrder))
  const statuses = inOrder.map(({ status }) => status)
  process.exitCode = statuses.includes(1) ? 1 : (statuses.find((status) => status !== 0) ?? 0)
}

function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}
