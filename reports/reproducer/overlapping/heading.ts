import { printStep } from '../../../model/vocabulary/text/print.ts'
import type { Precedence } from '../../../oracle/histories/forbidden.ts'
import { wrap } from '../../wrap.ts'
import type { ReproducerOptions } from '../options.ts'
import type { OverlappingStory } from './story.ts'

/** The comment at the top: the rule, the program, what came of it, how to build and run it. */
export function heading(story: OverlappingStory, options: ReproducerOptions): string {
  const { program, header, seen, allowed, forbidden, sleepers, steps } = story
  const { first, last } = program
  const { rule, clause, profile, file, start } = options
  const scenes = steps.map((step, at) => {
    const came = seen?.[at - first]
    const shown = `  ${`${at + 1}.`.padEnd(4)}${printStep(step)}`
    const text = came === undefined || came === '' ? shown : `${shown.padEnd(COLUMN)} ${came}`
    return `${at === first ? ' at the same time:\n' : at === last ? ' then:\n' : at === 0 ? ' before:\n' : ''}${text}`
  })
  const name = file.replace(/\.c$/, '')
  const lines = [
    ...(rule === null ? [`Everything that profile ${profile.name} says about these calls.`, ''] : [rule, '']),
    ...(clause === undefined
      ? []
      : [...wrap(clause.sentence, WIDTH), ...clause.cites.map((cite) => `  ${cite}`), '']),
    ...wrap(
      'Calls of several processes at the same time. Each process makes its own in their order; who is first is left to chance, so the program is repeated.',
      WIDTH,
    ),
    ...scenes.flatMap((scene) => scene.split('\n')),
    '',
    ...(seen === null
      ? []
      : wrap(
          `Behind each call is what came of it on ${header.target} (${header.kernel}, ${header.libc}, ${header.arch}): no order in which the calls can take effect explains that.`,
          WIDTH,
        )),
    ...wrap(
      sleepers !== undefined
        ? 'They may come out in many ways, but nobody may be asleep in the end whose operations can be done. The program looks for that.'
        : forbidden === null
          ? `What they may come to (${allowed.length === 1 ? 'one way' : `${allowed.length} ways`}) is in the table \`allowed\`.`
          : following(forbidden.precedences),
      WIDTH,
    ),
    '',
    `Build: cc -std=c11 -o ${name} ${file}`,
    `Run:   ${start === undefined ? '' : `${start} `}./${name} [ROUNDS]`,
    options.ktap === true
      ? 'KTAP, and the exit statuses of kselftest: 0 as allowed, 1 deviates, 4 cannot be tried here.'
      : 'Exit status: 0 as allowed in all rounds, 1 deviates, 77 cannot be tried here.',
  ]
  return `/*\n${lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd()).join('\n')}\n */\n`
}

const following = (precedences: readonly Precedence[]): string =>
  precedences.length === 0
    ? 'They may come out in many ways; the program looks for this one.'
    : `They may come out in many ways, this one among them, but not where ${precedences
        .map(({ before, after }) => `call ${before + 1} is back before call ${after + 1} begins`)
        .join(' and ')}. The program looks for that.`

const WIDTH = 100
const COLUMN = 50
