import { describe, expect, it } from 'vitest'
import { intervalLines } from './intervals.ts'

describe('intervalLines', () => {
  it('tells when calls were under way, and one order of those that can be explained', () => {
    const lines = intervalLines({
      repetitions: 3,
      calls: [
        { actor: 'B', text: 'semop(S, [0 -1])', came: 'B stays asleep', begin: 500, end: null, place: null },
        { actor: 'A', text: 'semop(S, [0 +1])', came: 'A returns 0', begin: 0, end: 12_345, place: 1 },
      ],
    })
    expect(lines).toEqual([
      '1  0.0…12.3 us  A: semop(S, [0 +1])  A returns 0',
      '       0.5… us  B: semop(S, [0 -1])  B stays asleep',
    ])
  })
})
