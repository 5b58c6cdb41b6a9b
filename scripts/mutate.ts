/**
 * `npm run mutate`: changes the model in many small ways, and judges what this machine's kernel answered with each
 * mutant, reads the named scenarios and runs the unit tests. A mutant that nothing contradicts is a rule that nobody
 * checks (status 1 if there are too many).
 */
import { Command, InvalidArgumentError } from 'commander'
import type { Family } from '../model/vocabulary/shape.ts'
import { readLatitude, scenarioLibrary } from '../properties/scenarios/library.ts'
import { only, sample } from './mutate/choose-mutants.ts'
import { type Corpus, families, recordCorpus } from './mutate/corpus.ts'
import { equivalents } from './mutate/equivalents.ts'
import type { Ready } from './mutate/judge-thread.ts'
import { DEVIATES, type Documented, recordingOf } from './mutate/judging.ts'
import type { Mutant } from './mutate/mutant.ts'
import { scoreOf, summary, survivorLines, survivorsOf } from './mutate/report.ts'
import { surveyModel } from './mutate/survey.ts'
import { tryMutants } from './mutate/try-mutants.ts'

interface Options {
  readonly scenarios: number
  readonly seed: number
  readonly jobs: number
  readonly only?: string
  readonly sample?: number
  readonly atLeast: number
  readonly timeLimit: number
  readonly json?: boolean
  readonly list?: boolean
}

await new Command('mutate')
  .description(
    'Change the model in small ways, and tell which changes nothing notices: no recording of this kernel, no named scenario, no unit test.',
  )
  .option('--only <path>', 'mutate this file or folder: model/messages')
  .option('--sample <n>', 'try so many mutants, chosen by the seed', positive)
  .option('--seed <n>', 'the seed of the scenarios and of the sample', whole, 1)
  .option('--scenarios <n>', 'generated scenarios, besides the named ones', whole, 3000)
  .option('--jobs <n>', 'mutants tried at the same time', positive, 2)
  .option('--time-limit <seconds>', 'a mutant that takes longer over one recording is stuck', positive, 30)
  .option('--at-least <percent>', 'end with status 1 if fewer are killed', whole, 95)
  .option('--json', 'print one JSON object')
  .option('--list', 'print the names of the mutants and end')
  .addHelpText('after', '\nExample: npm run mutate -- --only model/messages --sample 200 --seed 7')
  .action(main)
  .parseAsync()

async function main(options: Options): Promise<void> {
  const survey = surveyModel()
  const { seed } = options
  const known = new Set(survey.mutants.map(({ name }) => name))
  const gone = Object.keys(equivalents).filter((name) => !known.has(name))
  if (gone.length > 0)
    return refuse(
      `scripts/mutate/equivalents.ts names mutants that do not exist any more; look at each again:\n${gone.join('\n')}`,
    )
  const wanted = only(survey.mutants, options.only)
  if (wanted.length === 0)
    return refuse(`${options.only} has no mutants; name a file or folder of the model, as model/messages.`)
  const chosen = options.sample === undefined ? wanted : sample(wanted, options.sample, seed)
  if (options.list) {
    for (const { name } of chosen) process.stdout.write(`${name}\n`)
    return
  }
  const stop = stopOnSignals()
  const corpus = await recordCorpus(options.scenarios, seed, stop)
  if (stop.aborted) return interrupted()
  const began = performance.now()
  let odd: Ready['odd'] = []
  let unclear = 0
  const accept = (ready: Ready) => {
    unclear = ready.odd.length
    odd = ready.odd.filter(({ reason }) => reason.startsWith(DEVIATES))
    return odd.length === 0
  }
  const tried = await tryMutants(chosen, {
    ...survey,
    corpus,
    library: families.flatMap(documented),
    jobs: options.jobs,
    limit: 1000 * options.timeLimit,
    stop,
    accept,
    tried: createProgress(chosen, options.json === true),
  })
  if (odd.length > 0) return refuse(oddLines(odd, corpus))
  const score = scoreOf(tried, equivalents)
  const survivors = survivorsOf(tried, equivalents)
  const seconds = (performance.now() - began) / 1000
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ ...score, recordings: corpus.recordings.length, unclear, seconds, survivors }, null, 2)}\n`,
    )
  else {
    if (survivors.length > 0) process.stdout.write(`${survivorLines(survivors)}\n\n`)
    process.stdout.write(
      `${corpus.recordings.length} recordings, each in two profiles, of which ${unclear} came to no verdict; ${seconds.toFixed(0)} seconds\n${summary(score)}\n`,
    )
  }
  if (stop.aborted) return interrupted()
  process.exitCode = score.score < options.atLeast ? 1 : 0
}

function documented(family: Family): readonly Documented[] {
  const latitude = readLatitude(family)
  return scenarioLibrary(family).map((named) => ({ named, allows: latitude.get(named.name) ?? [] }))
}

function whole(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('Give a whole number.')
  return value
}

function positive(text: string): number {
  const value = whole(text)
  if (value === 0) throw new InvalidArgumentError('Give a whole number above 0.')
  return value
}

function refuse(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 2
}

function interrupted(): void {
  process.exitCode = 130
}

function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}

/** What conforms to the model as it is tells nothing about mutants if it does not conform. */
function oddLines(odd: Ready['odd'], { recordings }: Corpus): string {
  const shown = odd.slice(0, 5).map(({ at, reason }) => {
    const { title } = recordings[recordingOf(at)]?.scenario ?? { title: '' }
    return `  ${title || 'a generated scenario'} (${at}): ${reason}`
  })
  return [`This kernel does not conform to the model as it is, in ${odd.length} cases:`, ...shown].join('\n')
}

/** Says on a terminal how far it is. */
function createProgress({ length }: readonly Mutant[], isQuiet: boolean): () => void {
  let done = 0
  return () => {
    done++
    if (!isQuiet && process.stderr.isTTY) process.stderr.write(`\r${done} of ${length}`)
    if (done === length && !isQuiet && process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  }
}
