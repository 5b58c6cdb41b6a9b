import { printStep } from '../../model/vocabulary/text/print.ts'
import { callsAt, describeObserved, describeOutcomes } from '../../oracle/words.ts'
import { wrap } from '../wrap.ts'
import type { ReproducerOptions } from './options.ts'
import type { Story } from './story.ts'

/** The comment at the top: the rule, the scenario, what was seen and what is allowed, how to build it. */
export function heading({ account, scenario, steps, deviating }: Story, options: ReproducerOptions): string {
  const { rule, clause, profile, file, start } = options
  const { header } = account
  const step = steps[deviating]
  const calls = callsAt(scenario.steps, Math.max(deviating, 0))
  const scenes = scenario.steps.map((each, at) => `  ${`${at + 1}.`.padEnd(4)}${printStep(each)}`)
  const seen =
    step === undefined
      ? []
      : [
          ...wrap(
            `Step ${deviating + 1} deviates on ${header.target} (${header.kernel}, ${header.libc}, ${header.arch}):`,
            WIDTH,
          ),
          ...listed('  seen:    ', describeObserved(step.step, step.observed, calls)),
          ...listed(
            '  allowed: ',
            describeOutcomes(
              step.step,
              step.allowed.map(({ outcome }) => outcome),
              calls,
            ).join(', or '),
          ),
          '',
        ]
  const takesThreads = scenario.steps.some(({ call }) => call.name === 'thread')
  const name = file.replace(/\.c$/, '')
  const lines = [
    ...(rule === null
      ? [`Everything that profile ${profile.name} says about this scenario.`, '']
      : [rule, '']),
    ...(clause === undefined
      ? []
      : [...wrap(clause.sentence, WIDTH), ...clause.cites.flatMap((cite) => listed('  ', cite)), '']),
    ...scenes,
    '',
    ...seen,
    `Build: cc -std=c11${takesThreads ? ' -pthread' : ''} -o ${name} ${file}`,
    ...(start === undefined ? [] : [`Run:   ${start} ./${name}`]),
    options.ktap === true
      ? 'KTAP, and the exit statuses of kselftest: 0 as allowed, 1 deviates, 4 cannot be tried here.'
      : 'Exit status: 0 as allowed, 1 deviates, 77 cannot be tried here.',
  ]
  return `/*\n${lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd()).join('\n')}\n */\n`
}

const WIDTH = 100

const listed = (head: string, text: string): readonly string[] =>
  wrap(text, WIDTH - head.length).map((line, at) => `${at === 0 ? head : ' '.repeat(head.length)}${line}`)
