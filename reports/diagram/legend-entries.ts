import { wrap } from '../wrap.ts'
import type { Course } from './bars.ts'
import { CHARACTER, LINE, MARGIN } from './svg-style.ts'

/** What the legend explains. */
export type Mark = 'call' | 'asleep' | 'stopped' | 'wakes' | 'makes' | 'ends'

/** Where the legend's entries and the note stand, counted from the top of the legend. */
export interface Legend {
  readonly note: readonly string[]
  readonly entries: readonly { readonly mark: Mark; readonly x: number; readonly y: number }[]
  readonly height: number
}

const marksOf = ({ bars, arrows, stops, ends }: Course): readonly Mark[] => [
  'call',
  ...(bars.some(({ is }) => is !== 'at once') ? (['asleep'] as const) : []),
  ...(stops.length > 0 ? (['stopped'] as const) : []),
  ...(arrows.some(({ is }) => is !== 'makes') ? (['wakes'] as const) : []),
  ...(arrows.some(({ is }) => is === 'makes') ? (['makes'] as const) : []),
  ...(Object.keys(ends).length > 0 ? (['ends'] as const) : []),
]

/** In words. */
export const markWords: Readonly<Record<Mark, string>> = {
  call: 'in a call',
  asleep: 'asleep in it',
  stopped: 'stopped',
  wakes: 'wakes, ends, stops or continues',
  makes: 'makes',
  ends: 'ends',
}

/** Between a mark and its words, and before the next one. */
export const MARK = 22
const GAP = 34
const ROW = 24

/** The marks that occur, in as many rows as the width demands, under why the story ends early. */
export function legendOf(course: Course, problem: string, width: number): Legend {
  const characters = Math.floor((width - 2 * MARGIN) / CHARACTER)
  const note = problem === '' ? [] : wrap(`It ends here: ${problem}.`, characters, 'break')
  let x = MARGIN + 16
  let y = note.length * LINE + ROW
  const entries = marksOf(course).map((mark) => {
    const end = x + MARK + markWords[mark].length * CHARACTER
    if (end > width - MARGIN && x > MARGIN + 16) {
      x = MARGIN + 16
      y += ROW
    }
    const entry = { mark, x, y }
    x += MARK + markWords[mark].length * CHARACTER + GAP
    return entry
  })
  return { note, entries, height: y + ROW }
}
