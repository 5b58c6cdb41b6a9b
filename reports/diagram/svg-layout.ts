import { wrap } from '../wrap.ts'
import { type Arrow, type Course, courseOf } from './bars.ts'
import { type Legend, legendOf } from './legend-entries.ts'
import { GONE, type ObjectChange, objectChanges } from './object-changes.ts'
import type { Story, StoryEvent, StoryStep } from './story.ts'
import { CHARACTER, LINE, MARGIN } from './svg-style.ts'

/** Where everything of a story stands, in pixels. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly title: readonly string[]
  readonly lanes: readonly LaneLayout[]
  /** Columns of object states. */
  readonly columns: readonly ColumnLayout[]
  readonly rows: readonly RowLayout[]
  readonly course: Course
  readonly legend: Legend
  /** Where the lanes begin, and where the legend does. */
  readonly top: number
  readonly bottom: number
  readonly right: number
}

export interface LaneLayout {
  readonly actor: string
  readonly madeIn: number
  /** Of the bars. */
  readonly x: number
  readonly characters: number
}

export interface ColumnLayout {
  readonly title: string
  readonly x: number
  readonly characters: number
  /** The numbers of the steps between which the object is there; `to` is 0 where it is not removed. */
  readonly from: number
  readonly to: number
}

export interface RowLayout {
  readonly step: StoryStep
  readonly top: number
  readonly bottom: number
  /** The lines of the call; where the arrows are, the first one first; where what came of it is told. */
  readonly call: readonly string[]
  readonly arrows: readonly { readonly arrow: Arrow; readonly y: number }[]
  /** Where sleepers wake and calls come back. */
  readonly turn: number
  readonly results: readonly {
    readonly actor: string
    readonly lines: readonly string[]
    readonly y: number
  }[]
  readonly states: readonly { readonly column: number; readonly lines: readonly string[] }[]
  /** What was observed and allowed, and by which rule. */
  readonly callout: { readonly y: number; readonly lines: readonly CalloutLine[] } | null
}

export interface CalloutLine {
  readonly words: string
  readonly is: 'observed' | 'allowed' | 'rule' | 'source'
}

export const GUTTER = 34
export const BAR = 10
/** From the middle of a bar to the text beside it. */
export const BESIDE = 12
const LANE_GAP = 18
const PADDING = 9
const ARROW = 8
const HEADER = 34
const RESULT_LINES_MAX = 5
/** Characters that all lanes have together, and each at least and at most. */
const LANES_TOGETHER = 112
const LANE_LEAST = 13
const LANE_MOST = 36
const COLUMNS_MOST = 3
const COLUMN_MOST = 24

export function layOut(story: Story): Layout {
  const { steps } = story
  const course = courseOf(story)
  const lanes = layOutLanes(story)
  const lanesEnd = endOf(lanes.at(-1)) ?? MARGIN + GUTTER
  const objects = objectChanges(steps)
  const columns = layOutColumns(objects, lanesEnd + LANE_GAP)
  const width = Math.max(endOf(columns.at(-1)) ?? lanesEnd, WIDTH_MIN) + MARGIN
  const title = story.title === '' ? [] : wrap(story.title, charactersIn(width - 2 * MARGIN) * 0.8)
  const top = MARGIN + title.length * TITLE_LINE + HEADER
  let y = top
  const rows = steps.map((step, at): RowLayout => {
    const row = layOutRow({
      step,
      top: y,
      course,
      lanes,
      right: lanesEnd,
      changes: objects[at] ?? [],
      columns,
    })
    y = row.bottom
    return row
  })
  const bottom = y + PADDING
  const legend = legendOf(course, story.problem, width)
  return {
    ...{ width, height: bottom + legend.height, title, lanes, columns, rows, course, legend, top, bottom },
    right: lanesEnd,
  }
}

const WIDTH_MIN = 420
export const TITLE_LINE = 20

const charactersIn = (pixels: number) => Math.floor(pixels / CHARACTER)
const endOf = (box: { readonly x: number; readonly characters: number } | undefined) =>
  box === undefined ? undefined : box.x + BESIDE + box.characters * CHARACTER

function layOutLanes({ lanes, steps }: Story): readonly LaneLayout[] {
  const cap = Math.min(
    Math.max(Math.floor(LANES_TOGETHER / Math.max(lanes.length, 1)), LANE_LEAST),
    LANE_MOST,
  )
  let x = MARGIN + GUTTER
  return lanes.map(({ actor, madeIn }) => {
    const texts = steps.flatMap((step) => [
      ...(step.actor === actor ? [step.call] : []),
      ...step.events.filter((event) => event.actor === actor).map(resultWords),
    ])
    const longest = Math.max(...texts.map(({ length }) => length), actor.length + 2)
    const characters = Math.min(Math.max(longest, LANE_LEAST), cap)
    const lane = { actor, madeIn, x, characters }
    x += BESIDE + characters * CHARACTER + LANE_GAP
    return lane
  })
}

/** A column an object, or one for all where there are many. */
function layOutColumns(objects: readonly (readonly ObjectChange[])[], from: number): readonly ColumnLayout[] {
  const all = objects.flat()
  const names = [...new Set(all.map(({ name }) => name))]
  if (names.length === 0) return []
  const isOne = names.length > COLUMNS_MOST
  let x = from
  return (isOne ? [''] : names).map((name) => {
    const own = all.filter((change) => isOne || change.name === name)
    const title = isOne ? 'objects' : `${name} ${kindWords[own[0]?.kind ?? ''] ?? ''}`.trim()
    const lines = own.flatMap((change) => linesIn(change, isOne))
    const longest = Math.max(title.length, ...lines.map(({ length }) => length))
    const has = (test: (change: ObjectChange) => boolean) =>
      objects.findIndex((changes) => changes.some((change) => own.includes(change) && test(change))) + 1
    const column = {
      ...{ title, x, characters: Math.min(longest, COLUMN_MOST) },
      ...{ from: has(() => true), to: isOne ? 0 : has(({ lines: [line] }) => line === GONE) },
    }
    x += BESIDE + column.characters * CHARACTER + LANE_GAP
    return column
  })
}

const kindWords: Readonly<Record<string, string>> = {
  set: 'semaphores',
  queue: 'queue',
  segment: 'segment',
}

const linesIn = ({ name, lines }: ObjectChange, isNamed: boolean): readonly string[] =>
  isNamed ? lines.map((line, at) => (at === 0 ? `${name} ${line}` : `  ${line}`)) : lines

interface RowParts {
  readonly step: StoryStep
  readonly top: number
  readonly course: Course
  readonly lanes: readonly LaneLayout[]
  readonly right: number
  readonly changes: readonly ObjectChange[]
  readonly columns: readonly ColumnLayout[]
}

function layOutRow({ step, top, course, lanes, right, changes, columns }: RowParts): RowLayout {
  const lane = lanes.find(({ actor }) => actor === step.actor)
  const call = wrap(step.call, lane?.characters ?? LANE_MOST, 'break')
  let y = top + PADDING + call.length * LINE
  const arrows = course.arrows
    .filter((arrow) => arrow.step === step.number)
    .map((arrow, at) => ({ arrow, y: y + ARROW * (at + 0.75) }))
  if (arrows.length > 0) y += ARROW * (arrows.length + 0.25)
  const turn = arrows[0]?.y ?? y + 2
  const results = lanes.flatMap(({ actor, characters }) => {
    const words = step.events
      .filter((event) => event.actor === actor)
      .map(resultWords)
      .filter(Boolean)
    const lines = words.flatMap((each) => shortened(wrap(each, characters, 'break')))
    return lines.length === 0 ? [] : [{ actor, lines, y }]
  })
  y += Math.max(0, ...results.map(({ lines }) => lines.length)) * LINE
  const states = columns.flatMap(({ title, characters }, column) => {
    const isOne = columns.length === 1 && title === 'objects'
    const lines = changes
      .filter(({ name }) => isOne || title.startsWith(`${name} `))
      .flatMap((change) => linesIn(change, isOne).flatMap((line) => wrap(line, characters, 'break')))
    return lines.length === 0 ? [] : [{ column, lines }]
  })
  const beside = top + PADDING + Math.max(0, ...states.map(({ lines }) => lines.length)) * LINE
  const callout = calloutOf(step, y, charactersIn(right - MARGIN - GUTTER))
  if (callout !== null) y = callout.y + callout.lines.length * LINE + PADDING
  return { step, top, bottom: Math.max(y, beside) + PADDING, call, arrows, turn, results, states, callout }
}

const resultWords = ({ is, words }: StoryEvent): string => {
  if (is === 'blocks') return 'falls asleep'
  if (is === 'returns') return words.replace('returns', '→')
  return is === 'made' ? '' : words
}

const shortened = (lines: readonly string[]) =>
  lines.length <= RESULT_LINES_MAX ? lines : [...lines.slice(0, RESULT_LINES_MAX - 1), '…']

function calloutOf({ deviation }: StoryStep, y: number, characters: number): RowLayout['callout'] {
  if (deviation === null) return null
  const { observed, allowed, rule, sentence, cites } = deviation
  const told = (is: CalloutLine['is'], label: string, words: string): readonly CalloutLine[] =>
    wrap(words, Math.max(characters - label.length, LANE_LEAST), 'break').map((line, at) => ({
      is,
      words: `${at === 0 ? label : ' '.repeat(label.length)}${line}`,
    }))
  const some = allowed.slice(0, ALLOWED_MOST)
  return {
    y: y + 2 * PADDING,
    lines: [
      ...told('observed', 'observed ', observed),
      ...some.flatMap((words, at) => told('allowed', at === 0 ? 'allowed  ' : '      or ', words)),
      ...(allowed.length > some.length
        ? told('allowed', '      or ', `${allowed.length - some.length} more`)
        : []),
      ...told('rule', 'rule     ', `${rule}: ${sentence}`),
      ...cites.flatMap((source) => told('source', '         ', source)),
    ],
  }
}

const ALLOWED_MOST = 4
