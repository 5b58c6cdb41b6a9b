import { stateWords } from '../../oracle/explanation/object-states.ts'
import { elementText, type Tag, tag } from '../xml.ts'
import type { Story, StoryStep } from './story.ts'
import { BESIDE, GUTTER, type Layout, layOut, type RowLayout, TITLE_LINE } from './svg-layout.ts'
import { legendTags } from './svg-legend.ts'
import { arrowTags, barTags, endTags, lifelineTags, stopTags } from './svg-marks.ts'
import { FONT, LINE, MARGIN, patternTags, styleTag } from './svg-style.ts'

export interface SvgOptions {
  /** Tells the diagram from others in a page. */
  readonly id?: string
  /** Whether it brings its style with it; a page with many of them has it once (`diagramStyle`). */
  readonly style?: boolean
}

/**
 * A story as a space-time diagram: a lane an actor, time goes down, a bar a call. One SVG element that can stand alone or
 * in a page, where `id` tells it from others. Takes the colours of the reader's choice, and prints in light ones.
 */
export function svgDiagram(story: Story, { id = 'space-time', style = true }: SvgOptions = {}): string {
  const layout = layOut(story)
  const { width, height } = layout
  return elementText(
    tag(
      'svg',
      {
        ...{ xmlns: 'http://www.w3.org/2000/svg', class: 'space-time', id },
        ...{ width: round(width), height: round(height), viewBox: `0 0 ${round(width)} ${round(height)}` },
        ...{ role: 'graphics-document', 'aria-roledescription': 'space-time diagram' },
        'aria-labelledby': `${id}-title`,
        'aria-describedby': `${id}-desc`,
      },
      [
        tag('title', { id: `${id}-title` }, story.title || 'A scenario'),
        tag('desc', { id: `${id}-desc` }, descriptionOf(story)),
        ...(style ? [styleTag()] : []),
        tag('defs', {}, patternTags(id)),
        tag('rect', { class: 'paper', width: round(width), height: round(height) }),
        ...layout.title.map((line, at) => text(line, MARGIN, MARGIN + TITLE_LINE * at + FONT + 2, 'title')),
        tag('g', { 'aria-hidden': 'true' }, [
          ...layout.rows.flatMap((row) => backgroundTags(row, layout)),
          ...lifelineTags(layout),
          ...stopTags(layout, id),
          ...barTags(layout, id),
          ...arrowTags(layout),
          ...endTags(layout),
          ...columnTags(layout),
        ]),
        tag(
          'g',
          { role: 'list', 'aria-label': 'Steps' },
          layout.rows.map((row) => rowTag(row, layout)),
        ),
        ...legendTags(layout, id),
      ],
    ),
  )
}

const round = (pixels: number) => Math.round(pixels * 10) / 10

const text = (words: string, x: number, y: number, name = ''): Tag =>
  tag(
    'text',
    { ...(name === '' ? {} : { class: name }), x: round(x), y: round(y), 'xml:space': 'preserve' },
    words,
  )

const lines = (words: readonly string[], x: number, top: number, name = ''): readonly Tag[] =>
  words.map((line, at) => text(line, x, top + LINE * at + FONT, name))

function descriptionOf({ lanes, steps, problem }: Story): string {
  const wrong = steps.find(({ deviation }) => deviation !== null)
  const { deviation } = wrong ?? { deviation: null }
  return [
    `${steps.length} steps, from top to bottom, of the actors ${lanes.map(({ actor }) => actor).join(', ')}.`,
    ...(wrong === undefined || deviation === null
      ? []
      : [
          `Step ${wrong.number} deviates from ${deviation.rule}: observed ${deviation.observed};`,
          `allowed ${deviation.allowed.join(', or ')}.`,
        ]),
    ...(problem === '' ? [] : [`It ends early: ${problem}.`]),
  ].join(' ')
}

function backgroundTags({ step, top, bottom }: RowLayout, { width }: Layout): readonly Tag[] {
  const rect = { y: round(top), height: round(bottom - top) }
  return [
    ...(step.deviation === null
      ? []
      : [
          tag('rect', { class: 'wrong', x: 0, width: round(width), ...rect }),
          tag('rect', { class: 'edge', x: 0, width: 5, ...rect }),
        ]),
    tag('line', {
      ...{ class: 'rule', x1: MARGIN, x2: round(width - MARGIN) },
      ...{ y1: round(top), y2: round(top) },
    }),
  ]
}

/** Over each object its name, and beside its states a line for as long as it is there. */
const columnTags = ({ columns, rows, top, bottom }: Layout): readonly Tag[] =>
  columns.flatMap(({ title, x, from, to }) => {
    const line = { class: 'rule', x1: round(x - 7), x2: round(x - 7) }
    const [begin, end] = [rows[from - 1]?.top ?? top, rows[to - 1]?.top ?? bottom]
    return [text(title, x, top - 12, 'name'), tag('line', { ...line, y1: round(begin + 4), y2: round(end) })]
  })

/** What is written in a row, told as one sentence to who cannot see it, and with its rules to who points at it. */
function rowTag(row: RowLayout, { lanes, columns, right }: Layout): Tag {
  const { step, top, call, results, states, callout } = row
  const lane = lanes.find(({ actor }) => actor === step.actor)
  const first = lanes[0]?.x ?? MARGIN + GUTTER
  const calloutNames = { observed: 'bad', allowed: 'call', rule: '', source: 'muted' } as const
  return tag('g', { role: 'listitem' }, [
    tag('title', {}, sentenceOf(step)),
    text(String(step.number), MARGIN, top + 9 + FONT, 'muted'),
    ...lines(call, (lane?.x ?? first) + BESIDE, top + 9, 'call'),
    ...results.flatMap(({ actor, lines: words, y }) => {
      const x = lanes.find((each) => each.actor === actor)?.x ?? first
      return lines(words, x + BESIDE, y, isDeviating(step) ? 'bad' : '')
    }),
    ...states.flatMap(({ column, lines: words }) => lines(words, columns[column]?.x ?? 0, top + 9, '')),
    ...(callout === null
      ? []
      : [
          tag('rect', {
            ...{ class: 'callout', x: round(first - 12), y: round(callout.y - 6), rx: 4 },
            ...{ width: round(right - first + 14), height: LINE * callout.lines.length + 10 },
          }),
          ...callout.lines.map(({ words, is }, at) =>
            text(words, first - 4, callout.y + LINE * at + FONT, calloutNames[is]),
          ),
        ]),
  ])
}

const isDeviating = ({ deviation }: StoryStep) => deviation !== null

function sentenceOf({ number, actor, call, isDriver, events, objects, rules, deviation }: StoryStep): string {
  const seen = events.map(({ actor: who, words }) => `${who} ${words}`).join('; ')
  const states = (objects ?? []).map(stateWords).join('; ')
  return [
    `Step ${number}: ${isDriver ? call : `${actor} calls ${call}`}.`,
    ...(seen === '' ? [] : [`${seen}.`]),
    ...(deviation === null
      ? []
      : [`This deviates from ${deviation.rule}. Allowed: ${deviation.allowed.join(', or ')}.`]),
    ...(states === '' ? [] : [`Then ${states}.`]),
    ...(rules.length === 0 ? [] : [`Rules: ${rules.join(', ')}.`]),
  ].join(' ')
}
