import { Command } from 'commander'
import { ruleOf } from '../../model/catalogue/rules.ts'
import type { Profile } from '../../model/profile.ts'
import { linux, profiles } from '../../model/profile.ts'
import { follow } from '../../oracle/explanation/follow.ts'
import { followedStory } from '../../reports/diagram/followed-story.ts'
import { type ExitStatus, exitStatus } from '../exit-status.ts'
import type { Io } from '../io.ts'
import { isLitmusFile, readLitmus } from '../litmus/read-litmus.ts'
import { wholeNumber } from '../numbers.ts'
import { chooseProfile } from '../probe-options.ts'
import type { Subcommand } from '../subcommand.ts'
import { UsageError } from '../usage-error.ts'
import { drawStory } from './draw-story.ts'
import { explainOutcomes } from './explain-outcomes.ts'
import { explainedRule } from './explained-rule.ts'
import { explainedScenario } from './explained-scenario.ts'
import { readScenarioFile } from './read-scenario-file.ts'
import { ruleText } from './rule-text.ts'
import { scenarioText } from './scenario-text.ts'
import { walkThrough } from './walk-through.ts'

interface ExplainOptions {
  readonly profile?: string
  readonly brief?: true
  readonly step?: true
  readonly as: string
  readonly outcomes?: true
  readonly witness?: number
  readonly json?: true
}

/** `explain`: one rule, or what the model allows at each step of a scenario. */
export const explainCommand: Subcommand = (io, done) =>
  new Command('explain')
    .description('Explain a rule, or what each profile allows at each step of a scenario. Runs nothing.')
    .argument('<what>', 'the id of a rule, a .scenario file, or a .litmus file')
    .option(
      '--profile <name>',
      'only what this profile allows: linux, or posix (default: both, side by side)',
    )
    .option('--brief', 'of a scenario: without what the rules say')
    .option('--step', 'walk through a scenario: go on, go back, choose another allowed outcome')
    .option(
      '--as <format[=file]>',
      'of a scenario: table (default), diagram, or svg, a picture of it',
      'table',
    )
    .option('--outcomes', 'of a .litmus file: every way in which it may end (the default for such a file)')
    .option(
      '--witness <n>',
      'of a .litmus file: one way to the end of this number, as a scenario',
      wholeNumber('--witness', 1, 1e6),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample: ipc-oracle explain properties/scenarios/semaphores/lock-pattern.scenario --as diagram',
    )
    .action(async (what: string, options: ExplainOptions) => {
      done(await explain(what, options, io))
    })

async function explain(what: string, options: ExplainOptions, io: Io): Promise<ExitStatus> {
  const chosen = chooseProfiles(options.profile)
  if (isLitmusFile(what)) {
    refuse(options, ['brief', 'step'], 'is about scenarios; leave it out for a litmus file')
    if (options.as !== 'table')
      throw new UsageError('--as is about scenarios: draw one that --witness N prints.')
    const { witness, json: isJson } = options
    const test = await readLitmus(what)
    const asked = { profiles: chosen, ...(isJson && { json: isJson }) }
    return explainOutcomes(test, witness === undefined ? asked : { ...asked, witness }, io)
  }
  refuse(options, ['outcomes', 'witness'], 'takes a .litmus file')
  const rule = ruleOf(what)
  if (options.step && options.json) throw new UsageError('--step talks with a person; leave out --json.')
  if (rule !== undefined) {
    refuse(options, ['brief', 'step'], 'is about scenarios; leave it out for a rule')
    const explained = await explainedRule(rule)
    io.out(options.json ? json(explained) : ruleText(explained, io.style))
    return exitStatus.conforms
  }
  const text = await readScenarioFile(what)
  if (options.step) {
    await walkThrough(text, chosen, io)
    return exitStatus.conforms
  }
  const followed = follow(text, chosen)
  const { title } = text.scenario
  if (options.as !== 'table') {
    await drawStory(followedStory(title, followed), options.as, io)
    return exitStatus.conforms
  }
  const explained = explainedScenario(title, followed, chosen)
  io.out(options.json ? json(explained) : scenarioText(explained, options.brief === true, io.style))
  return exitStatus.conforms
}

function refuse(options: ExplainOptions, names: readonly (keyof ExplainOptions)[], why: string): void {
  for (const name of names) if (options[name] !== undefined) throw new UsageError(`--${name} ${why}.`)
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Both profiles, that of Linux first, unless one is named. */
const chooseProfiles = (word: string | undefined): readonly Profile[] =>
  word === undefined ? [linux, profiles.posix] : [chooseProfile(word, 'explain')]
