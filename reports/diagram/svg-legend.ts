import { type Tag, tag } from '../xml.ts'
import { MARK, type Mark, markWords } from './legend-entries.ts'
import type { Layout } from './svg-layout.ts'
import { arrowSample, barSample, crossTag, sleepSample, stopSample } from './svg-marks.ts'
import { FONT, LINE, MARGIN } from './svg-style.ts'

/** Why the story ends early, and what the marks mean. */
export function legendTags({ legend, bottom }: Layout, id: string): readonly Tag[] {
  const drawn = legend.entries.flatMap(({ mark, x, y }) => [
    ...samples[mark](x, bottom + y, id),
    label(markWords[mark], x + MARK, bottom + y),
  ])
  return [
    ...legend.note.map((line, at) => label(line, MARGIN, bottom + LINE * (at + 1), 'bad')),
    tag('g', { 'aria-hidden': 'true' }, drawn),
  ]
}

const samples: Readonly<Record<Mark, (x: number, y: number, id: string) => readonly Tag[]>> = {
  call: (x, y) => [barSample(x, y)],
  asleep: (x, y, id) => [sleepSample(x, y, id)],
  stopped: (x, y, id) => [stopSample(x, y, id)],
  wakes: (x, y) => arrowSample('wakes', x, y),
  makes: (x, y) => arrowSample('makes', x, y),
  ends: (x, y) => [crossTag(x, y)],
}

const label = (words: string, x: number, y: number, name = 'muted'): Tag =>
  tag('text', { class: name, x: Math.round(x), y: Math.round(y + FONT / 3) }, words)
