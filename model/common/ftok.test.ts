import { describe, expect, it } from 'vitest'
import { allowed, play } from '../semaphores/play.testing.ts'

const keyIn = (line: string) => {
  const [event] = play(line).outcomes[0]?.events ?? []
  return event?.is === 'returned' ? event.result.value : undefined
}

describe('ftok.formula', () => {
  it('another project, another key', () =>
    expect(keyIn('A: ftok(root, 1)')).not.toEqual(keyIn('A: ftok(root, 2)')))
})

describe('ftok.same-file-links', () => {
  it.each(['parent', 'link'])('%s is the root', (file) =>
    expect(keyIn(`A: ftok(${file}, 1)`)).toEqual(keyIn('A: ftok(root, 1)')))
})

describe('ftok.proj-8bit', () => {
  it('goes by the low bits', () => expect(keyIn('A: ftok(root, 378)')).toEqual(keyIn('A: ftok(root, 122)')))
})

describe('ftok.proj-zero', () => {
  it('may be an error elsewhere', () => expect(allowed('A: ftok(root, 256)')).toContain('A EINVAL'))
})
