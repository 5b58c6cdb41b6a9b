import { describe, expect, it } from 'vitest'
import { inTurn } from './turn.ts'

describe('inTurn', () => {
  it('does one work of a name after the other, also after one that failed', async () => {
    const log: string[] = []
    const work = (word: string, fails = false) =>
      inTurn('a', async () => {
        log.push(`${word} begins`)
        await Promise.resolve()
        log.push(`${word} ends`)
        if (fails) throw new Error(word)
        return word
      })
    const done = await Promise.allSettled([work('first'), work('second', true), work('third')])
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(log).toEqual(['first', 'second', 'third'].flatMap((word) => [`${word} begins`, `${word} ends`]))
  })

  it('does not keep works of other names waiting', async () => {
    const never = inTurn('b', () => new Promise(() => {}))
    expect(await inTurn('c', async () => 'done')).toBe('done')
    expect(never).toBeInstanceOf(Promise)
  })
})
