import type { Call } from '../../../model/vocabulary/forms.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import { printStep } from '../../../model/vocabulary/text/print.ts'
import { quoted } from '../checks.ts'
import { variable } from '../words.ts'
import type { OverlappingStory } from './story.ts'

/** A call as it is made, in words and in C; in two lines where it is long. */
export function inWords(maker: string, number: number, step: Step, value: string): string {
  const beginning = `${maker}(${number}, ${quoted(printStep(step))},`
  const isLong = beginning.length + value.length > COLUMNS
  return `${beginning}${isLong ? `\n\t${' '.repeat(maker.length + 1)}` : ' '}${value});`
}

const COLUMNS = 105

export const indented = (line: string) => (line === '' ? '' : `\t${line.replaceAll('\n', '\n\t')}`)

/** A call, with what it makes stored; in a block of its own where it has variables. */
export function madeAs(
  call: Call | undefined,
  said: OverlappingStory['said'][number] | undefined,
  over: (value: string) => string,
): readonly string[] {
  if (call === undefined || said === undefined) return []
  const lines = [
    ...(said.before ?? []),
    over('as' in call ? stored(call.as, said.call) : said.call),
    ...(said.after ?? []),
  ]
  return lines.length === 1 ? lines : ['{', ...lines.map(indented), '}']
}

/** Of an address the pointer is stored, whatever number it is told as. */
function stored(name: string, made: string): string {
  const pointer = /^address_of\((.*)\)$/.exec(made)?.[1]
  return pointer === undefined ? `${variable(name)} = ${made}` : `address_of(${variable(name)} = ${pointer})`
}
