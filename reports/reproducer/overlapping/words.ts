import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { toldOutputs } from '../../../oracle/histories/outcome.ts'
import type { OverlappingStory } from './story.ts'

/** C that says what came of a round, in the words of the table of outcomes. */
export const telling = (story: OverlappingStory): string => `static void tell(void)
{
	words[0] = '\\0';
	for (int number = FIRST; number <= STEPS; number++) {
		int error = s->came[number].error;
		long long value = s->came[number].value;

		if (number > FIRST)
			add("; ");
		if (s->came[number].is != BACK)
			add(s->came[number].is == ASLEEP ? "asleep" : "not made");
		else if (error != 0)
			add("%s", ${errorsOf(story)}strerror(error));
		else
${manners(story)}	}
}
`

/** The errors that calls may fail with, by name. */
function errorsOf({ allowed, forbidden, seen }: OverlappingStory): string {
  const words = [...allowed, forbidden?.came ?? [], seen ?? []]
    .flat()
    .flatMap((came) => came.match(/^E[A-Z0-9]+$/) ?? [])
  return [...new Set(words)].map((name) => `error == ${name} ? "${name}" : `).join('')
}

const PLAIN = 'add("%lld", value);'

/** The calls by what is told of them: mostly the number that they return. */
function manners(story: OverlappingStory): string {
  const { steps, program } = story
  const numbers = new Map<string, number[]>()
  for (let at = program.first; at < steps.length; at++) {
    const manner = mannerOf(story, at)
    if (manner !== PLAIN) numbers.set(manner, [...(numbers.get(manner) ?? []), at + 1])
  }
  if (numbers.size === 0) return `\t\t\t${PLAIN}\n`
  const cases = [...numbers].map(([manner, of]) => {
    const labels = of.map((number) => `case ${number}:`).join(' ')
    return manner.length < SHORT ? `${labels} ${manner} break;\n` : `${labels}\n\t${manner}\n\tbreak;\n`
  })
  return ['switch (number) {\n', ...cases, `default: ${PLAIN}\n`, '}\n']
    .join('')
    .replaceAll(/^(?=.)/gm, '\t\t\t')
}

const SHORT = 60

/** What is told of a call that came back without an error. */
function mannerOf({ steps, said, program }: OverlappingStory, at: number): string {
  const call = steps[at]?.call
  if (call === undefined) return PLAIN
  const { value, outputs } = formOf(call.name)
  if (call.name === 'msgrcv') return `add_message(&${said[at]?.buffer}, value);`
  if (value === 'pid') return 'add(value == 0 ? "0" : "ok");'
  const told = outputs.flatMap(({ name }) => {
    const c = said[at]?.out?.[name]?.replaceAll('value(ACTOR)', 'value')
    if (!toldOutputs.includes(name) || c === undefined) return []
    const size = name === 'values' ? sizeOf(program, call) : undefined
    const all = size === undefined ? [c] : Array.from({ length: size }, (_, place) => `${c}[${place}]`)
    return [{ format: `${name}=${all.map(() => '%lld').join(',')}`, all }]
  })
  const isNamed = value === 'id' || value === 'address'
  if (told.length === 0) return isNamed ? 'add("ok");' : PLAIN
  const format = [isNamed ? 'ok' : '%lld', ...told.map((each) => each.format)].join(' ')
  const words = told.flatMap(({ all }) => all.map((c) => `, (long long)${c}`)).join('')
  return `add("${format}"${isNamed ? '' : ', value'}${words});`
}

/** Semaphores of the set that GETALL reads. */
const sizeOf = ({ scenario }: OverlappingStory['program'], asked: Call): number =>
  Math.max(
    0,
    ...scenario.steps.map(({ call }) =>
      call.name === 'semget' && 'set' in asked && call.as === asked.set ? call.nsems : 0,
    ),
  )
