/**
 * `npm run lies`: tells the oracle lies and counts those that it finds. Each lie is a C library that is wrong in one
 * rule; a lie that survives is a gap in the generator, the model or the oracle (status 1). One that is misread was
 * found, but blamed on a rule that its author did not have in mind.
 */
import { Command, InvalidArgumentError } from 'commander'
import { shard } from '../cli/numbers.ts'
import type { Shard } from '../oracle/run.ts'
import { partOf } from '../properties/agreement/shard.ts'
import type { Lie } from '../properties/lies/lie.ts'
import { lies } from '../properties/lies/lies.ts'
import { withCompiled } from './lies/compile-lies.ts'
import { heading, line, summary } from './lies/table.ts'
import { type Trial, tryLie } from './lies/try-lie.ts'

interface Options {
  readonly time: string
  readonly seed?: string
  readonly stopAfter: string
  readonly jobs: string
  readonly shard?: Shard
  readonly json?: boolean
  readonly list?: boolean
}

await new Command('lies')
  .description(
    'Run the suite against libraries that are wrong in one rule each, and tell which of them it finds.',
  )
  .argument('[name...]', 'lies to tell: names, or words that names begin with (default: all)')
  .option('--time <duration>', 'the longest that one lie is looked for', '18s')
  .option('--seed <n>', 'the seed of every run (default: random)')
  .option('--stop-after <n>', 'end a run once so many scenarios have deviated', '5')
  .option('--jobs <n>', 'lies told at the same time', '1')
  .option('--shard <k/n>', 'tell only the K-th of N parts of the lies', part)
  .option('--json', 'print one JSON object')
  .option('--list', 'print the names and end')
  .addHelpText('after', '\nExample: npm run lies -- semop undo-ignored --time 60s')
  .action(main)
  .parseAsync()

async function main(names: readonly string[], options: Options): Promise<void> {
  const named = lies.filter(({ name }) => names.length === 0 || names.some((word) => name.startsWith(word)))
  const chosen = options.shard === undefined ? named : partOf(options.shard, named)
  const unknown = names.find((word) => !lies.some(({ name }) => name.startsWith(word)))
  if (unknown !== undefined) {
    process.stderr.write(`There is no lie \`${unknown}\`; --list prints them all.\n`)
    process.exitCode = 2
    return
  }
  if (options.list) {
    for (const { name, breaks } of chosen) process.stdout.write(`${name}: ${breaks}\n`)
    return
  }
  const stop = stopOnSignals()
  const trials = await withCompiled(chosen, (objectOf, folder) =>
    tryAll(chosen, objectOf, folder, options, stop),
  )
  const killed = trials.filter(({ fate }) => fate === 'killed').length
  const missed = trials.filter(({ fate }) => fate === 'survived' || fate === 'failed').length
  if (options.json)
    process.stdout.write(`${JSON.stringify({ killed, of: trials.length, trials }, null, 2)}\n`)
  else process.stdout.write(`\n${summary(trials)}\n`)
  process.exitCode = stop.aborted ? 130 : missed === 0 ? 0 : 1
}

function part(word: string): Shard {
  try {
    return shard('--shard')(word)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}

async function tryAll(
  chosen: readonly Lie[],
  objectOf: (lie: Lie) => string,
  folder: string,
  { time, seed, stopAfter, jobs, json }: Options,
  stop: AbortSignal,
): Promise<readonly Trial[]> {
  const trials: Trial[] = []
  const show = json ? process.stderr : process.stdout
  show.write(`${heading()}\n`)
  const left = chosen.values()
  const work = async () => {
    for (const lie of left) {
      if (stop.aborted) return
      const trial = await tryLie(lie, {
        object: objectOf(lie),
        folder,
        time,
        seed: seed === undefined ? undefined : Number(seed),
        enough: Number(stopAfter),
        stop,
      })
      if (stop.aborted) return
      trials.push(trial)
      show.write(`${line(trial)}\n`)
    }
  }
  await Promise.all(Array.from({ length: Number(jobs) }, work))
  return trials
}
