import { paint, type Style } from '../style.ts'
import { hanging, wrap } from '../wrap.ts'
import { type Arrow, type Course, courseOf } from './bars.ts'
import { type ObjectChange, objectChanges } from './object-changes.ts'
import type { Lane, Story, StoryStep } from './story.ts'

/**
 * A story as a space-time diagram of characters: a narrow lane an actor, time goes down, and beside it what is called, what
 * comes of it and what becomes of the objects.
 */
export function textDiagram(story: Story, style: Style): string {
  const { title, lanes, steps, problem } = story
  const { bold, dim, red } = paint(style)
  const course = courseOf(story)
  const changes = objectChanges(steps)
  const width = Math.max(LANE_MIN, ...lanes.map(({ actor }) => actor.length + 2))
  const beside = Math.max(style.columns - NUMBER - lanes.length * width - 1, TEXT_MIN)
  return `${[
    ...(title === '' ? [] : [...hanging('', title, style.columns).map(bold), '']),
    `${' '.repeat(NUMBER)}${lanes.map(({ actor }) => bold(centred(actor, width))).join('')}`.trimEnd(),
    ...steps.flatMap((step, at) => {
      const texts = [...stepTexts(step, beside, style), ...changeTexts(changes[at] ?? [], beside, style)]
      return texts.map((text, line) => {
        const drawn = line === 0 ? laneLine(step, lanes, course, width) : restLine(step, lanes, course, width)
        const number =
          line === 0 ? `${step.deviation === null ? ' ' : '!'}${String(step.number).padStart(2)}` : ''
        return `${number.padEnd(NUMBER)}${drawn} ${text}`.trimEnd()
      })
    }),
    ...(problem === '' ? [] : hanging('', `It ends here: ${problem}.`, style.columns).map(red)),
    '',
    ...hanging('', legendOf(story, course), style.columns).map(dim),
  ].join('\n')}\n`
}

const NUMBER = 5
const LANE_MIN = 5
const TEXT_MIN = 30

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2)
  return `${' '.repeat(left)}${text}`.padEnd(width)
}

function stepTexts(step: StoryStep, columns: number, style: Style): readonly string[] {
  const { bold, red } = paint(style)
  const { actor, call, isDriver, events, deviation } = step
  const seen = events.filter(({ is }) => is !== 'made').map((event) => `${event.actor} ${event.words}`)
  return [
    ...within(isDriver ? call : `${actor}: ${call}`, columns, '').map(bold),
    ...(deviation === null
      ? within(seen.join('; '), columns, '  ')
      : [
          ...within(`observed: ${deviation.observed}`, columns, '  ').map(red),
          ...deviation.allowed.flatMap((words, at) =>
            within(`${at === 0 ? 'allowed:  ' : 'or '}${words}`, columns, '  '),
          ),
          ...within(`rule: ${deviation.rule}`, columns, '  '),
        ]),
  ]
}

const changeTexts = (changes: readonly ObjectChange[], columns: number, style: Style): readonly string[] =>
  changes.flatMap(({ name, lines }) =>
    within(`${name} ${lines.join(', ')}`, columns, '  = ').map(paint(style).dim),
  )

const within = (text: string, columns: number, first: string): readonly string[] =>
  text === ''
    ? []
    : wrap(text, columns - first.length, 'break').map((line, at) =>
        `${at === 0 ? first : ' '.repeat(first.length)}${line}`.trimEnd(),
      )

/** The lanes in the line of a step: who calls, who sleeps, who comes back, and the arrows between them. */
function laneLine(step: StoryStep, lanes: readonly Lane[], course: Course, width: number): string {
  const cells = [...lanes.map((lane) => centred(signAt(lane, step, course), width)).join('')]
  const centre = (actor: string) =>
    lanes.findIndex((lane) => lane.actor === actor) * width + Math.floor((width - 1) / 2)
  for (const arrow of course.arrows.filter((each) => each.step === step.number))
    draw(cells, centre(arrow.from), centre(arrow.to), arrow)
  return cells.join('')
}

function draw(cells: string[], from: number, to: number, { is }: Arrow): void {
  const way = to > from ? 1 : -1
  for (let at = from + way; at !== to; at += way) {
    const isHead = at === to - way
    const before = cells[at] ?? ' '
    if (isHead) cells[at] = way > 0 ? '▶' : '◀'
    else if (before === ' ') cells[at] = is === 'makes' ? '┄' : '─'
    else if (before === '│') cells[at] = '┼'
  }
}

/** The lanes below that line. */
const restLine = ({ number }: StoryStep, lanes: readonly Lane[], course: Course, width: number): string =>
  lanes.map((lane) => centred(signAfter(lane, number, course), width)).join('')

function signAt(lane: Lane, step: StoryStep, course: Course): string {
  const { actor } = lane
  const { number, events } = step
  if (course.ends[actor] === number) return '✕'
  if (lane.madeIn === number && number > 0) return '┬'
  const own = events.filter((event) => event.actor === actor)
  if (step.actor === actor && !step.isDriver && own.some(({ is }) => is !== 'stays')) return '●'
  if (own.some(({ is }) => is === 'returns' || is === 'faults')) return '○'
  return signAfter(lane, number, course)
}

function signAfter({ actor, madeIn }: Lane, number: number, course: Course): string {
  if (number < madeIn || number >= (course.ends[actor] ?? Number.POSITIVE_INFINITY)) return ' '
  if (course.stops.some((stop) => stop.actor === actor && isBetween(number, stop, 'left'))) return '▒'
  return course.bars.some((bar) => bar.actor === actor && isBetween(number, bar, bar.is)) ? '░' : '│'
}

const isBetween = (number: number, { from, to }: { from: number; to: number }, is: string) =>
  number >= from && (number < to || is === 'open')

function legendOf({ steps }: Story, { bars, arrows, stops, ends }: Course): string {
  const wakes = arrows.some(({ is }) => is !== 'makes')
  const signs = [
    '● calls',
    ...(bars.some(({ is }) => is !== 'at once') ? ['░ asleep', '○ returns'] : []),
    ...(stops.length > 0 ? ['▒ stopped'] : []),
    ...(Object.keys(ends).length > 0 ? ['✕ ends'] : []),
    ...(arrows.some(({ is }) => is === 'makes') ? ['┬ begins'] : []),
    ...(wakes ? ['─▶ wakes, ends, stops or continues'] : []),
    ...(steps.some(({ deviation }) => deviation !== null) ? ['! deviates'] : []),
  ]
  return signs.join(', ')
}
