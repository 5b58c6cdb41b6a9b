import { type Tag, tag } from '../xml.ts'
import type { Arrow } from './bars.ts'
import { BAR, type LaneLayout, type Layout, type RowLayout } from './svg-layout.ts'
import { CHARACTER, FONT, LINE } from './svg-style.ts'

const round = (pixels: number) => Math.round(pixels * 10) / 10

const rowOf = ({ rows }: Layout, number: number): RowLayout | undefined => rows[number - 1]

/** Where a call that began in this row has been written down. */
const afterCall = ({ top, call }: RowLayout) => top + 9 + call.length * LINE

/** Where a row ends for bars: a little above the next one, or above what is told about a deviation. */
const foot = ({ bottom, callout }: RowLayout) => (callout === null ? bottom : callout.y - 9) - 6

/** A line from where an actor is there to where it has ended, with its name. */
export const lifelineTags = (layout: Layout): readonly Tag[] =>
  layout.lanes.flatMap((lane) => {
    const { actor, madeIn, x } = lane
    const made = rowOf(layout, madeIn)
    const arrow = made?.arrows.find(({ arrow: { to } }) => to === actor)
    const from = made === undefined ? layout.top - 8 : (arrow?.y ?? made.turn)
    const last = rowOf(layout, layout.course.ends[actor] ?? 0)
    const to = last === undefined ? layout.bottom : last.turn
    return [
      tag('line', { class: 'life', x1: round(x), x2: round(x), y1: round(from), y2: round(to) }),
      ...(made === undefined ? pillTags(lane, layout.top - 18) : pillTags(lane, from)),
    ]
  })

function pillTags({ actor, x }: LaneLayout, y: number): readonly Tag[] {
  const width = Math.max(actor.length * CHARACTER + 12, 22)
  return [
    tag('rect', {
      ...{ class: 'pill', x: round(x - 11), y: round(y - 10) },
      ...{ width: round(width), height: 20, rx: 6 },
    }),
    tag(
      'text',
      { class: 'name', x: round(x - 11 + width / 2), y: round(y + FONT / 3), 'text-anchor': 'middle' },
      actor,
    ),
  ]
}

/** Calls: solid while the caller runs, hatched while it is asleep. */
export const barTags = (layout: Layout, id: string): readonly Tag[] =>
  layout.course.bars.flatMap(({ actor, from, to, is }) => {
    const x = layout.lanes.find((lane) => lane.actor === actor)?.x
    const first = rowOf(layout, from)
    const last = rowOf(layout, to)
    if (x === undefined || first === undefined || last === undefined) return []
    const bar = (top: number, bottom: number) => box('bar', x, top, bottom)
    const isLast = layout.course.ends[actor] === to
    const close = isLast ? turnOf(last, actor) : foot(last)
    if (is === 'at once') return [bar(first.top + 6, close)]
    const end = is === 'open' ? layout.bottom : turnOf(last, actor)
    return [
      box('asleep', x, afterCall(first), end, `url(#${id}-hatch)`),
      bar(first.top + 6, afterCall(first)),
      ...(is === 'woken' ? [bar(end, close)] : []),
    ]
  })

/** Where the actor is reached by an arrow in this row. */
const turnOf = ({ arrows, turn }: RowLayout, actor: string) =>
  arrows.find(({ arrow }) => arrow.to === actor)?.y ?? turn

const box = (name: string, x: number, top: number, bottom: number, fill?: string): Tag =>
  tag('rect', {
    ...{ class: name, x: round(x - BAR / 2), y: round(top), width: BAR, rx: 1.5 },
    ...(fill === undefined ? {} : { fill }),
    height: round(Math.max(bottom - top, 2)),
  })

/** A little wider than a bar, which may be behind it. */
const STOP = BAR + 6

export const stopTags = (layout: Layout, id: string): readonly Tag[] =>
  layout.course.stops.flatMap(({ actor, from, to }) => {
    const x = layout.lanes.find((lane) => lane.actor === actor)?.x
    const first = rowOf(layout, from)
    const last = rowOf(layout, to)
    if (x === undefined || first === undefined || last === undefined) return []
    const isOpen = last.step.events.every((event) => event.actor !== actor || event.is === 'stops')
    const end = isOpen ? layout.bottom : turnOf(last, actor)
    return [
      tag('rect', {
        ...{ class: 'stopped', x: round(x - STOP / 2), y: round(turnOf(first, actor)), width: STOP, rx: 3 },
        ...{ height: round(Math.max(end - turnOf(first, actor), 2)), fill: `url(#${id}-dots)` },
      }),
    ]
  })

export const arrowTags = (layout: Layout): readonly Tag[] =>
  layout.rows.flatMap(({ arrows }) =>
    arrows.flatMap(({ arrow, y }) => {
      const from = layout.lanes.find((lane) => lane.actor === arrow.from)?.x
      const to = layout.lanes.find((lane) => lane.actor === arrow.to)?.x
      return from === undefined || to === undefined ? [] : arrowTag(arrow, from, to, y)
    }),
  )

function arrowTag({ is }: Pick<Arrow, 'is'>, from: number, to: number, y: number): readonly Tag[] {
  const way = to > from ? 1 : -1
  const start = from + (way * BAR) / 2
  const tip = to - way * (is === 'makes' ? 12 : BAR / 2 + 1)
  const name = is === 'makes' ? 'arrow making' : 'arrow'
  return [
    tag('path', { class: name, d: `M${round(start)} ${round(y)}H${round(tip - way * 6)}` }),
    tag('path', {
      class: 'head',
      d: `M${round(tip)} ${round(y)}l${-way * 9} -4.5v9z`,
    }),
  ]
}

/** A cross where an actor has ended. */
export const endTags = (layout: Layout): readonly Tag[] =>
  Object.entries(layout.course.ends).flatMap(([actor, number]) => {
    const x = layout.lanes.find((lane) => lane.actor === actor)?.x
    const row = rowOf(layout, number)
    return x === undefined || row === undefined ? [] : [crossTag(x, turnOf(row, actor))]
  })

export const crossTag = (x: number, y: number): Tag =>
  tag('path', { class: 'end', d: `M${round(x - 6)} ${round(y - 6)}l12 12m0 -12l-12 12` })

export const barSample = (x: number, y: number): Tag => box('bar', x, y - 7, y + 7)
export const sleepSample = (x: number, y: number, id: string): Tag =>
  box('asleep', x, y - 7, y + 7, `url(#${id}-hatch)`)
export const stopSample = (x: number, y: number, id: string): Tag =>
  box('stopped', x, y - 7, y + 7, `url(#${id}-dots)`)
export const arrowSample = (is: Arrow['is'], x: number, y: number): readonly Tag[] =>
  arrowTag({ is }, x - 16, x + (is === 'makes' ? 26 : 16), y)
