import { Command } from 'commander'
import { ruleOf } from '../../model/catalogue/rules.ts'
import type { Profile } from '../../model/profile.ts'
import { linux, profiles } from '../../model/profile.ts'
import { follow } from '../../oracle/explanation/follow.ts'
import { followedStory } from '../../reports/diagram/followed-story.ts'
import { exitStatus } from '../exit-status.ts'
import type { Io } from '../io.ts'
import { chooseProfile } from '../probe-options.ts'
import type { Subcommand } from '../subcommand.ts'
import { UsageError } from '../usage-error.ts'
import { drawStory } from './draw-story.ts'
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
  readonly json?: true
}

/** `explain`: one rule, or what the model allows at each step of a scenario. */
export const explainCommand: Subcommand = (io, done) =>
  new Command('explain')
    .description('Explain a rule, or what each profile allows at each step of a scenario. Runs nothing.')
    .argument('<what>', 'the id of a rule, or a .scenario file')
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
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples: ipc-oracle explain semop.sempid
          ipc-oracle explain properties/scenarios/semaphores/lock-pattern.scenario`,
    )
    .action(async (what: string, options: ExplainOptions) => {
      await explain(what, options, io)
      done(exitStatus.conforms)
    })

async function explain(what: string, options: ExplainOptions, io: Io): Promise<void> {
  const chosen = chooseProfiles(options.profile)
  const rule = ruleOf(what)
  if (options.step && options.json) throw new UsageError('--step talks with a person; leave out --json.')
  if (rule !== undefined) {
    for (const option of ['brief', 'step'] as const)
      if (options[option]) throw new UsageError(`--${option} is about scenarios; leave it out for a rule.`)
    const explained = await explainedRule(rule)
    io.out(options.json ? json(explained) : ruleText(explained, io.style))
    return
  }
  const text = await readScenarioFile(what)
  if (options.step) return walkThrough(text, chosen, io)
  const followed = follow(text, chosen)
  const { title } = text.scenario
  if (options.as !== 'table') return drawStory(followedStory(title, followed), options.as, io)
  const explained = explainedScenario(title, followed, chosen)
  io.out(options.json ? json(explained) : scenarioText(explained, options.brief === true, io.style))
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Both profiles, that of Linux first, unless one is named. */
const chooseProfiles = (word: string | undefined): readonly Profile[] =>
  word === undefined ? [linux, profiles.posix] : [chooseProfile(word, 'explain')]
