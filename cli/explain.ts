import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { type CatalogueRule, ruleOf, rules } from '../model/catalogue/rules.ts'
import type { Clause } from '../model/rule.ts'
import { parseScenario, ScenarioSyntaxError } from '../model/vocabulary/text/parse.ts'
import { paint, type Style } from '../reports/style.ts'
import { hanging } from '../reports/wrap.ts'
import { exitStatus } from './exit-status.ts'
import { type ExplainedStep, explainScenario } from './explain-scenario.ts'
import { chooseProfile, profileHelp } from './probe-options.ts'
import { clauseLines } from './rule-lines.ts'
import type { Subcommand } from './subcommand.ts'
import { UsageError } from './usage-error.ts'

/** `explain`: one rule, or what the model allows at each step of a scenario. */
export const explainCommand: Subcommand = (io, done) =>
  new Command('explain')
    .description('Explain a rule, or what the model allows at each step of a scenario. Runs nothing.')
    .argument('<what>', 'the id of a rule, or a .scenario file')
    .option('--profile <name>', profileHelp, 'linux')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample: ipc-oracle explain semop.sempid')
    .action(
      async (what: string, { profile: word, json }: { readonly profile: string; readonly json?: true }) => {
        const profile = chooseProfile(word, 'explain')
        const rule = ruleOf(what)
        if (rule === undefined) {
          const text = await readScenario(what)
          const { title } = text.scenario
          const steps = explainScenario(text, profile)
          if (json === true) io.out(`${JSON.stringify({ title, profile: profile.name, steps }, null, 2)}\n`)
          else
            io.out(
              `${[...(title === '' ? [] : [title, '']), ...steps.flatMap((step) => stepLines(step, io.style))].join('\n')}\n`,
            )
        } else {
          const { id, strength, sentence, cites, reason } = rule
          if (json === true) io.out(`${JSON.stringify({ id, strength, sentence, cites, reason }, null, 2)}\n`)
          else io.out(`${ruleLines(rule, io.style).join('\n')}\n`)
        }
        done(exitStatus.conforms)
      },
    )

async function readScenario(what: string) {
  const text = await readFile(what, 'utf8').catch(() => {
    throw new UsageError(
      `there is no rule and no file \`${what}\`.${alike(what)} \`ipc-oracle rules\` lists the rules.`,
    )
  })
  try {
    return parseScenario(text)
  } catch (error) {
    if (error instanceof ScenarioSyntaxError) throw new UsageError(`${what} ${error.message}`)
    throw error
  }
}

function alike(what: string): string {
  const parts = what.split('.').filter((part) => part.length > 2)
  const near = rules
    .map(({ id }) => id)
    .filter((id) => parts.some((part) => id.includes(part)))
    .sort((a, b) => Number(b.startsWith(`${parts[0]}.`)) - Number(a.startsWith(`${parts[0]}.`)))
  return near.length === 0 ? '' : ` Rules with a similar id: ${near.slice(0, 5).join(', ')}.`
}

const ruleLines = (rule: CatalogueRule, style: Style): readonly string[] => [
  `${paint(style).bold(rule.id)}  ${strengths[rule.strength]}`,
  ...clauseLines(rule, style),
  ...(rule.reason === null ? [] : hanging('    ', `Not exercised: ${rule.reason}.`, style.columns)),
]

const strengths: Readonly<Record<Clause['strength'], string>> = {
  shall: 'POSIX requires it',
  may: 'POSIX allows it beside other behaviour',
  unspecified: 'POSIX leaves it open',
  linux: 'fixed by the documentation of Linux only',
}

function stepLines({ step, call, allowed, problem }: ExplainedStep, style: Style): readonly string[] {
  const { bold, dim, red } = paint(style)
  return [
    `${String(step).padStart(3)}  ${bold(call)}`,
    ...allowed
      .slice(0, SHOWN_MAX)
      .flatMap(({ words, rules }, index) => [
        ...hanging(index === 0 ? '     ' : '     or ', words, style.columns),
        ...(rules.length === 0 ? [] : hanging('         by ', rules.join(' '), style.columns).map(dim)),
      ]),
    ...(allowed.length > SHOWN_MAX ? [`     or one of ${allowed.length - SHOWN_MAX} more outcomes`] : []),
    ...(problem === '' ? [] : hanging('     ', problem, style.columns).map(red)),
  ]
}

const SHOWN_MAX = 12
