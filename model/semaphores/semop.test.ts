import { describe, expect, it } from 'vitest'
import {
  adjustments,
  allowed,
  counts,
  endings,
  inPosix,
  out,
  pids,
  play,
  playOn,
  sleepers,
  stranger,
  values,
  withFacts,
} from './play.testing.ts'

const one = 'S = semget(private, 1)'
const two = 'S = semget(private, 2)'
const three = 'S = semget(private, 3)'
const full = [two, 'semctl(S, 1, SETVAL, 32767)']
const many = (count: number, operation = '0 +1') => `[${new Array(count).fill(operation).join(', ')}]`

describe('semop.nsops-zero', () => {
  it('is EINVAL, whatever the identifier', () => {
    const { ending, rules } = play(one, 'semop(S, [])')
    expect(ending).toBe('A EINVAL')
    expect(rules).toContain('semop.nsops-zero')
    expect(play('semop(-1, [])').rules).toContain('semop.nsops-zero')
  })
  it('may succeed elsewhere', () => expect(allowed(one, 'semop(S, [])')).toEqual(['A 0', 'A EINVAL']))
})

describe('semop.e2big, limit.semopm', () => {
  it('are about more than SEMOPM operations', () => {
    const { ending, rules } = play(one, `semop(S, ${many(501)})`)
    expect(ending).toBe('A E2BIG')
    expect(rules).toEqual(expect.arrayContaining(['semop.e2big', 'limit.semopm']))
  })
})

describe('semop.many-ops', () => {
  it('lets SEMOPM operations run', () => {
    const played = play(one, `semop(S, ${many(500)})`)
    expect(played.ending).toBe('A 0')
    expect(values(played)).toBe('500')
    expect(played.rules).toContain('semop.many-ops')
    expect(play(one, `semop(S, ${many(20)})`).rules).not.toContain('semop.many-ops')
  })
  it('rolls all of them back', () => {
    const played = play(one, `semop(S, [${many(499).slice(1, -1)}, 0 -500 IPC_NOWAIT])`)
    expect(played.ending).toBe('A EAGAIN')
    expect(values(played)).toBe('0')
  })
})

describe('semop.einval.id', () => {
  it('names a removed set', () => {
    const { ending, rules } = play(one, 'semctl(S, 0, IPC_RMID)', 'semop(S, [0 +1])')
    expect(ending).toBe('A EINVAL')
    expect(rules).toEqual(expect.arrayContaining(['semop.einval.id', 'id.stale-einval', 'rmid.later-einval']))
    expect(rules).not.toContain('id.negative-einval')
  })
  it('names a number that was never given', () => {
    const { rules } = play('semop(2147483647, [0 +1])')
    expect(rules).toContain('id.stale-einval')
    expect(rules).not.toContain('rmid.later-einval')
  })
  it('names a negative number, or the -1 of a get that failed', () => {
    expect(play('semop(-1, [0 +1])').rules).toContain('id.negative-einval')
    const failed = ['X = semget(private, 0)', 'semop(X, [0 +1])']
    expect(play(...failed).rules).toContain('id.negative-einval')
    expect(play(...failed).rules).not.toContain('rmid.later-einval')
    expect(allowed(...failed)).toEqual(['A EINVAL'])
  })
  it('may be EIDRM elsewhere, where the set was removed', () => {
    expect(allowed(one, 'semctl(S, 0, IPC_RMID)', 'semop(S, [0 +1])')).toEqual(['A EIDRM', 'A EINVAL'])
    expect(allowed('semop(2147483647, [0 +1])')).toEqual(['A EINVAL'])
  })
})

describe('semop.efbig', () => {
  it('leaves the operations before it undone', () => {
    const played = play(two, 'semop(S, [0 +1, 2 +1])')
    expect(played.ending).toBe('A EFBIG')
    expect(played.rules).toContain('semop.efbig')
    expect(values(played)).toBe('0 0')
  })
  it('takes numbers as unsigned', () => expect(play(two, 'semop(S, [65535 0])').ending).toBe('A EFBIG'))
})

describe('semop.eacces.alter', () => {
  const readable = () => withFacts(play('S = semget(private, 1, 0604)'), stranger)
  it.each(['[0 +1]', '[0 -1 IPC_NOWAIT]', '[0 -1]', '[0 0, 0 +1]'])('%s', (array) => {
    const { ending, rules } = playOn(readable(), `semop(S, ${array})`)
    expect(ending).toBe('A EACCES')
    expect(rules).toEqual(expect.arrayContaining(['semop.eacces.alter', 'perm.alter']))
  })
  it('lets who may only read wait for zero', () =>
    expect(playOn(readable(), 'semop(S, [0 0])').ending).toBe('A 0'))
})

describe('semop.eacces.read', () => {
  const alterable = () => withFacts(play('S = semget(private, 2, 0602)'), stranger)
  it('is for arrays that only wait for zeros', () => {
    const { ending, rules } = playOn(alterable(), 'semop(S, [0 0, 1 0])')
    expect(ending).toBe('A EACCES')
    expect(rules).toEqual(expect.arrayContaining(['semop.eacces.read', 'perm.read']))
    expect(playOn(alterable(), 'semop(S, [0 +1])').ending).toBe('A 0')
  })
})

describe('semop.mixed-needs-alter-only', () => {
  const alterable = withFacts(play('S = semget(private, 2, 0602)'), stranger)
  const line = 'semop(S, [0 0, 1 +1])'
  it('lets an array wait and alter', () => {
    const { ending, rules } = playOn(alterable, line)
    expect(ending).toBe('A 0')
    expect(rules).toContain('semop.mixed-needs-alter-only')
    expect(play(two, line).rules).not.toContain('semop.mixed-needs-alter-only')
  })
  it('may be EACCES elsewhere, whether it could run or not', () => {
    expect(endings(inPosix(alterable, line))).toEqual(['A 0', 'A EACCES'])
    expect(endings(inPosix(alterable, 'semop(S, [0 0, 1 -1])'))).toEqual(['', 'A EACCES'])
    expect(endings(inPosix(alterable, 'semop(S, [1 +1])'))).toEqual(['A 0'])
    expect(allowed(two, line)).toEqual(['A 0'])
  })
})

describe('perm.class.owner', () => {
  it('is noted where others could do what the owner cannot', () => {
    expect(play('S = semget(private, 1, 0066)', 'semop(S, [0 +1])').rules).toContain('perm.class.owner')
    expect(play('S = semget(private, 1, 0)', 'semop(S, [0 +1])').rules).not.toContain('perm.class.owner')
  })
})

describe('perm.creator-keeps-access', () => {
  it('is noted where the owner bits let the creator in and nothing else would', () => {
    const given = play('S = semget(private, 1)', 'semctl(S, 0, IPC_SET, 4711, 4711, 0600)')
    const { ending, rules } = playOn(given, 'semop(S, [0 +1])')
    expect(ending).toBe('A 0')
    expect(rules).toContain('perm.creator-keeps-access')
    expect(play(one, 'semop(S, [0 +1])').rules).not.toContain('perm.creator-keeps-access')
  })
})

describe('perm.checked-per-call', () => {
  it('is noted where the mode at creation would have decided otherwise', () => {
    const closed = play(one, 'semctl(S, 0, IPC_SET, own, own, 0400)')
    expect(playOn(closed, 'semop(S, [0 +1])').rules).toContain('perm.checked-per-call')
    expect(playOn(closed, 'semop(S, [0 0])').rules).not.toContain('perm.checked-per-call')
    expect(play('S = semget(private, 1, 0400)', 'semop(S, [0 +1])').rules).not.toContain(
      'perm.checked-per-call',
    )
  })
})

describe('id.inherit', () => {
  it('lets a child use the identifier', () => {
    const { ending, rules } = play(one, 'E = fork()', 'E: semop(S, [0 +1])')
    expect(ending).toBe('E 0')
    expect(rules).toContain('id.inherit')
    expect(play(one, 'E = fork()', 'E: semop(S, [0 -1 IPC_NOWAIT])').rules).toContain('id.inherit')
    expect(play(one, 'B: semop(S, [0 +1])').rules).not.toContain('id.inherit')
  })
})

describe('semop.flags-unknown', () => {
  it('are ignored', () => {
    const { ending, rules } = play(one, 'semop(S, [0 +1 0x4000, 0 +1])')
    expect(ending).toBe('A 0')
    expect(rules).toContain('semop.flags-unknown')
    expect(play(one, 'semop(S, [0 +1 IPC_NOWAIT|SEM_UNDO])').rules).not.toContain('semop.flags-unknown')
  })
})

describe('the order of checks', () => {
  const closed = withFacts(play('S = semget(private, 1, 0600)', 'semctl(S, 0, SETVAL, 5)'), stranger)
  const big = many(501, '7 -9 IPC_NOWAIT')
  it.each([
    [`semtimedop(-1, ${big}, {-1 0})`, 'semop.e2big'],
    ['semtimedop(-1, [], {-1 0})', 'semop.nsops-zero'],
    ['semtimedop(-1, [7 -9 IPC_NOWAIT], {-1 0})', 'semtimedop.einval'],
    ['semtimedop(-1, [7 -9 IPC_NOWAIT], {0 0})', 'semop.einval.id'],
    ['semtimedop(S, [7 -9 IPC_NOWAIT], {-1 0})', 'semtimedop.einval'],
    ['semop(S, [0 -9 IPC_NOWAIT, 7 -9 IPC_NOWAIT])', 'semop.efbig'],
    ['semop(S, [0 -9 IPC_NOWAIT])', 'semop.eacces.alter'],
    ['semop(S, [0 0 IPC_NOWAIT])', 'semop.eacces.read'],
    ['semop(S, [0 +32767])', 'semop.eacces.alter'],
  ])('%.50s is %s', (line, rule) => {
    const { ending, rules } = playOn(closed, line)
    expect(rules[0]).toBe(rule)
    expect(ending).toMatch(/^A E/)
  })
  it('is open elsewhere', () => {
    expect(endings(inPosix(closed, 'semop(S, [7 -9 IPC_NOWAIT])'))).toEqual(['A EACCES', 'A EFBIG'])
    expect(endings(inPosix(closed, `semop(S, ${big})`))).toEqual(['A E2BIG', 'A EACCES', 'A EFBIG'])
  })
})

describe('semop.return', () => {
  it('is 0, noted only where the array was performed', () => {
    expect(play(one, 'semop(S, [0 +7])')).toMatchObject({ ending: 'A 0' })
    expect(play(one, 'semop(S, [0 +7])').rules).toContain('semop.return')
    expect(play(one, 'semop(S, [0 -7])').rules).not.toContain('semop.return')
  })
})

describe('semop.inc, semop.dec, semop.zero', () => {
  it('are noted for each kind of operation that ran', () => {
    const kinds = (array: string) =>
      play(one, 'semop(S, [0 +2])', `semop(S, ${array})`).rules.filter((id) =>
        ['semop.inc', 'semop.dec', 'semop.zero'].includes(id),
      )
    expect(kinds('[0 +1]')).toEqual(['semop.inc'])
    expect(kinds('[0 -1]')).toEqual(['semop.dec'])
    expect(kinds('[0 -2, 0 0]')).toEqual(['semop.dec', 'semop.zero'])
    expect(kinds('[0 -3]')).toEqual([])
  })
})

describe('semop.block.decrease, sem.sleep.transactional', () => {
  it('sleep without effect', () => {
    const played = play(two, 'B: semop(S, [0 +1, 1 -1])')
    expect(played.ending).toBe('')
    expect(played.rules).toEqual(expect.arrayContaining(['semop.block.decrease', 'sem.sleep.transactional']))
    expect([values(played), pids(played), sleepers(played)]).toEqual(['0 0', '- -', 'B'])
    expect(played.world.sets.S?.otime).toBe(0)
    expect(counts(played)).toBe('0 1 / 0 0')
  })
})

describe('semop.block.zero', () => {
  it('sleeps', () => {
    const played = play(one, 'semop(S, [0 +1])', 'B: semop(S, [0 0])')
    expect(played.ending).toBe('')
    expect(played.rules).toContain('semop.block.zero')
    expect(counts(played)).toBe('0 / 1')
  })
})

describe('semop.eagain', () => {
  it('applies nothing', () => {
    const played = play(three, 'semop(S, [0 +5, 1 +7, 2 -1 IPC_NOWAIT])')
    expect(played.ending).toBe('A EAGAIN')
    expect(played.rules).toEqual(expect.arrayContaining(['semop.eagain', 'semop.atomic-all-or-nothing']))
    expect([values(played), pids(played), sleepers(played)]).toEqual(['0 0 0', '- - -', ''])
    expect(played.world.sets.S?.otime).toBe(0)
  })
})

describe('semop.sequential-in-array', () => {
  it('is noted where an array names a semaphore twice', () => {
    expect(play(one, 'semop(S, [0 +1, 0 -1])').rules).toContain('semop.sequential-in-array')
    expect(play(two, 'semop(S, [0 +1, 1 +1])').rules).not.toContain('semop.sequential-in-array')
  })
})

describe('semop.order.first-failing-op-decides', () => {
  const id = 'semop.order.first-failing-op-decides'
  it.each([
    ['[0 -1 IPC_NOWAIT, 1 +1]', 'A EAGAIN'],
    ['[1 +1, 0 -1 IPC_NOWAIT]', 'A ERANGE'],
    ['[0 -1, 0 -1 IPC_NOWAIT]', ''],
    ['[0 -1 IPC_NOWAIT, 0 -1]', 'A EAGAIN'],
    ['[0 -1, 1 0 IPC_NOWAIT]', ''],
  ])('%s', (array, ending) => {
    const played = play(...full, `semop(S, ${array})`)
    expect(played.ending).toBe(ending)
    expect(played.rules).toContain(id)
  })
  it.each([
    '[0 -1, 1 -1]',
    '[0 -1 IPC_NOWAIT, 0 -1 IPC_NOWAIT]',
    '[0 -1]',
    '[0 -1, 1 -1 IPC_NOWAIT]',
    '[0 -1, 1 -32767 IPC_NOWAIT]',
    '[0 -1, 0 0 IPC_NOWAIT]',
    '[0 +1 IPC_NOWAIT, 0 -2]',
  ])('is not noted where the later operations would not have decided otherwise: %s', (array) =>
    expect(play(...full, `semop(S, ${array})`).rules).not.toContain(id))
})

describe('semop.erange.value, semop.erange.not-block, limit.semvmx', () => {
  it.each(['[1 +1]', '[1 +1 IPC_NOWAIT]', '[0 +1, 1 +1]'])('%s', (array) => {
    const played = play(...full, `semop(S, ${array})`)
    expect(played.ending).toBe('A ERANGE')
    const ids = ['semop.erange.value', 'semop.erange.not-block', 'limit.semvmx']
    expect(played.rules).toEqual(expect.arrayContaining(ids))
    expect(played.rules).not.toContain('limit.semaem')
    expect(values(played)).toBe('0 32767')
  })
})

describe('undo.erange.range, limit.semaem', () => {
  it('apply nothing', () => {
    const before = play(one, 'semop(S, [0 +32767 SEM_UNDO])', 'semop(S, [0 -32767])')
    const reached = playOn(before, 'semop(S, [0 +1 SEM_UNDO])')
    expect(adjustments(reached, 'A')).toBe('-32768')
    const played = playOn(reached, 'semop(S, [0 +1 SEM_UNDO])')
    expect(played.ending).toBe('A ERANGE')
    expect(played.rules).toEqual(expect.arrayContaining(['undo.erange.range', 'limit.semaem']))
    expect(played.rules).not.toContain('limit.semvmx')
    expect([values(played), adjustments(played, 'A')]).toEqual(['1', '-32768'])
  })
})

describe('semop.dec-huge', () => {
  it('sleeps for ever, or is EAGAIN', () => {
    const sleeping = play(...full, 'B: semop(S, [1 -32768])')
    expect(sleeping.rules).toContain('semop.dec-huge')
    expect(sleepers(sleeping)).toBe('B')
    expect(play(...full, 'semop(S, [1 -32768 IPC_NOWAIT])').ending).toBe('A EAGAIN')
    expect(play(one, 'B: semop(S, [0 -32767])').rules).not.toContain('semop.dec-huge')
  })
})

describe('semop.sempid', () => {
  it('is the caller for every semaphore named, also where the value stays', () => {
    const played = play(three, 'B: semop(S, [0 +1, 2 0])')
    expect(pids(played)).toBe('B - B')
    expect(played.rules).toContain('semop.sempid')
    expect(play(one, 'semop(S, [0 +1])').rules).toContain('semop.sempid')
  })
})

describe('semop.otime, semop.ctime-untouched, sem.time.otime, sem.time.ctime', () => {
  it('are told apart by the step that set them', () => {
    const played = play(one, 'tick()', 'semop(S, [0 0])')
    expect(played.rules).toContain('semop.otime')
    expect(played.world.sets.S).toMatchObject({ otime: 3, ctime: 1 })
    const { rules } = playOn(played, 'semctl(S, 0, IPC_STAT)')
    expect(rules).toEqual(
      expect.arrayContaining(['sem.time.otime', 'sem.time.ctime', 'semop.ctime-untouched']),
    )
    const fresh = play(one, 'semctl(S, 0, IPC_STAT)').rules
    expect(fresh).not.toContain('sem.time.otime')
    expect(fresh).not.toContain('semop.ctime-untouched')
  })
})

describe('sem.newcomer-not-queued', () => {
  const id = 'sem.newcomer-not-queued'
  it('runs past who sleeps on the same semaphore', () => {
    const played = play(two, 'semop(S, [0 +1])', 'B: semop(S, [0 -2])', 'C: semop(S, [0 -1])')
    expect(played.ending).toBe('C 0')
    expect(played.rules).toContain(id)
    expect(sleepers(played)).toBe('B')
  })
  it('is not noted for who takes nothing away, or elsewhere', () => {
    expect(play(two, 'B: semop(S, [0 -2])', 'C: semop(S, [0 +1])').rules).not.toContain(id)
    const other = play(two, 'semop(S, [1 +1])', 'B: semop(S, [0 -2])', 'C: semop(S, [1 -1])')
    expect(other.rules).not.toContain(id)
    const several = play(two, 'B: semop(S, [1 -1])', 'C: semop(S, [0 -2])', 'D: semop(S, [0 0, 0 0])')
    expect(several.rules).toContain(id)
  })
})

describe('semtimedop.null', () => {
  it('is semop', () => {
    const { ending, rules } = play(one, 'semtimedop(S, [0 +1], none)')
    expect(ending).toBe('A 0')
    expect(rules).toContain('semtimedop.null')
    expect(play(one, 'semtimedop(S, [0 +1], {0 5000})').rules).not.toContain('semtimedop.null')
    const asleep = play(one, 'B: semtimedop(S, [0 -1], none)')
    expect(asleep.rules).toContain('semtimedop.null')
    expect(asleep.rules).not.toContain('semtimedop.huge')
    expect(asleep.outcomes).toHaveLength(1)
  })
})

describe('the time that semtimedop took', () => {
  it.each([
    'semtimedop(S, [0 +1], none)',
    'semtimedop(S, [0 -1 IPC_NOWAIT], none)',
    'semtimedop(S, [0 -1], {0 0})',
    'semtimedop(S, [9 0], none)',
  ])('is anything where it did not sleep until its deadline: %s', (line) =>
    expect(out(play(one, line))).toEqual({ elapsed: 'at least 0' }))
  it('is reported by a sleeper, too, and not by semop', () => {
    const asleep = play(one, 'B: semtimedop(S, [0 -1], none)')
    expect(out(playOn(asleep, 'semop(S, [0 +1])'), 'B')).toEqual({ elapsed: 'at least 0' })
    expect(out(playOn(asleep, 'semctl(S, 0, IPC_RMID)'), 'B')).toEqual({ elapsed: 'at least 0' })
    expect(out(playOn(asleep, 'semop(S, [0 +1])'), 'A')).toEqual({})
  })
})

describe('semtimedop.einval', () => {
  it.each(['{-1 0}', '{0 -1}', '{0 1000000000}'])('%s, also where the array could run', (timeout) => {
    const played = play(one, `semtimedop(S, [0 +1], ${timeout})`)
    expect(played.ending).toBe('A EINVAL')
    expect(played.rules).toContain('semtimedop.einval')
    expect(values(played)).toBe('0')
  })
  it('accepts the largest nanoseconds', () =>
    expect(play(one, 'semtimedop(S, [0 +1], {0 999999999})').ending).toBe('A 0'))
})

describe('semtimedop.zero', () => {
  it('fails at once where the array would sleep', () => {
    const played = play(one, 'semtimedop(S, [0 -1 SEM_UNDO], {0 0})')
    expect(played.ending).toBe('A EAGAIN')
    expect(played.rules).toContain('semtimedop.zero')
    expect(played.outcomes).toHaveLength(1)
    expect(sleepers(played)).toBe('')
  })
  it('lets the array run', () => expect(play(one, 'semtimedop(S, [0 +1], {0 0})').ending).toBe('A 0'))
})

describe('semtimedop.huge', () => {
  it.each(['{LONG_MAX 0}', '{1000 0}'])('%s sleeps without end', (timeout) => {
    const asleep = play(one, `B: semtimedop(S, [0 -1], ${timeout})`)
    expect(asleep.rules).toContain('semtimedop.huge')
    expect(asleep.outcomes).toHaveLength(1)
    expect(playOn(asleep, 'tick()').outcomes).toHaveLength(1)
  })
})

describe('semtimedop.nowait-wins', () => {
  it('fails at once', () => {
    const { ending, rules } = play(one, 'semtimedop(S, [0 -1 IPC_NOWAIT], {LONG_MAX 0})')
    expect(ending).toBe('A EAGAIN')
    expect(rules).toContain('semtimedop.nowait-wins')
    expect(play(one, 'semtimedop(S, [0 -1 IPC_NOWAIT], none)').rules).not.toContain('semtimedop.nowait-wins')
  })
})

describe('undo.rollback', () => {
  it('is noted where an operation with SEM_UNDO came before the one that stopped the array', () => {
    const before = play(two, 'semop(S, [0 +2])')
    const played = playOn(before, 'B: semop(S, [0 -2 SEM_UNDO, 1 -1 IPC_NOWAIT])')
    expect(played.rules).toContain('undo.rollback')
    expect([values(played), adjustments(played, 'B')]).toEqual(['2 0', '0 0'])
    expect(playOn(before, 'B: semop(S, [1 -1 IPC_NOWAIT, 0 -2 SEM_UNDO])').rules).not.toContain(
      'undo.rollback',
    )
  })
})

describe('undo.accumulate', () => {
  it('is noted with SEM_UNDO only', () => {
    const undoing = play(one, 'semop(S, [0 +2 SEM_UNDO])')
    expect(undoing.rules).toContain('undo.accumulate')
    expect(adjustments(undoing, 'A')).toBe('-2')
    const plain = playOn(undoing, 'semop(S, [0 +2])')
    expect(plain.rules).not.toContain('undo.accumulate')
    expect(adjustments(plain, 'A')).toBe('-2')
  })
})

describe('an undo entry', () => {
  it.each([
    '[0 0 SEM_UNDO]',
    '[0 -1 SEM_UNDO|IPC_NOWAIT]',
    '[0 -1 SEM_UNDO]',
    '[0 +1 SEM_UNDO, 9 0]',
  ])('exists from the first call with SEM_UNDO on, even if it fails: %s', (array) =>
    expect(adjustments(play(two, `A: semop(S, ${array})`), 'A')).toBe('0 0'))
  it('exists where permission was refused', () => {
    const closed = withFacts(play(one), stranger)
    expect(adjustments(playOn(closed, 'semop(S, [0 +1 SEM_UNDO])'), 'A')).toBe('0')
    expect(adjustments(playOn(closed, 'semop(S, [0 0 SEM_UNDO])'), 'A')).toBe('0')
  })
  it.each([
    'semop(S, [0 +1])',
    `semop(S, ${many(501, '0 +1 SEM_UNDO')})`,
    'semtimedop(S, [0 +1 SEM_UNDO], {-1 0})',
  ])('does not come from errors that are found before: %.50s', (line) =>
    expect(adjustments(play(one, line), 'A')).toBe(''))
})

describe('semop.eacces.read', () => {
  it('is about an array that waits for something', () => {
    const made = ['A: S = semget(private, 1)', 'B: become(7, 7)'] as const
    expect(allowed(...made, 'B: semop(S, [])')).not.toContain('B EACCES')
    expect(allowed(...made, 'B: semop(S, [0 0])')).toContain('B EACCES')
  })
})
