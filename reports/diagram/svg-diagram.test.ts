import { DOMParser, type Element } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { linux, posix } from '../../model/profile.ts'
import { follow } from '../../oracle/explanation/follow.ts'
import { scenarioLibrary } from '../../properties/scenarios/library.ts'
import { followedStory } from './followed-story.ts'
import { childStory, lostWakeUpStory } from './stories.testing.ts'
import { svgDiagram } from './svg-diagram.ts'
import { CHARACTER, LINE } from './svg-style.ts'

function parsed(svg: string) {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement as Element
  const all = (name: string, its = '') =>
    [...root.getElementsByTagName(name)].filter((each) => its === '' || each.getAttribute('class') === its)
  return { root, all }
}

const numberOf = (element: Element, name: string) => Number(element.getAttribute(name))

/** Texts as boxes of pixels: what is written in the same place cannot be read. */
const boxesOf = (texts: readonly Element[]) =>
  texts.map((element) => {
    const words = element.textContent ?? ''
    const left = numberOf(element, 'x') - (element.hasAttribute('text-anchor') ? words.length * 3.7 : 0)
    return { words, left, right: left + words.length * CHARACTER, y: numberOf(element, 'y') }
  })

type Box = ReturnType<typeof boxesOf>[number]

const overlap = (a: Box, b: Box) =>
  Math.abs(a.y - b.y) < LINE - 4 && a.left < b.right - 1 && b.left < a.right - 1

describe('the picture of a scenario', () => {
  const { root, all } = parsed(svgDiagram(childStory(), { id: 'd7' }))

  it('tells what it is to who cannot see it', () => {
    expect(root.getAttribute('role')).toBe('graphics-document')
    expect(root.getAttribute('aria-labelledby')).toBe('d7-title')
    expect(all('title')[0]?.textContent).toBe('A child')
    expect(all('desc')[0]?.textContent).toBe('7 steps, from top to bottom, of the actors A, B, E.')
    const steps = all('g').filter((each) => each.getAttribute('role') === 'listitem')
    expect(steps).toHaveLength(7)
    expect(steps[3]?.getElementsByTagName('title')[0]?.textContent).toMatch(
      /^Step 4: B calls msgsnd\(Q, 1, 8\)\. B returns 0; E returns 8 .*\. Then Q \[\]\. Rules: msgsnd\.return, /,
    )
  })

  it('has a bar for each call, a hatched one for each sleep, and one for the stop', () => {
    expect(all('rect', 'bar')).toHaveLength(5 + 2 * 2 + 1)
    expect(all('rect', 'asleep').map((each) => each.getAttribute('fill'))).toEqual(
      Array(3).fill('url(#d7-hatch)'),
    )
    expect(all('rect', 'stopped')).toHaveLength(2)
  })

  it('has an arrow from who wakes to who is woken, from left to right and back', () => {
    expect(all('path', 'arrow making')).toHaveLength(2)
    expect(all('path', 'arrow')).toHaveLength(4 + 1)
  })

  it('has names of its own in a page', () => {
    const ids = [...svgDiagram(childStory(), { id: 'd7' }).matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id)
    expect(ids.every((id) => id === 'd7' || id?.startsWith('d7-'))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('needs nothing from elsewhere', () => {
    expect(svgDiagram(childStory())).not.toMatch(/href|@import|url\((?!#)/)
  })
})

describe('the picture of a finding', () => {
  const { all } = parsed(svgDiagram(lostWakeUpStory()))
  const texts = all('text').map(({ textContent }) => textContent)

  it('marks the deviating step, with what was observed and allowed, the rule and its source', () => {
    expect(all('rect', 'wrong')).toHaveLength(1)
    expect(texts).toContain('observed A returns 0; C returns 0')
    expect(texts).toContain('allowed  A returns 0; B returns 0; C returns 0')
    expect(texts.some((words) => words?.startsWith('rule     semop.inc: '))).toBe(true)
    expect(texts).toContain('         POSIX.1-2024 semop, DESCRIPTION')
    expect(all('desc')[0]?.textContent).toContain('Step 4 deviates from semop.inc: observed A returns 0;')
  })

  it('does not tell objects that are not known', () => {
    expect(texts).toContain('?')
    expect(texts.filter((words) => words === '{0 0}')).toHaveLength(3)
  })
})

describe.each([
  'semaphores',
  'messages',
  'shared-memory',
  'processes',
] as const)('pictures of %s', (family) => {
  it('are within their frame, and no text is upon another', () => {
    for (const { name, text } of scenarioLibrary(family)) {
      const { root, all } = parsed(svgDiagram(followedStory(name, follow(text, [linux, posix]))))
      const [width, height] = [numberOf(root, 'width'), numberOf(root, 'height')]
      const boxes = boxesOf(all('text'))
      const outside = boxes.filter(({ left, right, y }) => left < 0 || right > width + 1 || y > height)
      expect(outside, name).toEqual([])
      const upon = boxes.filter((box, at) => boxes.slice(at + 1).some((other) => overlap(box, other)))
      expect(upon, name).toEqual([])
    }
  })
})
