import { profiles } from '../../model/profile.ts'
import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import { parseCall } from '../../model/vocabulary/text/parse.ts'
import { actorsIn } from './end-of.ts'
import { knownNames } from './known-names.ts'
import type { Column, LitmusTest, Observation } from './litmus-test.ts'
import { parseCondition } from './parse-condition.ts'
import { errorAt, type Placed, splitAt, trimmed } from './place.ts'
import { namesIn } from './proposition.ts'

/**
 * Reads a litmus file, which looks like those of herd and litmus7: `SYSV name`, a sentence in quotation marks, lines
 * `key = value`, the setup in braces, a table of calls with `|` between the actors and `;` at the end of each row, and the
 * condition. Comments stand between (* and *).
 * @throws LitmusSyntaxError naming line, column and fault.
 */
export function parseLitmus(file: string): LitmusTest {
  const text = withoutComments(file)
  const open = text.indexOf('{')
  const close = closingBrace(text, open)
  if (open < 0 || close < 0)
    throw errorAt(text, open < 0 ? text.length : open, 'expected { setup } before the table of calls')
  const condition = /(^|[;\n])\s*(~\s*|not\s+)?(exists|forall)\b/.exec(text.slice(close))
  if (condition === null)
    throw errorAt(text, text.trimEnd().length, 'expected a condition: exists, ~exists or forall, and what')
  const conditionAt = close + condition.index + (condition[1]?.length ?? 0)
  const head = parseHead({ text: text.slice(0, open), offset: 0 }, text)
  const setup = parseSetup({ text: text.slice(open + 1, close), offset: open + 1 }, text)
  const columns = parseTable({ text: text.slice(close + 1, conditionAt), offset: close + 1 }, text)
  const asked = parseCondition(trimmed({ text: text.slice(conditionAt), offset: conditionAt }), text)
  const acting = actorsIn({ setup, columns })
  const observer = rootActors.findLast((actor) => !acting.includes(actor))
  if (observer === undefined)
    throw errorAt(text, close + 1, 'A, B, C and D all act: one of them must be left to look at the end')
  const test = { ...head, setup, columns, ...asked, observer }
  for (const name of namesIn(asked.proposition)) refuseUnknownName(name, test, text, conditionAt)
  return test
}

const withoutComments = (text: string) =>
  text.replaceAll(/\(\*[\s\S]*?\*\)/g, (comment) => comment.replaceAll(/[^\n]/g, ' '))

function closingBrace(text: string, open: number): number {
  let depth = 0
  for (let at = open; at >= 0 && at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return -1
}

const linesOf = (placed: Placed): readonly Placed[] => {
  let { offset } = placed
  return placed.text.split('\n').flatMap((line) => {
    const its = trimmed({ text: line, offset })
    offset += line.length + 1
    return its.text === '' ? [] : [its]
  })
}

function parseHead(
  placed: Placed,
  file: string,
): Pick<LitmusTest, 'name' | 'description' | 'rules' | 'claims'> {
  const [first, ...rest] = linesOf(placed)
  const name = /^SYSV\s+(\S+)$/.exec(first?.text ?? '')?.[1]
  if (name === undefined) throw errorAt(file, first?.offset ?? 0, 'expected SYSV and a name of one word')
  let description = ''
  let rules: readonly string[] = []
  const claims: Partial<Record<'linux' | 'posix', Observation>> = {}
  for (const { text, offset } of rest) {
    const sentence = /^"(.*)"$/.exec(text)?.[1]
    const [, key, value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(text) ?? []
    if (sentence !== undefined) description = [description, sentence].filter(Boolean).join(' ')
    else if (key === 'rules') rules = value.split(/\s+/)
    else if (key === 'linux' || key === 'posix') claims[key] = parseObservation(value, file, offset)
    else
      throw errorAt(
        file,
        offset,
        `expected "a sentence", rules = …, ${Object.keys(profiles).join(' = … or ')} = …, found \`${text}\``,
      )
  }
  return { name, description, rules, claims }
}

function parseObservation(word: string, file: string, offset: number): Observation {
  if (word === 'Never' || word === 'Sometimes' || word === 'Always') return word
  throw errorAt(file, offset, `expected Never, Sometimes or Always, found \`${word}\``)
}

/** `[ACTOR:] [VARIABLE =] call(arguments)`, a line each; by A where nobody is named. */
const parseSetup = (placed: Placed, file: string): readonly Step[] =>
  linesOf(placed).map(({ text, offset }) => {
    const [begin = '', actor = 'A'] = /^([A-Za-z]\w*):\s*/.exec(text) ?? []
    const call = trimmed({ text: text.slice(begin.length), offset: offset + begin.length })
    return { actor, call: callAt(call, file) }
  })

function callAt({ text, offset }: Placed, file: string): Call {
  try {
    return parseCall(text)
  } catch (error) {
    throw errorAt(file, offset, `${(error as Error).message}: ${text}`)
  }
}

function parseTable(placed: Placed, file: string): readonly Column[] {
  const rows = splitAt(placed, ';').map((row) => splitAt(row, '|').map(trimmed))
  const last = rows.pop()
  if (last?.some(({ text }) => text !== ''))
    throw errorAt(file, last[0]?.offset ?? placed.offset, 'a row of the table ends with ;')
  const [names, ...calls] = rows
  if (names === undefined)
    throw errorAt(file, placed.offset, 'expected a table: actors, then calls, between |')
  names.forEach(({ text, offset }, at) => {
    if (!/^[A-Za-z]\w*$/.test(text)) throw errorAt(file, offset, `\`${text}\` is no name of an actor`)
    if (names.findIndex((other) => other.text === text) < at)
      throw errorAt(file, offset, `${text} has two columns`)
  })
  for (const row of calls)
    if (row.length !== names.length)
      throw errorAt(
        file,
        row[0]?.offset ?? placed.offset,
        `this row has ${row.length} cells, but there are ${names.length} actors`,
      )
  return names.map(({ text: actor }, at) => ({
    actor,
    calls: calls.flatMap((row) => {
      const cell = row[at]
      return cell === undefined || cell.text === '' ? [] : [columnCall(cell, file)]
    }),
  }))
}

function columnCall(cell: Placed, file: string): Call {
  const call = callAt(cell, file)
  if (formOf(call.name).pseudo === true)
    throw errorAt(file, cell.offset, `${cell.text} is a step of the driver, which no actor makes`)
  return call
}

function refuseUnknownName(
  name: string,
  test: Pick<LitmusTest, 'setup' | 'columns'>,
  file: string,
  from: number,
): void {
  const known = knownNames(test)
  if (known.includes(name)) return
  const offset = from + Math.max(file.slice(from).indexOf(name), 0)
  const [begin] = name.split(/[.[]/)
  const alike = known.filter(
    (other) => other === begin || other.startsWith(`${begin}.`) || other.startsWith(`${begin}[`),
  )
  const some = alike.length > 0 ? alike : known
  throw errorAt(file, offset, `nothing is called ${name}; there is ${some.slice(0, NAMES_MAX).join(', ')}`)
}

const NAMES_MAX = 12
