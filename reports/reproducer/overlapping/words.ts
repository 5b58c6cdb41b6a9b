import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { toldOutputs } from '../../../oracle/histories/outcome.ts'
import type { OverlappingStory } from './story.ts'

/** C that says what came of a step, in the words of the table of outcomes. */
export function comingOf({ steps, said, program }: OverlappingStory, at: number): readonly string[] {
  const call = steps[at]?.call
  if (call === undefined) return []
  const came = `s->came[${at}]`
  const { value, outputs } = formOf(call.name)
  const isNamed = value === 'id' || value === 'address'
  const told = outputs.flatMap(({ name }) => {
    const c = said[at]?.out?.[name]?.replaceAll('value(ACTOR)', `${came}.value`)
    if (!toldOutputs.includes(name) || c === undefined) return []
    return name === 'values'
      ? [`add_list(${c}, ${sizeOf(program, call)});`]
      : [`add(" ${name}=%lld", (long long)${c});`]
  })
  const number = isNamed
    ? 'add("ok", 0);'
    : value === 'pid'
      ? `add(${came}.value == 0 ? "0" : "ok", 0);`
      : `add("%lld", ${came}.value);`
  const isLast = at === steps.length - 1
  const lines = [number, ...told].map((line) => `\t${line}`)
  return [
    ...(lines.length === 1
      ? [`if (is_told(${at + 1}))`, ...lines]
      : [`if (is_told(${at + 1})) {`, ...lines, '}']),
    ...(isLast ? [] : ['add("; ", 0);']),
  ]
}

/** Semaphores of the set that GETALL reads. */
const sizeOf = ({ scenario }: OverlappingStory['program'], asked: Call): number =>
  Math.max(
    0,
    ...scenario.steps.map(({ call }) =>
      call.name === 'semget' && 'set' in asked && call.as === asked.set ? call.nsems : 0,
    ),
  )
