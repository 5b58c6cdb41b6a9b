import { describe, expect, it } from 'vitest'
import { contentOf, holder, isChosen, isWithin, overtake, resolve, touches } from './places.ts'
import { type Attachment, changedAttachment, type Place } from './state.ts'
import { worldAfter } from './story.ts'

const PAGE = 4096

/** Three pages of a segment, all of them mapped. */
const at = (base: string, page = 0): Attachment => ({
  segment: 'M',
  at: { base, offset: page * PAGE } satisfies Place,
  pages: 3,
  writable: true,
  pieces: [{ first: 0, pages: 3, protection: 3, forks: true }],
  replaced: false,
  moved: false,
  overtaken: false,
})

/** Only some of the pages are left. */
const left = (attachment: Attachment, first: number, pages: number): Attachment =>
  changedAttachment(attachment, {
    pieces: pages === 0 ? [] : [{ first, pages, protection: 3, forks: true }],
  })

describe('an address', () => {
  const attached = worldAfter('M = shmget(private, 8192)', 'A: X = shmat(M)', 'B: P = shmat(M, arena+4096)')
  const resolved = (base: string, offset: number) => resolve(attached, 'A', { base, offset })

  it("is counted from what the variable was put at, by any process where the place is everybody's", () => {
    expect(resolved('X', 5)).toEqual({ base: 'X', offset: 5 })
    expect(resolved('P', 5)).toEqual({ base: 'arena', offset: PAGE + 5 })
    expect(resolved('arena', 5)).toEqual({ base: 'arena', offset: 5 })
    expect(resolved('null', 5)).toEqual({ base: 'literal', offset: 5 })
    expect(resolved('none', 5)).toEqual({ base: 'none', offset: 5 })
  })

  it('is -1 where the call failed that should have given it', () => {
    const failed = worldAfter('M = shmget(private, 8192)', 'A: X = shmat(M, arena+1)')
    expect(resolve(failed, 'A', { base: 'X', offset: 5 })).toEqual({ base: 'literal', offset: 4 })
  })
})

describe('the place that the kernel chose', () => {
  it('is named by the attachment that was put there, not by others in the same pages', () => {
    expect(isChosen('X', at('X'))).toBe(true)
    expect(isChosen('Y', at('X'))).toBe(false)
    expect(isChosen('X', at('arena'))).toBe(false)
    expect(isChosen('X', at('X', 1))).toBe(false)
  })

  it('is known as far as the attachment goes', () => {
    const all = { X: at('X') }
    expect(isWithin(all, 'X', 0, 3)).toBe(true)
    expect(isWithin(all, 'X', 1, 3)).toBe(false)
    expect(isWithin(all, 'X', -1, 1)).toBe(false)
    expect(isWithin({ Y: at('X', 1) }, 'X', 0, 1)).toBe(false)
    expect(isWithin({ Y: at('X'), X: at('arena') }, 'X', 0, 1)).toBe(false)
  })
})

describe('pages', () => {
  it('are those of the arena, and one of a literal address', () => {
    expect(isWithin({}, 'arena', 1023, 1)).toBe(true)
    expect(isWithin({}, 'arena', 1023, 2)).toBe(false)
    expect(isWithin({}, 'literal', 0, 1)).toBe(true)
    expect(isWithin({}, 'literal', 0, 2)).toBe(false)
    expect(isWithin({}, 'literal', 1, 1)).toBe(false)
  })

  it('are touched from the first to the last that is mapped', () => {
    const some = left(at('arena', 10), 1, 1)
    expect([10, 11, 12].map((page) => touches(some, 'arena', page, 1, PAGE))).toEqual([false, true, false])
    expect(touches(some, 'arena', 9, 2, PAGE)).toBe(false)
    expect(touches(some, 'arena', 9, 3, PAGE)).toBe(true)
    expect(touches(some, 'X', 11, 1, PAGE)).toBe(false)
  })

  it('belong to the attachment that has them mapped', () => {
    const all = { X: left(at('arena'), 0, 1), Y: at('arena', 1) }
    expect([0, 1, 3, 4].map((page) => holder(all, 'arena', page, PAGE))).toEqual(['X', 'Y', 'Y', ''])
  })

  it('are taken, free, or not known', () => {
    const all = { X: left(at('X'), 0, 1) }
    expect(contentOf(all, 'X', 0, 2, PAGE)).toBe('taken')
    expect(contentOf(all, 'X', 1, 2, PAGE)).toBe('free')
    expect(contentOf(all, 'X', 1, 3, PAGE)).toBe('unknown')
    expect(contentOf(overtake(all, PAGE), 'X', 0, 2, PAGE)).toBe('taken')
    expect(contentOf(overtake(all, PAGE), 'X', 1, 2, PAGE)).toBe('unknown')
  })
})

describe('a place that the kernel chooses', () => {
  const overtaken = (attachment: Attachment) => changedAttachment(attachment, { overtaken: true })

  it('may be any pages that are free: an attachment that has some keeps only those that it has', () => {
    const some = left(at('X'), 0, 2)
    expect(overtake({ X: some }, PAGE)).toEqual({ X: overtaken(some) })
    expect(overtake({ X: at('X') }, PAGE)).toEqual({ X: at('X') })
    expect(overtake({ X: overtaken(some) }, PAGE)).toEqual({ X: overtaken(some) })
  })

  it('is none that others have taken over', () => {
    const first = left(at('X'), 2, 1)
    const lower = left(at('X'), 0, 2)
    expect(overtake({ X: first, Y: lower }, PAGE)).toEqual({ X: first, Y: lower })
    const shifted = left(at('X', 1), 0, 1)
    expect(overtake({ X: first, Y: shifted }, PAGE)).toEqual({ X: overtaken(first), Y: shifted })
    expect(overtake({ X: left(at('X'), 0, 1), Y: at('X', 1) }, PAGE).X?.overtaken).toBe(false)
    expect(overtake({ X: left(at('X'), 0, 1), Y: at('X', 2) }, PAGE).X?.overtaken).toBe(true)
    expect(overtake({ X: left(at('X'), 1, 2), Y: left(at('X', -1), 1, 1) }, PAGE).X?.overtaken).toBe(false)
    expect(overtake({ X: left(at('X'), 1, 2), Y: left(at('X', -1), 0, 1) }, PAGE).X?.overtaken).toBe(true)
    expect(overtake({ X: left(at('X'), 1, 2), Y: left(at('Z', 0), 0, 1) }, PAGE).X?.overtaken).toBe(true)
  })

  it('is forgotten where nothing is left', () => {
    const none = left(at('X'), 0, 0)
    expect(overtake({ X: none, Y: at('arena') }, PAGE)).toEqual({ Y: at('arena') })
    const other = left(at('X', 1), 0, 1)
    expect(overtake({ X: none, Y: other }, PAGE)).toEqual({ X: overtaken(none), Y: other })
  })

  it('is not in the arena, nor at an address that is given', () => {
    const kept = { P: left(at('arena'), 0, 0), Q: left(at('literal'), 0, 0) }
    expect(overtake(kept, PAGE)).toEqual(kept)
  })
})
