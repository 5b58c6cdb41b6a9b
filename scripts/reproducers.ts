/**
 * `npm run reproducers`: holds the C programs against what they are for. Of each lie's finding one is made, which must
 * show it in the library that lies and nothing without it; of each named scenario one is made that looks at every
 * step, which must conform. The status is 0 if all that were made are right.
 */
import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import { lies } from '../properties/lies/lies.ts'
import { withCompiled } from './lies/compile-lies.ts'
import { generatedTrials } from './reproducers/try-generated-program.ts'
import { type Tried, tryLieProgram } from './reproducers/try-lie-program.ts'
import { scenarioTrials } from './reproducers/try-scenario-program.ts'

interface Options {
  readonly lies?: true
  readonly scenarios?: true
  readonly overlapping?: string
  readonly cc?: string
  readonly jobs: string
  readonly keep?: string
}

await new Command('reproducers')
  .description('Make C programs of findings and of named scenarios, and hold them against what they are for.')
  .argument('[name...]', 'lies or scenarios: names, or words that names begin with (default: all)')
  .option('--lies', 'the lies only')
  .option('--scenarios', 'the named scenarios only')
  .option('--overlapping <n>', 'only so many generated programs whose calls overlap')
  .option('--cc <command>', 'compiler and flags of the programs of scenarios')
  .option('--jobs <n>', 'programs tried at the same time', String(availableParallelism()))
  .option('--keep <dir>', 'leave the programs here')
  .addHelpText('after', '\nExample: npm run reproducers -- --lies undo')
  .action(main)
  .parseAsync()

async function main(names: readonly string[], options: Options): Promise<void> {
  const isChosen = (name: string) => names.length === 0 || names.some((word) => name.startsWith(word))
  let isRight = true
  if (options.overlapping !== undefined) {
    const trials = await generatedTrials(Number(options.overlapping), options.cc, options.keep)
    isRight = tell('generated programs whose calls overlap', await all(trials, options))
    process.exitCode = isRight ? 0 : 1
    return
  }
  if (options.scenarios === undefined) {
    const chosen = lies.filter(({ name }) => isChosen(name))
    const trials = await withCompiled(chosen, (objectOf) =>
      all(
        chosen.map((lie) => () => tryLieProgram(lie, objectOf(lie), options.keep)),
        options,
      ),
    )
    isRight = tell('findings of lies', trials) && isRight
  }
  if (options.lies === undefined) {
    const trials = await all(await scenarioTrials(isChosen, options.cc, options.keep), options)
    isRight = tell('named scenarios', trials) && isRight
  }
  process.exitCode = isRight ? 0 : 1
}

async function all(trials: readonly (() => Promise<Tried>)[], { jobs }: Options): Promise<readonly Tried[]> {
  const tried: Tried[] = []
  const left = trials.values()
  const work = async () => {
    for (const trial of left) {
      const each = await trial()
      tried.push(each)
      if (each.fate !== 'right') process.stdout.write(`${each.fate.padEnd(8)} ${each.name}: ${each.remark}\n`)
    }
  }
  await Promise.all(Array.from({ length: Number(jobs) }, work))
  return tried
}

/** How many are right; false if any is wrong. */
function tell(what: string, tried: readonly Tried[]): boolean {
  const count = (fate: Tried['fate']) => tried.filter((each) => each.fate === fate).length
  const lines = tried.flatMap(({ lines }) => (lines === 0 ? [] : [lines])).sort((a, b) => a - b)
  process.stdout.write(
    `${what}: ${count('right')} right of ${tried.length}; ${count('none')} without program, ${count('skipped')} could not be tried, ${count('wrong')} wrong; median ${lines[lines.length >> 1] ?? 0} lines\n`,
  )
  return count('wrong') === 0
}
