import { Command } from 'commander'
import type { StartOptions, Target } from '../harness/targets/target.ts'
import { type Examination, examine } from '../properties/claims/examine.ts'
import { type Claim, claimFamilies, loadLedger } from '../properties/claims/ledger.ts'
import type { Programs } from '../properties/claims/program-trial.ts'
import { isAsLedger } from '../properties/claims/verdict.ts'
import { choose } from './choices.ts'
import { claimsJson } from './claims-json.ts'
import { claimsText } from './claims-text.ts'
import { type ExitStatus, exitStatus } from './exit-status.ts'
import type { Io } from './io.ts'
import { addTargetOptions, chooseTargets, startOptions, type TargetOptions } from './probe-options.ts'
import type { Subcommand } from './subcommand.ts'

interface ClaimsOptions extends TargetOptions {
  readonly json?: true
}

/** `claims`: tries on a target what study notes claim about the calls. */
export const claimsCommand: Subcommand = (io, done) =>
  addTargetOptions(
    new Command('claims')
      .description('Try on a target what four study notes claim, and say which claims hold there.')
      .argument('[family...]', `only claims about these: ${claimFamilies.join(', ')} (default: all)`),
  )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exit status: 0 if every verdict is the ledger's, 1 if one differs,
3 if one could not be computed, or no claim could be tried.

Example: ipc-oracle claims messages --cc "musl-gcc -static"`,
    )
    .action(async (words: string[], options: ClaimsOptions) => done(await tryClaims(words, options, io)))

async function tryClaims(words: readonly string[], options: ClaimsOptions, io: Io): Promise<ExitStatus> {
  const claims = chooseClaims(words)
  const targets = chooseTargets(options, 'claims')
  const starts = targets.map((target) => ({ target, start: startOptions(options, target) }))
  const examinations: Examination[] = []
  for (const { target, start } of starts)
    examinations.push(
      await examine(
        claims,
        { start: () => target.start(start), programs: programsOf(target, start) },
        io.stop,
      ),
    )
  const verdict = verdictOf(examinations)
  if (options.json === true) io.out(claimsJson(verdict, examinations))
  else for (const examination of examinations) io.out(claimsText(examination, io.style))
  return io.stop.aborted ? exitStatus.interrupted : exitStatus[verdict]
}

function programsOf(target: Target, start: StartOptions): Programs | null {
  const { compile, try: run } = target
  if (compile === undefined || run === undefined) return null
  return {
    compile: (source, macros) => compile(source, macros, start),
    run: (source) => run(source, start),
  }
}

/** The claims about these families, in the order of the ledger. Throws `UsageError` for another word. */
function chooseClaims(words: readonly string[]): readonly Claim[] {
  const choices = claimFamilies.map((name) => ({ name }))
  const chosen = new Set(words.map((word) => choose('family', word, choices, 'claims').name))
  return loadLedger().filter(({ family }) => chosen.size === 0 || chosen.has(family))
}

function verdictOf(examinations: readonly Examination[]): 'conforms' | 'deviates' | 'inconclusive' {
  const tried = examinations.flatMap(({ claims }) => claims).filter(({ verdict }) => verdict !== 'not tried')
  if (tried.some((each) => isAsLedger(each) === false)) return 'deviates'
  return tried.length === 0 || tried.some((each) => isAsLedger(each) === null) ? 'inconclusive' : 'conforms'
}
